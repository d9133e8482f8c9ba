import { countLimit } from '@tocsin/schema/graphql/common';
import type { Keyset, Page } from '@tocsin/schema/postgres/incidentList';
import type { GraphQLResolveInfo } from 'graphql';
import { pageSize, totalCount } from './input.js';
import { type ConnectionPage, connectionOfPage, decodeListCursor } from './listCursor.js';
import { asksFor } from './selection.js';

/** What a list is asked for, as GraphQL hands it over. */
export interface ListArguments<Sort extends string> {
  readonly sort: Sort | null | undefined;
  readonly first: number | null | undefined;
  readonly after: string | null | undefined;
}

export interface ListRequest<Sort extends string> {
  readonly sort: Sort;
  readonly first: number;
  readonly after: Keyset | null;
}

interface ListSource<Node, Sort extends string> {
  /** Stands in the cursors: one of another list or sort is refused. */
  readonly name: string;
  readonly defaultSort: Sort;
  readonly read: (request: ListRequest<Sort>) => Promise<Page<Node>>;
  /** Runs beside `read`, and only when the client asked for `totalCount`: counting is not free. */
  readonly count: (limit: number) => Promise<number>;
  readonly remember: (node: Node) => void;
}

export interface ListConnection<Node> extends ConnectionPage<Node> {
  readonly totalCount: { readonly value: number; readonly isExact: boolean };
}

/** One page of a list with keyset cursors. @throws ApiFailure INVALID_INPUT for a bad `first` or `after`. */
export async function listPage<Node, Sort extends string>(
  { name, defaultSort, read, count, remember }: ListSource<Node, Sort>,
  { sort, first, after }: ListArguments<Sort>,
  info: GraphQLResolveInfo,
): Promise<ListConnection<Node>> {
  const wanted = sort ?? defaultSort;
  const list = `${name}.${wanted}`;
  const request = { sort: wanted, first: pageSize(first, 50), after: decodeListCursor(list, after) };
  const [page, counted] = await Promise.all([read(request), asksFor(info, 'totalCount') ? count(countLimit) : 0]);
  for (const { node } of page.items) remember(node);
  return { ...connectionOfPage(list, page), totalCount: totalCount(counted) };
}
