import { encodeCursor } from '@tocsin/schema/domain/event';
import { kpiValues, noiseFunnel } from '@tocsin/schema/clickhouse/kpi';
import {
  assertKpiQuery,
  type KpiMetric,
  type KpiQuery,
  type KpiValue,
  type NoiseFunnel,
} from '@tocsin/schema/domain/kpi';
import type { ClickHouse } from '@tocsin/schema/clickhouse/client';
import type { Logger } from 'pino';
import { endable } from './endable.js';
import type { LiveFeed } from './feed.js';
import { waitFor } from './waitFor.js';

export interface KpiTick {
  readonly cursor: string;
  readonly values: readonly KpiValue[];
  readonly funnel: NoiseFunnel;
  readonly computedAt: number;
}

export interface KpiTickers {
  /** The numbers as they are, then whenever they changed; equal queries share one computation. */
  readonly follow: (
    query: KpiQuery,
    metrics: readonly KpiMetric[],
  ) => AsyncGenerator<readonly [KpiTick], void, undefined>;
  /** Something was received or changed. */
  readonly touch: () => void;
  readonly stop: () => void;
}

export interface KpiTickersOptions {
  readonly clickhouse: () => ClickHouse | null;
  readonly feed: () => LiveFeed;
  readonly logger: Logger;
}

const tickMs = 1_000;
/** ClickHouse has a change a moment after the log: this often a changed input is looked at again. */
const looksAfterTouch = 5;

interface Ticker {
  readonly listeners: Set<(tick: KpiTick) => void>;
  latest: KpiTick | null;
  looksLeft: number;
  isComputing: boolean;
  readonly compute: () => Promise<Omit<KpiTick, 'cursor' | 'computedAt'> | null>;
}

export function createKpiTickers({ clickhouse, feed, logger }: KpiTickersOptions): KpiTickers {
  const tickers = new Map<string, Ticker>();
  const timer = setInterval(() => tickers.forEach((ticker) => void look(ticker)), tickMs);
  timer.unref();

  async function look(ticker: Ticker): Promise<void> {
    if (ticker.looksLeft === 0 || ticker.isComputing) return;
    ticker.isComputing = true;
    const cursor = encodeCursor(feed().cursor());
    try {
      const computed = await ticker.compute();
      // ClickHouse away: looked at again at the next tick.
      if (computed === null) return;
      ticker.looksLeft--;
      if (ticker.latest !== null && isSame(ticker.latest, computed)) return;
      ticker.latest = { cursor, ...computed, computedAt: Date.now() };
      for (const listener of ticker.listeners) listener(ticker.latest);
    } catch (error) {
      logger.warn({ err: error }, 'the numbers of a live dashboard could not be computed');
    } finally {
      ticker.isComputing = false;
    }
  }

  function tickerOf(query: KpiQuery, metrics: readonly KpiMetric[]): readonly [string, Ticker] {
    const key = JSON.stringify([query, metrics]);
    const known = tickers.get(key);
    if (known) return [key, known];
    const compute = async () => {
      const client = clickhouse();
      if (client === null) return null;
      const [values, funnel] = await Promise.all([kpiValues(client, query, metrics), noiseFunnel(client, query)]);
      return { values, funnel };
    };
    const ticker: Ticker = { listeners: new Set(), latest: null, looksLeft: 1, isComputing: false, compute };
    tickers.set(key, ticker);
    void look(ticker);
    return [key, ticker];
  }

  return {
    touch: () => tickers.forEach((ticker) => (ticker.looksLeft = looksAfterTouch)),
    stop: () => clearInterval(timer),
    follow: (query, metrics) => {
      assertKpiQuery(query);
      const [key, ticker] = tickerOf(query, metrics);
      return newest(ticker, () => {
        if (ticker.listeners.size === 0) tickers.delete(key);
      });
    },
  };
}

function isSame(before: KpiTick, now: Pick<KpiTick, 'values' | 'funnel'>): boolean {
  return JSON.stringify([before.values, before.funnel]) === JSON.stringify([now.values, now.funnel]);
}

/** Only the newest tick counts: a slow subscriber skips the ones before. */
function newest(ticker: Ticker, onEnd: () => void): AsyncGenerator<readonly [KpiTick], void, undefined> {
  let pending = ticker.latest;
  const closing = new AbortController();
  let notify = (): void => undefined;
  const listener = (tick: KpiTick): void => {
    pending = tick;
    notify();
  };
  ticker.listeners.add(listener);
  const end = (): void => {
    closing.abort();
    ticker.listeners.delete(listener);
    onEnd();
  };
  async function* ticks(): AsyncGenerator<readonly [KpiTick], void, undefined> {
    while (!closing.signal.aborted) {
      if (pending === null) {
        const arrived = new AbortController();
        notify = () => arrived.abort();
        await waitFor(2 ** 31 - 1, AbortSignal.any([arrived.signal, closing.signal]));
        continue;
      }
      const tick = pending;
      pending = null;
      yield [tick];
    }
  }
  return endable(ticks(), end);
}
