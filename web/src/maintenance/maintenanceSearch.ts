export type MaintenanceTab = 'active' | 'upcoming' | 'ended';
export type KindName = 'window' | 'silence';

/** What the address says. `new` opens the form, filled with `match` and `name`: this is how other pages link here. */
export interface MaintenanceSearch {
  /** Absent: active. */
  readonly tab?: MaintenanceTab;
  readonly kind?: KindName;
  readonly new?: KindName;
  readonly match?: string;
  readonly name?: string;
  /** The id of the window whose form is open. */
  readonly edit?: string;
}

export const tabs: readonly MaintenanceTab[] = ['active', 'upcoming', 'ended'];
const kindNames: readonly KindName[] = ['window', 'silence'];

/** The router reads `match=true` as a truth value and `edit=7` as a number. */
function text(value: unknown): string | undefined {
  return ['string', 'number', 'boolean'].includes(typeof value) && value !== '' ? String(value) : undefined;
}

type Loose = { readonly [K in keyof MaintenanceSearch]: MaintenanceSearch[K] | undefined };

function withoutUndefined(loose: Loose): MaintenanceSearch {
  return Object.fromEntries(Object.entries(loose).filter(([, value]) => value !== undefined));
}

/** Reads the address; what is not understood is left out rather than refused. */
export function parseMaintenanceSearch(search: Record<string, unknown>): MaintenanceSearch {
  return withoutUndefined({
    tab: tabs.find((tab) => tab === search['tab'] && tab !== 'active'),
    kind: kindNames.find((kind) => kind === search['kind']),
    new: kindNames.find((kind) => kind === search['new']),
    match: text(search['match']),
    name: text(search['name']),
    edit: text(search['edit']),
  });
}
