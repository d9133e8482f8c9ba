import type { IncidentRow } from '../graphql/incidentFields.ts';
import type { IncidentPage } from './incidentsQueries.ts';

/** The rows on screen, in the server's order, and what waits to be shown. Never mutated. */
export interface ListState {
  /** Null until the first answer. */
  readonly ids: readonly string[] | null;
  readonly rows: ReadonlyMap<string, IncidentRow>;
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
  readonly total: IncidentPage['totalCount'] | null;
  /** Rows that no longer match the filter but stay where they are until the list is read again. */
  readonly left: ReadonlySet<string>;
  /** Incidents that match but are not in the list. */
  readonly waiting: ReadonlySet<string>;
}

export const emptyList: ListState = {
  ids: null,
  rows: new Map(),
  endCursor: null,
  hasNextPage: false,
  total: null,
  left: new Set(),
  waiting: new Set(),
};

export type ListAction =
  | { readonly type: 'read'; readonly page: IncidentPage }
  | { readonly type: 'appended'; readonly page: IncidentPage }
  | {
      readonly type: 'changed';
      readonly incidents: readonly IncidentRow[];
      readonly matches: (row: IncidentRow) => boolean;
    };

function read(page: IncidentPage): ListState {
  return {
    ids: page.nodes.map((node) => node.id),
    rows: new Map(page.nodes.map((node) => [node.id, node])),
    endCursor: page.pageInfo.endCursor,
    hasNextPage: page.pageInfo.hasNextPage,
    total: page.totalCount,
    left: new Set(),
    waiting: new Set(),
  };
}

/** A row can move between two pages while they are read: it is then kept where it was first. */
function append(state: ListState, page: IncidentPage): ListState {
  const known = new Set(state.ids);
  const rows = new Map(state.rows);
  for (const node of page.nodes) rows.set(node.id, node);
  return {
    ...state,
    ids: [...(state.ids ?? []), ...page.nodes.flatMap((node) => (known.has(node.id) ? [] : [node.id]))],
    rows,
    endCursor: page.pageInfo.endCursor,
    hasNextPage: page.pageInfo.hasNextPage,
    total: page.totalCount,
  };
}

function change(
  state: ListState,
  incidents: readonly IncidentRow[],
  matches: (row: IncidentRow) => boolean,
): ListState {
  const rows = new Map(state.rows);
  const left = new Set(state.left);
  const waiting = new Set(state.waiting);
  for (const incident of incidents) {
    const isMatch = matches(incident);
    if (!rows.has(incident.id)) {
      if (isMatch) waiting.add(incident.id);
      else waiting.delete(incident.id);
      continue;
    }
    rows.set(incident.id, incident);
    if (isMatch) left.delete(incident.id);
    else left.add(incident.id);
  }
  return { ...state, rows, left, waiting };
}

export function nextList(state: ListState, action: ListAction): ListState {
  switch (action.type) {
    case 'read':
      return read(action.page);
    case 'appended':
      return append(state, action.page);
    case 'changed':
      return state.ids === null ? state : change(state, action.incidents, action.matches);
  }
}

/** Whether reading the list again would change which rows it shows. */
export function isOutOfDate(state: ListState): boolean {
  return state.left.size > 0 || state.waiting.size > 0;
}
