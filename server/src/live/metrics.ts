import { metrics } from '@opentelemetry/api';
import type { LiveBatch } from './batch.js';

const meter = metrics.getMeter('tocsin');

const latency = meter.createHistogram('tocsin_live_latency_seconds', {
  description: 'From the moment an event was written to the moment it was given to subscribers.',
  unit: 's',
  advice: { explicitBucketBoundaries: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] },
});

export function recordLatency(batch: LiveBatch): void {
  const now = Date.now();
  for (const { event } of batch.items) latency.record(Math.max(0, now - event.recordedAt) / 1_000);
}

interface LiveStats {
  readonly connections: number;
  readonly subscriptions: number;
  readonly cutOffs: number;
}

/** Offers the numbers to whatever collects metrics. Returns how to stop. */
export function measureLive(stats: () => LiveStats): () => void {
  const connections = meter.createObservableGauge('tocsin_live_connections', { description: 'Open WebSockets.' });
  const subscribers = meter.createObservableGauge('tocsin_subscribers', { description: 'Subscriptions on the log.' });
  const cutOffs = meter.createObservableCounter('tocsin_subscribers_cut_off_total', {
    description: 'Subscribers that could not keep up.',
  });
  const observed = [connections, subscribers, cutOffs];
  const observe: Parameters<typeof meter.addBatchObservableCallback>[0] = (result) => {
    const now = stats();
    result.observe(connections, now.connections);
    result.observe(subscribers, now.subscriptions);
    result.observe(cutOffs, now.cutOffs);
  };
  meter.addBatchObservableCallback(observe, observed);
  return () => meter.removeBatchObservableCallback(observe, observed);
}
