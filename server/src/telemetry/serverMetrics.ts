import { metrics } from '@opentelemetry/api';

export interface ServerMetrics {
  /** Asked at every scrape: how many subscriptions are open. */
  readonly watchSubscribers: (read: () => number) => void;
  /** From the commit of an event (`recorded_at`) to its hand-over to the sockets. */
  readonly recordLiveLatency: (seconds: number) => void;
  /** A subscriber that could not keep up was cut off. */
  readonly countCutOff: () => void;
  /** Asked at every scrape: how long the oldest write transaction has been holding the log's horizon back. */
  readonly watchHorizon: (readSeconds: () => number) => void;
}

/** Make them after the SDK has been registered, once per process. Without an SDK they do nothing. */
export function createServerMetrics(): ServerMetrics {
  const meter = metrics.getMeter('tocsin.server');
  const subscribers = meter.createObservableGauge('tocsin_subscribers', { description: 'Open subscriptions.' });
  const latency = meter.createHistogram('tocsin_live_latency_seconds', {
    description: 'Time from an event’s commit to its hand-over to the subscribers.',
    advice: { explicitBucketBoundaries: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10] },
  });
  const cutOff = meter.createCounter('tocsin_subscribers_cut_off_total', {
    description: 'Subscribers that could not keep up and were disconnected.',
  });
  const horizon = meter.createObservableGauge('tocsin_horizon_lag_seconds', {
    description: 'Age of the write transaction that holds the log back, and live with it.',
  });
  return {
    watchSubscribers: (read) => subscribers.addCallback((result) => result.observe(read())),
    recordLiveLatency: (seconds) => latency.record(Math.max(0, seconds)),
    countCutOff: () => cutOff.add(1),
    watchHorizon: (readSeconds) => horizon.addCallback((result) => result.observe(readSeconds())),
  };
}
