import type { Keyset, Page } from '@tocsin/schema/postgres/incidentList';
import { z } from 'zod';
import { invalidInput } from '../errors.js';

/** `s` is the list and its sort: a cursor of another one is refused instead of giving a page of nonsense. */
const shape = z.strictObject({
  s: z.string().max(40),
  r: z.int().min(0).max(4),
  // What Postgres writes for a timestamptz in UTC; anything else never reaches it.
  t: z.string().regex(/^\d{4,5}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/),
  i: z.int().min(1),
});

export function encodeListCursor(list: string, { rank, at, id }: Keyset): string {
  return Buffer.from(JSON.stringify({ s: list, r: rank, t: at, i: id })).toString('base64url');
}

/** @throws ApiFailure INVALID_INPUT when the cursor is damaged or of another list. */
export function decodeListCursor(list: string, cursor: string | null | undefined): Keyset | null {
  if (cursor == null) return null;
  const parsed = shape.safeParse(jsonOf(cursor));
  if (!parsed.success) throw invalidInput('after', 'after is no cursor of a list: pass back what you were given.');
  const { s, r, t, i } = parsed.data;
  if (s !== list) throw invalidInput('after', 'after belongs to another list or sort: start again without it.');
  return { rank: r, at: t, id: i };
}

function jsonOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** For lists that are ordered by id alone. */
export function encodeIdCursor(list: string, id: number): string {
  return Buffer.from(JSON.stringify({ s: list, i: id })).toString('base64url');
}

const idShape = z.strictObject({ s: z.string(), i: z.int().min(1) });

export function decodeIdCursor(list: string, cursor: string | null | undefined): number | null {
  if (cursor == null) return null;
  const parsed = idShape.safeParse(jsonOf(cursor));
  if (!parsed.success || parsed.data.s !== list) {
    throw invalidInput('after', 'after is no cursor of this list: pass back what you were given.');
  }
  return parsed.data.i;
}

export interface ConnectionPage<Node> {
  readonly nodes: readonly Node[];
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export function connectionOfPage<Node>(list: string, page: Page<Node>): ConnectionPage<Node> {
  const edges = page.items.map(({ node, keyset }) => ({ node, cursor: encodeListCursor(list, keyset) }));
  return connection(edges, page.hasNextPage);
}

export function connection<Node>(
  edges: readonly { readonly cursor: string; readonly node: Node }[],
  hasNextPage: boolean,
): ConnectionPage<Node> {
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: { hasNextPage, endCursor: edges.at(-1)?.cursor ?? null },
  };
}
