import type { AlertPage, AlertRow } from './alertsQueries.ts';

/** The rows on screen, in the server's order, and what waits to be shown. Never mutated. */
export interface AlertListState {
  /** Null until the first answer. */
  readonly ids: readonly string[] | null;
  readonly rows: ReadonlyMap<string, AlertRow>;
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
  readonly total: NonNullable<AlertPage['totalCount']> | null;
  /** Rows that no longer match the filter but stay where they are until the list is read again. */
  readonly left: ReadonlySet<string>;
  /** Alerts that match but are not in the list. */
  readonly waiting: ReadonlySet<string>;
}

export const emptyAlertList: AlertListState = {
  ids: null,
  rows: new Map(),
  endCursor: null,
  hasNextPage: false,
  total: null,
  left: new Set(),
  waiting: new Set(),
};

export type AlertListAction =
  | { readonly type: 'read'; readonly page: AlertPage }
  | { readonly type: 'appended'; readonly page: AlertPage }
  | { readonly type: 'changed'; readonly alerts: readonly AlertRow[]; readonly matches: (row: AlertRow) => boolean };

function read({ nodes, pageInfo, totalCount }: AlertPage): AlertListState {
  return {
    ...emptyAlertList,
    ids: nodes.map(({ id }) => id),
    rows: new Map(nodes.map((node) => [node.id, node])),
    endCursor: pageInfo.endCursor,
    hasNextPage: pageInfo.hasNextPage,
    total: totalCount ?? null,
  };
}

/** A row can move between two pages while they are read: it stays where it was first. Only the first page is counted. */
function append(state: AlertListState, { nodes, pageInfo }: AlertPage): AlertListState {
  const rows = new Map(state.rows);
  const added = nodes.flatMap(({ id }) => (rows.has(id) ? [] : [id]));
  for (const node of nodes) rows.set(node.id, node);
  const waiting = new Set(state.waiting);
  for (const id of added) waiting.delete(id);
  const { endCursor, hasNextPage } = pageInfo;
  return { ...state, ids: [...(state.ids ?? []), ...added], rows, waiting, endCursor, hasNextPage };
}

function change(state: AlertListState, alerts: readonly AlertRow[], matches: (row: AlertRow) => boolean) {
  const rows = new Map(state.rows);
  const left = new Set(state.left);
  const waiting = new Set(state.waiting);
  for (const alert of alerts) {
    const before = rows.get(alert.id);
    // An event can be older than the page that was read after it: the row heard of last counts.
    if (before && Date.parse(before.lastReceivedAt) > Date.parse(alert.lastReceivedAt)) continue;
    const isMatch = matches(alert);
    if (!before) {
      if (isMatch) waiting.add(alert.id);
      else waiting.delete(alert.id);
      continue;
    }
    rows.set(alert.id, alert);
    if (isMatch) left.delete(alert.id);
    else left.add(alert.id);
  }
  return { ...state, rows, left, waiting };
}

export function nextAlertList(state: AlertListState, action: AlertListAction): AlertListState {
  switch (action.type) {
    case 'read':
      return read(action.page);
    case 'appended':
      return append(state, action.page);
    case 'changed':
      return state.ids === null ? state : change(state, action.alerts, action.matches);
  }
}

/** Whether reading the list again would change which rows it shows. */
export function isOutOfDate({ left, waiting }: AlertListState): boolean {
  return left.size > 0 || waiting.size > 0;
}
