import { metrics } from '@opentelemetry/api';
import type { ReceivedOutcome } from '@tocsin/schema/domain/event';
import type { SourceKind } from '@tocsin/schema/domain/source';

export interface IngestMetrics {
  /** Alerts by what became of them: opened, repeated, resolved, … */
  readonly countAlerts: (source: SourceKind, outcome: ReceivedOutcome, count: number) => void;
  /** Requests by the status they were answered with. */
  readonly countRequest: (source: SourceKind, status: number) => void;
  /** One committed batch: how many alerts, and how long its transaction took. */
  readonly recordBatch: (alerts: number, commitSeconds: number) => void;
  /** Asked at every scrape: how far ClickHouse is behind the log. */
  readonly watchRelay: (readSeconds: () => number) => void;
  /** Asked at every scrape: how many alerts wait for the next batch. */
  readonly watchQueue: (read: () => number) => void;
}

/** Make them after the SDK has been registered, once per process. Without an SDK they do nothing. */
export function createIngestMetrics(): IngestMetrics {
  const meter = metrics.getMeter('tocsin.ingest');
  const alerts = meter.createCounter('tocsin_alerts_total', { description: 'Alerts received, by source and outcome.' });
  const requests = meter.createCounter('tocsin_webhook_requests_total', { description: 'Webhook requests answered.' });
  const batchSize = meter.createHistogram('tocsin_batch_alerts', {
    description: 'Alerts in one batch, that is, in one transaction.',
    advice: { explicitBucketBoundaries: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000] },
  });
  const commitTime = meter.createHistogram('tocsin_commit_seconds', {
    description: 'Time from the first statement of a batch to its commit.',
    advice: { explicitBucketBoundaries: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5] },
  });
  const relaySeconds = meter.createObservableGauge('tocsin_relay_lag_seconds', {
    description: 'Age of the oldest event that ClickHouse does not have yet.',
  });
  const queue = meter.createObservableGauge('tocsin_queue_alerts', {
    description: 'Alerts that wait for the next batch.',
  });
  return {
    countAlerts: (source, outcome, count) => alerts.add(count, { source, outcome }),
    countRequest: (source, status) => requests.add(1, { source, status }),
    recordBatch: (count, commitSeconds) => {
      batchSize.record(count);
      commitTime.record(commitSeconds);
    },
    watchRelay: (readSeconds) => relaySeconds.addCallback((result) => result.observe(readSeconds())),
    watchQueue: (read) => queue.addCallback((result) => result.observe(read())),
  };
}
