import { metrics, type Observable } from '@opentelemetry/api';

export interface LiveStats {
  /** Open WebSockets. */
  readonly connections: number;
  readonly subscriptions: number;
  /** Subscribers that could not keep up and were disconnected, since the start. */
  readonly cutOffs: number;
}

export interface ServerMetrics {
  /** From the writing of each event (`recorded_at`, epoch milliseconds) to now, its hand-over to the subscribers. */
  readonly recordLatency: (recordedAt: readonly number[]) => void;
  /** Asked at every scrape. */
  readonly watchLive: (stats: () => LiveStats) => void;
  /** Asked at every scrape: how long the oldest write transaction has been holding the log's horizon back. */
  readonly watchHorizon: (readSeconds: () => Promise<number>) => void;
}

/**
 * Make them after `startTelemetry`, once per process: the metrics API gives do-nothing instruments to whoever asks
 * earlier, so none may be made while a module loads. Without an SDK they do nothing.
 */
export function createServerMetrics(): ServerMetrics {
  const meter = metrics.getMeter('tocsin.server');
  const gauge = (name: string, description: string): Observable => meter.createObservableGauge(name, { description });
  const latency = meter.createHistogram('tocsin_live_latency_seconds', {
    description: 'Time from the writing of an event to its hand-over to the subscribers.',
    advice: { explicitBucketBoundaries: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10] },
  });
  const connections = gauge('tocsin_live_connections', 'Open WebSockets.');
  const subscribers = gauge('tocsin_subscribers', 'Open subscriptions.');
  const horizon = gauge(
    'tocsin_horizon_lag_seconds',
    'Age of the write transaction that holds the log, and live, back.',
  );
  const cutOffs = meter.createObservableCounter('tocsin_subscribers_cut_off_total', {
    description: 'Subscribers that could not keep up and were disconnected.',
  });
  return {
    recordLatency: (recordedAt) => {
      const now = Date.now();
      for (const at of recordedAt) latency.record(Math.max(0, now - at) / 1_000);
    },
    watchLive: (stats) => {
      meter.addBatchObservableCallback(
        (result) => {
          const now = stats();
          result.observe(connections, now.connections);
          result.observe(subscribers, now.subscriptions);
          result.observe(cutOffs, now.cutOffs);
        },
        [connections, subscribers, cutOffs],
      );
    },
    // Postgres may be away: then this one value is missing from the scrape, and the rest is there.
    watchHorizon: (readSeconds) => {
      horizon.addCallback(async (result) => {
        const seconds = await readSeconds().catch(() => null);
        if (seconds !== null) result.observe(seconds);
      });
    },
  };
}
