import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClickHouse, type ClickHouse } from '@tocsin/schema/clickhouse/client';

export interface TestClickHouse {
  readonly clickhouse: ClickHouse;
  readonly folder: string;
  readonly close: () => Promise<void>;
}

/** The real engine on an empty folder of its own. One per test file: a process has one data directory at a time. */
export async function createTestClickHouse(): Promise<TestClickHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-clickhouse-'));
  const clickhouse = await createClickHouse({ embeddedPath: folder });
  return {
    clickhouse,
    folder,
    close: async () => {
      await clickhouse.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The same client, which answers like a server that is away while `isAway`. */
export function interruptibleClickHouse(clickhouse: ClickHouse): { readonly client: ClickHouse; isAway: boolean } {
  const state = {
    isAway: false,
    client: new Proxy(clickhouse, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]): unknown =>
          state.isAway
            ? Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:8123'))
            : Reflect.apply(value, target, given);
      },
    }),
  };
  return state;
}
