import { mkdirSync } from 'node:fs';
import {
  ClickHouseLogLevel,
  createClient,
  type ClickHouseClient,
  type ClickHouseClientConfigOptions,
} from '@clickhouse/client';
import { CannotOpenClickHouse } from './cannotOpen.js';

export type ClickHouse = ClickHouseClient;

/** A server's URL (`http://user:password@host:8123/database`), or the folder of the engine inside this process. */
export type ClickHouseLocation = { readonly url: string } | { readonly embeddedPath: string };

/**
 * The official client in both cases; embedded, its connection is the real engine in this process.
 * Does not connect to a server yet: that one may be away, and the relay waits for it.
 * @throws CannotOpenClickHouse when the folder is in use or this platform has no embedded engine.
 */
export async function createClickHouse(location: ClickHouseLocation): Promise<ClickHouse> {
  // Its errors are thrown as well as logged; whoever catches them writes the one line.
  const log = { level: ClickHouseLogLevel.OFF };
  if ('url' in location)
    return createClient({ url: location.url, application: 'tocsin', request_timeout: 30_000, log });
  const createConnection = await embeddedEngine();
  try {
    mkdirSync(location.embeddedPath, { recursive: true });
    return createClient({ connection: createConnection({ path: location.embeddedPath }), log });
  } catch (cause) {
    throw new CannotOpenClickHouse(
      `The ClickHouse data directory ${location.embeddedPath} is in use by another process or not writable: ` +
        'stop that process, or set TOCSIN_DATA_DIR to another folder.',
      { cause },
    );
  }
}

type EmbeddedConnection = NonNullable<ClickHouseClientConfigOptions['connection']>;

/** An optional dependency of about 540 MB: an image for production leaves it out. */
async function embeddedEngine(): Promise<(options: { readonly path: string }) => EmbeddedConnection> {
  try {
    const { createChdbConnection } = await import('chdb/connection');
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- chdb is typed against its own copy of the client's types: the same shapes, declared twice
    return (options) => createChdbConnection(options) as unknown as EmbeddedConnection;
  } catch (cause) {
    throw new CannotOpenClickHouse(
      `There is no embedded ClickHouse for this platform (${process.platform}-${process.arch}): ` +
        'set CLICKHOUSE_URL, or run npm ci without --omit=optional.',
      { cause },
    );
  }
}

/** True when a statement runs; never throws. `/readyz` and the system status ask. */
export async function clickHouseIsReachable(clickhouse: ClickHouse): Promise<boolean> {
  return (await clickhouse.ping({ select: true })).success;
}

/** Rows of one statement. Every value travels as a bound parameter (`{name: Type}`). */
export async function selectRows<Row>(
  clickhouse: ClickHouse,
  query: string,
  params: Readonly<Record<string, unknown>> = {},
): Promise<readonly Row[]> {
  const result = await clickhouse.query({
    query,
    query_params: { ...params },
    format: 'JSONEachRow',
    // Counts stay below 2^53; older servers would send them as text.
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  });
  return result.json<Row>();
}

/**
 * Inserts one block; the same token a second time changes nothing.
 * There is no insert without a token: the embedded engine keeps settings for the session, so a later insert
 * without its own would inherit the last one and vanish as its repetition.
 */
export async function insertBlock(
  clickhouse: ClickHouse,
  table: string,
  token: string,
  rows: readonly object[],
): Promise<void> {
  if (rows.length === 0) return;
  await clickhouse.insert({
    table,
    values: [...rows],
    format: 'JSONEachRow',
    clickhouse_settings: {
      insert_deduplicate: 1,
      insert_deduplication_token: token,
      // On a cluster the insert is answered when the shard has it, not when it is queued.
      distributed_foreground_insert: 1,
    },
  });
}
