import { useEffect, useEffectEvent } from 'react';
import { createStore } from '../ui/createStore.ts';

/** Something a person can do on the screen at hand: in the palette, by key, and in the help. */
export interface Command {
  readonly id: string;
  readonly label: string;
  /** One key, pressed outside of text fields. */
  readonly key?: string;
  /** Shown in the help only, e.g. moving in a list. */
  readonly isHidden?: boolean;
  readonly run: () => void;
}

export const commandStore = createStore<readonly Command[]>([]);

/** Offers commands for as long as the component is on screen. */
export function useCommands(commands: readonly Command[]): void {
  const run = useEffectEvent((id: string) => commands.find((command) => command.id === id)?.run());
  // The closures change with each render; what is offered only with these.
  const offered = commands.map(({ id, label, key }) => `${id}|${label}|${key ?? ''}`).join('\n');
  const offer = useEffectEvent(() => commands.map((each) => ({ ...each, run: () => run(each.id) })));
  useEffect(() => {
    const mine = offer();
    commandStore.set([...commandStore.get(), ...mine]);
    return () => commandStore.set(commandStore.get().filter((command) => !mine.includes(command)));
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- `offered` stands for `commands`, see above
  }, [offered]);
}
