import type { ClickHouse } from '@tocsin/schema/clickhouse/client';
import type { Actor } from '@tocsin/schema/domain/event';
import type { Pool } from '@tocsin/schema/postgres/pool';
import type { Sealer } from '@tocsin/schema/runtime/sealer';
import type { Logger } from 'pino';
import type { BacktestRunner } from './backtest/runner.js';
import type { LiveFeed } from './live/feed.js';
import type { KpiTickers } from './live/kpiTicker.js';
import { createLoaders, type Loaders } from './loaders/loaders.js';

/** What every request shares. */
export interface Services {
  readonly pool: Pool;
  /** Null while ClickHouse is not there. */
  readonly clickhouse: () => ClickHouse | null;
  readonly logger: Logger;
  /** Null: there is no key to keep signing secrets under. */
  readonly sealer: Sealer | null;
  readonly feed: LiveFeed;
  readonly kpiTickers: KpiTickers;
  readonly backtests: BacktestRunner;
  readonly system: {
    readonly version: string;
    readonly ingestUrl: () => string;
    readonly authRequired: boolean;
    readonly relayLagSeconds: () => Promise<number> | number;
  };
}

export interface ApiContext {
  readonly services: Services;
  readonly actor: Actor;
  readonly loaders: Loaders;
  /** Ends the connection of a subscriber that cannot keep up; there is none over HTTP. */
  readonly cutOff?: () => void;
}

export function createContext(services: Services, actor: Actor): ApiContext {
  return { services, actor, loaders: createLoaders(services.pool) };
}
