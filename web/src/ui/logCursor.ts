import type { CombinedError } from 'urql';
import { client } from '../graphql/client.ts';
import { graphql } from '../graphql/graphql.ts';

const logHeadQuery = graphql(`
  query LogHead {
    logCursor
  }
`);

export type LogHead =
  { readonly cursor: string; readonly error: null } | { readonly cursor: null; readonly error: CombinedError | null };

/** Where the log is now. Read it *before* the data, and subscribe behind it: an event may come twice, never go missing. */
export async function readLogHead(): Promise<LogHead> {
  const { data, error } = await client.query(logHeadQuery, {}, { requestPolicy: 'network-only' }).toPromise();
  return data ? { cursor: data.logCursor, error: null } : { cursor: null, error: error ?? null };
}
