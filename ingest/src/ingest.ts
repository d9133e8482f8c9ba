import type { ClickHouse } from '@tocsin/schema/clickhouse/client';
import { receivedOutcomes } from '@tocsin/schema/domain/event';
import { configurationChannel } from '@tocsin/schema/postgres/configurationVersion';
import { listen } from '@tocsin/schema/postgres/listen';
import { logChannel } from '@tocsin/schema/postgres/log';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { addTimers, timerChannel, type NewTimer, type TimerKind } from '@tocsin/schema/postgres/timer';
import type { Sealer } from '@tocsin/schema/runtime/sealer';
import type { Logger } from '@tocsin/schema/runtime/logger';
import { createTimerWorker, type Job, type TimerWorker } from '@tocsin/schema/runtime/timerWorker';
import { createWake, type Wake } from '@tocsin/schema/runtime/wake';
import type { FastifyInstance } from 'fastify';
import { createConfigurationFollower } from './configuration.js';
import { Hints } from './hints.js';
import { autoResolveJob } from './jobs/autoResolve.js';
import { firstIncidentChanges, incidentChangesJob, placeChangeJob } from './jobs/changes.js';
import { demoJob } from './jobs/demo.js';
import { heartbeatJob, nextHeartbeatCheck } from './jobs/heartbeat.js';
import { holdJob } from './jobs/hold.js';
import { maintenanceBeginsJob } from './jobs/maintenanceBegins.js';
import { maintenanceEndsJob } from './jobs/maintenanceEnds.js';
import {
  cleanLabelIndexJob,
  firstLabelIndexCare,
  firstStorageCare,
  keepEverything,
  maintainStorageJob,
  type Retention,
} from './jobs/maintainStorage.js';
import { firstFlappingLook, flappingJob } from './jobs/flapping.js';
import { firstSweep, staleSweepJob } from './jobs/staleSweep.js';
import { replayJob, submitJob, type SubmitDeps } from './jobs/submit.js';
import { testAlertJob } from './jobs/testAlert.js';
import { surfaceAlerts, type SurfaceDeps } from './surface.js';
import { createKpiRelay } from './kpiRelay.js';
import { createPipeline, type CommittedBatch } from './pipeline.js';
import { receiveRoutes } from './receive.js';
import { createBatchPool, receiving } from './receiving.js';
import { createSenderTimers, firstReconciles } from './senderTimers.js';
import { createIngestMetrics } from './telemetry.js';

