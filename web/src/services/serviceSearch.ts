export type ServiceDialog = 'add' | 'import';

/** What the address of the catalogue says. */
export interface ServiceSearch {
  /** Absent: the list. */
  readonly view?: 'map';
  readonly text?: string;
  readonly team?: string;
  readonly environment?: string;
  /** Only those with something open. */
  readonly burning?: true;
  readonly dialog?: ServiceDialog;
}

const dialogs: readonly ServiceDialog[] = ['add', 'import'];

function text(value: unknown): string | undefined {
  return (typeof value === 'string' || typeof value === 'number') && value !== '' ? String(value) : undefined;
}

type Loose = { readonly [K in keyof ServiceSearch]: ServiceSearch[K] | undefined };

function withoutUndefined(loose: Loose): ServiceSearch {
  return Object.fromEntries(Object.entries(loose).filter(([, value]) => value !== undefined));
}

/** Reads the address; what is not understood is left out rather than refused. */
export function parseServiceSearch(search: Record<string, unknown>): ServiceSearch {
  return withoutUndefined({
    view: search['view'] === 'map' ? 'map' : undefined,
    text: text(search['text']),
    team: text(search['team']),
    environment: text(search['environment']),
    burning: search['burning'] === true ? true : undefined,
    dialog: dialogs.find((dialog) => dialog === search['dialog']),
  });
}
