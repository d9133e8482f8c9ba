import type { CombinedError } from 'urql';

export interface ListRow {
  readonly id: string;
}

export interface TotalCount {
  readonly value: number;
  readonly isExact: boolean;
}

/** One page of a connection. */
export interface ListPage<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  /** Absent where it was not asked for again. */
  readonly totalCount?: TotalCount;
}

export interface PageAnswer<Row> {
  readonly page: ListPage<Row> | undefined;
  readonly error: CombinedError | undefined;
}

/** The rows on screen, in the server's order, and what waits to be shown. Never mutated. */
export interface ListState<Row> {
  /** Null until the first answer. */
  readonly ids: readonly string[] | null;
  readonly rows: ReadonlyMap<string, Row>;
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
  readonly total: TotalCount | null;
  /** Rows that no longer match the filter but stay where they are until the list is read again. */
  readonly left: ReadonlySet<string>;
  /** Rows that match but are not in the list. */
  readonly waiting: ReadonlySet<string>;
}

export const emptyList: ListState<never> = {
  ids: null,
  rows: new Map<string, never>(),
  endCursor: null,
  hasNextPage: false,
  total: null,
  left: new Set(),
  waiting: new Set(),
};

export type ListAction<Row> =
  | { readonly type: 'read'; readonly page: ListPage<Row> }
  | { readonly type: 'appended'; readonly page: ListPage<Row> }
  | {
      readonly type: 'changed';
      readonly rows: readonly Row[];
      readonly matches: (row: Row) => boolean;
      /** Grows with each change of a row. */
      readonly ageOf: (row: Row) => number;
    };

type Changed<Row> = Extract<ListAction<Row>, { readonly type: 'changed' }>;

function read<Row extends ListRow>({ nodes, pageInfo, totalCount }: ListPage<Row>): ListState<Row> {
  return {
    ...emptyList,
    ids: nodes.map(({ id }) => id),
    rows: new Map(nodes.map((node) => [node.id, node])),
    endCursor: pageInfo.endCursor,
    hasNextPage: pageInfo.hasNextPage,
    total: totalCount ?? null,
  };
}

/** A row can move between two pages while they are read: it stays where it was first. */
function append<Row extends ListRow>(state: ListState<Row>, page: ListPage<Row>): ListState<Row> {
  const rows = new Map(state.rows);
  const added = page.nodes.flatMap(({ id }) => (rows.has(id) ? [] : [id]));
  for (const node of page.nodes) rows.set(node.id, node);
  const waiting = new Set(state.waiting);
  for (const id of added) waiting.delete(id);
  const { endCursor, hasNextPage } = page.pageInfo;
  const total = page.totalCount ?? state.total;
  return { ...state, ids: [...(state.ids ?? []), ...added], rows, waiting, endCursor, hasNextPage, total };
}

function change<Row extends ListRow>(state: ListState<Row>, { rows: changed, matches, ageOf }: Changed<Row>) {
  const rows = new Map(state.rows);
  const left = new Set(state.left);
  const waiting = new Set(state.waiting);
  for (const row of changed) {
    const before = rows.get(row.id);
    // An event can be older than the page that was read after it: the newer row counts.
    if (before && ageOf(before) > ageOf(row)) continue;
    const isMatch = matches(row);
    if (before) rows.set(row.id, row);
    const marked = before ? left : waiting;
    // In the list a row that no longer matches is marked; outside of it one that does.
    if (isMatch === (before === undefined)) marked.add(row.id);
    else marked.delete(row.id);
  }
  return { ...state, rows, left, waiting };
}

export function nextList<Row extends ListRow>(state: ListState<Row>, action: ListAction<Row>): ListState<Row> {
  switch (action.type) {
    case 'read':
      return read(action.page);
    case 'appended':
      return append(state, action.page);
    case 'changed':
      return state.ids === null ? state : change(state, action);
  }
}

/** Whether reading the list again would change which rows it shows. */
export function isOutOfDate({ left, waiting }: ListState<ListRow>): boolean {
  return left.size > 0 || waiting.size > 0;
}

export function rowsOf<Row>(state: ListState<Row>): readonly Row[] {
  return (state.ids ?? []).flatMap((id) => state.rows.get(id) ?? []);
}
