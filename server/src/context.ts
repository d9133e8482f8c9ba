import type { ClickHouse } from '@tocsin/schema/clickhouse/client';
import type { Actor } from '@tocsin/schema/domain/event';
import type { Viewer } from '@tocsin/schema/domain/role';
import type { Pool } from '@tocsin/schema/postgres/pool';
import type { Sealer } from '@tocsin/schema/runtime/sealer';
import type { Logger } from 'pino';
import type { AuthDeps } from './auth/deps.js';
import type { Viewers } from './auth/viewer.js';
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
  readonly viewers: Viewers;
  readonly auth: AuthDeps;
  /** Where the dashboard is, without a slash at the end. */
  readonly dashboardUrl: () => string;
  readonly system: {
    readonly version: string;
    readonly ingestUrl: () => string;
    readonly relayLagSeconds: () => Promise<number> | number;
  };
}

export interface ApiContext {
  readonly services: Services;
  /** Who asks; `actor` is the same for the log. */
  readonly viewer: Viewer;
  readonly actor: Actor;
  readonly loaders: Loaders;
  /** Ends the connection of a subscriber that cannot keep up; there is none over HTTP. */
  readonly cutOff?: () => void;
}

export function createContext(services: Services, viewer: Viewer): ApiContext {
  return { services, viewer, actor: actorOf(viewer), loaders: createLoaders(services.pool) };
}

/** The viewer as the log names them. */
export function actorOf({ handle, tokenId, address }: Viewer): Actor {
  return { kind: 'person', name: handle, tokenId, address };
}