export interface IngestOptions {
  readonly databaseUrl: string;
  /** For everything but the batches; the caller closes it. */
  readonly pool: Pool;
  readonly clickhouse: ClickHouse;
  readonly clickhouseCluster: string | null;
  readonly logger: Logger;
  /** How long all alerts must have been resolved before an incident resolves by itself, where no rule says otherwise. */
  readonly quietPeriodSeconds?: number;
  /** How long what grows for ever is kept. @default for ever */
  readonly retention?: Retention;
  /** Opens the signing secrets of integrations; null: a signed integration is refused. @default null */
  readonly sealer?: Sealer | null;
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

/** Webhook → incident → KPI, in one process; any number of them share one database. */
export function createIngest(options: IngestOptions): Ingest {
  const { databaseUrl, pool, logger, now = Date.now } = options;
  const configuration = createConfigurationFollower({
    pool,
    quietPeriodSeconds: options.quietPeriodSeconds,
    onError: (error) => logger.warn({ err: error }, 'the configuration could not be followed'),
  });
  const metrics = createIngestMetrics();
  const batchPool = createBatchPool(databaseUrl, logger);
  const onBatch = (batch: CommittedBatch): void => observeBatch(batch, metrics, logger);
  const pipeline = createPipeline({
    pool: batchPool,
    configuration: configuration.current,
    hints: new Hints(),
    now,
    onBatch,
  });
  metrics.watchQueue(pipeline.waiting);

  const timers = createTimers(options, {
    pool,
    batchPool,
    submit: pipeline.submit,
    configuration: configuration.current,
    refreshConfiguration: configuration.refresh,
    now,
  });

  const relayWake = createWake();
  const relay = relayOf(options, relayWake.wait);
  metrics.watchRelay(relay.lagSeconds);

  let listener: ReturnType<typeof listen> | null = null;
  return {
    // Secrets are looked up on the batches' connections: neither a busy API nor a Postgres that hangs holds senders up.
    register: (app) => receiveRoutes(app, receiving(options, batchPool, pipeline.submit, now)),
    start: async () => {
      await configuration.start();
      await addTimers(pool, await firstTimers(pool, now()));
      listener = listen({
        connectionString: databaseUrl,
        applicationName: 'tocsin-ingest-listen',
        channels: [logChannel, timerChannel, configurationChannel],
        onNotify: (channel) => {
          if (channel !== configurationChannel) (channel === logChannel ? relayWake : timers).wake();
          // What is wrong with it is said by its own look.
          else void configuration.refresh().catch(() => undefined);
        },
      });
      timers.start();
      relay.start();
    },
    stop: async () => {
      await pipeline.drain();
      relayWake.wake();
      await Promise.all([timers.stop(), relay.stop(), listener?.stop(), configuration.stop()]);
      await batchPool.end();
    },
    timers,
    relayLagSeconds: relay.lagSeconds,
  };
}

/** What is due by itself, not because of something that happened. */
async function firstTimers(pool: Pool, now: number): Promise<readonly NewTimer[]> {
  const reconciles = await firstReconciles(pool, now);
  const flapping = await firstFlappingLook(pool, now);
  return [
    firstSweep(now),
    flapping,
    await firstIncidentChanges(pool, now),
    firstStorageCare(now),
    firstLabelIndexCare(now),
    nextHeartbeatCheck(now),
    ...reconciles,
  ];
}

function relayOf(
  { pool, clickhouse, logger, clickhouseCluster: cluster }: IngestOptions,
  waitForWake: Wake['wait'],
): ReturnType<typeof createKpiRelay> {
  return createKpiRelay({ pool, clickhouse, logger, cluster, waitForWake });
}

type JobDeps = SubmitDeps & SurfaceDeps & { readonly refreshConfiguration: () => Promise<void> };

/** Those that decide about incidents, and apart from them those that ask senders, as one. */
function createTimers(
  { logger, sealer = null, retention = keepEverything }: IngestOptions,
  deps: JobDeps,
): TimerWorker {
  const { pool, submit, now } = deps;
  const own = createTimerWorker({
    pool,
    now,
    jobs: jobsOf(deps, retention),
    onError: (error, timer) => logger.error({ err: error, timer: timer?.kind, key: timer?.key }, 'a timer failed'),
  });
  const ofSenders = createSenderTimers({ pool, submit, now, sealer, logger });
  const both = [own, ofSenders];
  return {
    start: () => both.forEach((worker) => worker.start()),
    stop: async () => void (await Promise.all(both.map((worker) => worker.stop()))),
    runDue: async () => (await own.runDue()) + (await ofSenders.runDue()),
    wake: () => both.forEach((worker) => worker.wake()),
  };
}

function jobsOf(deps: JobDeps, retention: Retention): ReadonlyMap<TimerKind, Job> {
  const { pool, now, configuration } = deps;
  return new Map<TimerKind, Job>([
    ['incident.autoResolve', autoResolveJob(pool, now, configuration)],
    ['incident.changes', incidentChangesJob(pool, now)],
    ['change.place', placeChangeJob(pool)],
    ['alert.hold', holdJob(deps)],
    ['alert.staleSweep', staleSweepJob(pool, now)],
    ['alert.flapping', flappingJob(pool, now)],
    ['alert.test', testAlertJob(pool, now)],
    ['storage.maintain', maintainStorageJob(pool, now, retention)],
    ['storage.cleanLabelIndex', cleanLabelIndexJob(pool, now)],
    ['delivery.submit', submitJob(deps)],
    ['deadLetter.replay', replayJob(deps)],
    ['demo.start', demoJob(pool, now)],
    ['integration.heartbeat', heartbeatJob(deps)],
    ['maintenance.begins', maintenanceBeginsJob(pool, now)],
    [
      'maintenance.ends',
      maintenanceEndsJob({
        pool,
        now,
        surface: async (alertIds) => {
          // What kept them quiet must be known to be over here too.
          await deps.refreshConfiguration();
          await surfaceAlerts(deps, alertIds, 'released');
        },
      }),
    ],
  ]);
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
