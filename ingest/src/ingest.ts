import type { ClickHouse } from '@tocsin/schema/clickhouse/client';
import type { CorrelationRule } from '@tocsin/schema/domain/correlation';
import { defaultRules } from '@tocsin/schema/domain/correlate';
import { receivedOutcomes } from '@tocsin/schema/domain/event';
import { listen } from '@tocsin/schema/postgres/listen';
import { logChannel } from '@tocsin/schema/postgres/log';
import { batchPlanning } from '@tocsin/schema/postgres/batchPlanning';
import { createPool, type Pool } from '@tocsin/schema/postgres/pool';
import { addTimers, timerChannel, type TimerKind } from '@tocsin/schema/postgres/timer';
import type { Logger } from '@tocsin/schema/runtime/logger';
import { createWake } from '@tocsin/schema/runtime/wake';
import type { FastifyInstance } from 'fastify';
import { Hints } from './hints.js';
import { autoResolveJob } from './jobs/autoResolve.js';
import { demoJob } from './jobs/demo.js';
import { firstSweep, staleSweepJob } from './jobs/staleSweep.js';
import { replayJob, submitJob, type SubmitDeps } from './jobs/submit.js';
import { testAlertJob } from './jobs/testAlert.js';
import { createKpiRelay } from './kpiRelay.js';
import { createPipeline, type CommittedBatch } from './pipeline.js';
import { receiveRoutes } from './receive.js';
import { createIngestMetrics } from './telemetry.js';
import { createTimerWorker, type Job, type TimerWorker } from './timers.js';
import { createVerifier } from './verifier.js';

export interface IngestOptions {
  readonly databaseUrl: string;
  /** For everything but the batches; the caller closes it. */
  readonly pool: Pool;
  readonly clickhouse: ClickHouse;
  readonly clickhouseCluster: string | null;
  readonly logger: Logger;
  /** How long all alerts must have been resolved before an incident resolves by itself, where no rule says otherwise. */
  readonly quietPeriodSeconds?: number;
  /** Epoch milliseconds. @default Date.now */
  readonly now?: () => number;
}

export interface Ingest {
  /** Adds the webhook routes. */
  readonly register: (app: FastifyInstance) => Promise<void>;
  /** Begins to run timers and to feed ClickHouse. */
  readonly start: () => Promise<void>;
  /** Answers what was received, then lets go of everything. */
  readonly stop: () => Promise<void>;
  readonly timers: TimerWorker;
  readonly relayLagSeconds: () => number;
}

/** A sender that hears "send again" does; one that gave up waiting may not. Prometheus waits for 10 s. */
const batchTimeouts = { statementTimeoutMs: 8_000, answerTimeoutMs: 9_000 };

/** Webhook → incident → KPI, in one process; any number of them share one database. */
export function createIngest(options: IngestOptions): Ingest {
  const { databaseUrl, pool, logger, now = Date.now } = options;
  const rules = rulesWith(options.quietPeriodSeconds);
  const metrics = createIngestMetrics();
  const batchPool = createPool({
    connectionString: databaseUrl,
    applicationName: 'tocsin-ingest',
    max: 2,
    pipeline: true,
    serverOptions: batchPlanning,
    ...batchTimeouts,
    onError: (error) => logger.warn({ err: error }, 'a connection to Postgres ended'),
  });
  const onBatch = (batch: CommittedBatch): void => observeBatch(batch, metrics, logger);
  const pipeline = createPipeline({ pool: batchPool, rules, hints: new Hints(), now, onBatch });
  metrics.watchQueue(pipeline.waiting);

  const timerWake = createWake();
  const timers = createTimerWorker({
    pool,
    wake: timerWake,
    now,
    jobs: jobsOf(pool, pipeline.submit, rules[0]?.quietPeriodSeconds ?? 0, now),
    onError: (error, timer) => logger.error({ err: error, timer: timer?.kind, key: timer?.key }, 'a timer failed'),
  });

  const relayWake = createWake();
  const relay = createKpiRelay({
    pool,
    clickhouse: options.clickhouse,
    logger,
    cluster: options.clickhouseCluster,
    waitForWake: relayWake.wait,
  });
  metrics.watchRelay(relay.lagSeconds);

  let listener: ReturnType<typeof listen> | null = null;
  return {
    // Secrets are looked up on the batches' connections: neither a busy API nor a Postgres that hangs holds senders up.
    register: (app) => receiveRoutes(app, { verify: createVerifier(batchPool, now), submit: pipeline.submit, now }),
    start: async () => {
      await addTimers(pool, [firstSweep(now())]);
      listener = listen({
        connectionString: databaseUrl,
        applicationName: 'tocsin-ingest-listen',
        channels: [logChannel, timerChannel],
        onNotify: (channel) => (channel === logChannel ? relayWake : timerWake).wake(),
      });
      timers.start();
      relay.start();
    },
    stop: async () => {
      await pipeline.drain();
      relayWake.wake();
      await Promise.all([timers.stop(), relay.stop(), listener?.stop()]);
      await batchPool.end();
    },
    timers,
    relayLagSeconds: relay.lagSeconds,
  };
}

function jobsOf(
  pool: Pool,
  submit: SubmitDeps['submit'],
  quietPeriodSeconds: number,
  now: () => number,
): ReadonlyMap<TimerKind, Job> {
  const deps: SubmitDeps = { pool, submit, now };
  return new Map<TimerKind, Job>([
    ['incident.autoResolve', autoResolveJob(pool, now, quietPeriodSeconds)],
    ['alert.staleSweep', staleSweepJob(pool, now, quietPeriodSeconds)],
    ['alert.test', testAlertJob(pool, now)],
    ['delivery.submit', submitJob(deps)],
    ['deadLetter.replay', replayJob(deps)],
    ['demo.start', demoJob(pool, now)],
  ]);
}

function rulesWith(quietPeriodSeconds: number | undefined): readonly CorrelationRule[] {
  return quietPeriodSeconds === undefined
    ? defaultRules
    : defaultRules.map((rule) => ({ ...rule, quietPeriodSeconds }));
}

function observeBatch(
  { deliveries, outcomes, commitSeconds }: CommittedBatch,
  metrics: ReturnType<typeof createIngestMetrics>,
  logger: Logger,
): void {
  let alerts = 0;
  for (const [index, delivery] of deliveries.entries()) {
    alerts += delivery.alerts.length;
    for (const outcome of receivedOutcomes) {
      const count = outcomes[index]?.[outcome] ?? 0;
      if (count > 0) metrics.countAlerts(delivery.source, outcome, count);
    }
  }
  metrics.recordBatch(alerts, commitSeconds);
  logger.debug(
    { deliveries: deliveries.length, alerts, commitMs: Math.round(commitSeconds * 1_000) },
    'batch committed',
  );
}
