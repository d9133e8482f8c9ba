/** For each kind of event its sentence, without a full stop. */
export type Sentences<Events> = { readonly [K in keyof Events]: (who: string, data: Events[K]) => string };
