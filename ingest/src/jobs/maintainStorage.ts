import { addEventPartitions, deleteAuditArchive, dropEventPartitions } from '@tocsin/schema/postgres/eventPartitions';
import type { Pool } from '@tocsin/schema/postgres/pool';
import {
  cleanLabelIndex,
  deleteAlertEnds,
  deleteChanges,
  deleteDeadLetters,
  deleteDeliveries,
} from '@tocsin/schema/postgres/retention';
import { addTimers, completeTimer, type NewTimer } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { Job } from '@tocsin/schema/runtime/timerWorker';

/** Days that things are kept; null keeps them for ever. */
export interface Retention {
  /** The log: timelines, audit trail, and what a rebuild of ClickHouse starts from. Goes by whole months. */
  readonly eventDays: number | null;
  readonly deliveryDays: number | null;
  readonly deadLetterDays: number | null;
  /** Deploys and other changes, by when they were done. */
  readonly changeDays: number | null;
  /** The audit trail, where the log itself is gone. @default for ever */
  readonly auditDays?: number | null;
}

export const keepEverything: Retention = {
  eventDays: null,
  deliveryDays: null,
  deadLetterDays: null,
  changeDays: null,
};

/** A copy of a start that comes later than this after its end is believed: no sender retries for a month. */
const alertEndDays = 30;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Due at once: a process that was away for months makes the partition of today before it needs the safety net. */
export function firstStorageCare(now: number): NewTimer {
  return { kind: 'storage.maintain', key: 'all', dueAt: now };
}

/** Once an hour: partitions of the log for the months to come are made, and what is older than its retention goes. */
export function maintainStorageJob(pool: Pool, now: () => number, retention: Retention): Job {
  return async (timer) => {
    await addEventPartitions(pool, now());
    const before = (days: number): number => now() - days * dayMs;
    const { eventDays, deliveryDays, deadLetterDays, changeDays } = retention;
    if (eventDays !== null) await dropEventPartitions(pool, before(eventDays));
    if (retention.auditDays != null) await deleteAuditArchive(pool, before(retention.auditDays));
    if (deliveryDays !== null) await deleteDeliveries(pool, before(deliveryDays));
    if (deadLetterDays !== null) await deleteDeadLetters(pool, before(deadLetterDays));
    if (changeDays !== null) await deleteChanges(pool, before(changeDays));
    await deleteAlertEnds(pool, before(alertEndDays));
    await inTransaction(pool, async (db) => {
      if (await completeTimer(db, timer)) await addTimers(db, [{ ...firstStorageCare(now()), dueAt: now() + hourMs }]);
    });
  };
}

const labelIndexMs = 10_000;

export function firstLabelIndexCare(now: number): NewTimer {
  return { kind: 'storage.cleanLabelIndex', key: 'all', dueAt: now + labelIndexMs };
}

export function cleanLabelIndexJob(pool: Pool, now: () => number): Job {
  return async (timer) => {
    await cleanLabelIndex(pool);
    await inTransaction(pool, async (db) => {
      if (await completeTimer(db, timer)) await addTimers(db, [firstLabelIndexCare(now())]);
    });
  };
}
