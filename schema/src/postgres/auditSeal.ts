import { createHash } from 'node:crypto';
import {
  dayOf,
  digestsOf,
  genesis,
  hashOf,
  laterDay,
  rowsOfOneDay,
  type Seal,
  type SealedRow,
} from '../domain/auditChain.js';
import { type LogCursor, startOfLog } from '../domain/event.js';
import type { Pool, Queryable } from './pool.js';
import { inTransaction } from './transaction.js';

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Any number that no other lock of ours uses. */
const lock = 7_462_029;
const mostEvents = 5_000;

const rowColumns = `e.position::text, e.xid::text, e.kind, e.incident_id::text as "incidentId", e.alert_id::text as "alertId",
  e.actor_kind as "actorKind", e.actor, to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') as "occurredAt",
  to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') as "recordedAt", e.data::text as data,
  e.token_id::text as "tokenId", e.address`;

/**
 * Seals the next range of the log, of one day and at most 5,000 events: seal and cursor in one transaction, one process at a time.
 * @returns how many events were sealed; 0 at the head of the log
 */
export function sealNext(pool: Pool): Promise<number> {
  return inTransaction(pool, async (db) => {
    await db.query('select pg_advisory_xact_lock($1)', [lock]);
    const last = await lastSeal(db);
    const after = last?.until ?? startOfLog;
    const { rows } = await db.query<SealedRow>({
      name: 'seal_read',
      text: `select ${rowColumns} from event e
              where (xid, position) > ($1::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
              order by e.xid, e.position limit ${mostEvents}`,
      values: [after.xid, after.position],
    });
    const range = rowsOfOneDay(rows, last?.day ?? null);
    const end = range.at(-1);
    const [first] = range;
    if (end === undefined || first === undefined) return 0;
    const day = laterDay(dayOf(first), last?.day ?? null);
    const number = last?.day === day ? last.number + 1 : 1;
    const until = { xid: end.xid, position: end.position };
    const seal = { day, number, after, until, ...digestsOf(range, sha256) };
    await insertSeal(db, { ...seal, hash: hashOf(last?.hash ?? genesis, seal, sha256) });
    await db.query(
      `update log_reader set after_xid = $1::xid8, after_position = $2::bigint, updated_at = now() where name = 'seal'`,
      [until.xid, until.position],
    );
    return range.length;
  });
}

async function insertSeal(db: Queryable, seal: Seal): Promise<void> {
  await db.query(
    `insert into audit_seal (day, number, after_xid, after_position, until_xid, until_position, event_count, audit_count,
       work_digest, audit_digest, hash)
     values ($1, $2, $3::xid8, $4, $5::xid8, $6, $7, $8, decode($9, 'hex'), decode($10, 'hex'), decode($11, 'hex'))`,
    [
      seal.day,
      seal.number,
      seal.after.xid,
      seal.after.position,
      seal.until.xid,
      seal.until.position,
      seal.eventCount,
      seal.auditCount,
      seal.workDigest,
      seal.auditDigest,
      seal.hash,
    ],
  );
}

interface SealRow {
  readonly day: string;
  readonly number: number;
  readonly after_xid: string;
  readonly after_position: string;
  readonly until_xid: string;
  readonly until_position: string;
  readonly event_count: number;
  readonly audit_count: number;
  readonly work_digest: string;
  readonly audit_digest: string;
  readonly hash: string;
  readonly sealed_at: number;
}

const sealColumns = `day::text, number, after_xid::text, after_position::text, until_xid::text, until_position::text, event_count,
  audit_count, encode(work_digest, 'hex') as work_digest, encode(audit_digest, 'hex') as audit_digest,
  encode(hash, 'hex') as hash, sealed_at`;

export type StoredSeal = Seal & {
  /** Epoch milliseconds. */
  readonly sealedAt: number;
};

export async function lastSeal(db: Queryable): Promise<StoredSeal | null> {
  const { rows } = await db.query<SealRow>(
    `select ${sealColumns} from audit_seal s order by s.day desc, s.number desc limit 1`,
  );
  return rows[0] === undefined ? null : sealOf(rows[0]);
}

/** The next seals in order. @param after the seal before; null: from the first one on */
export async function readSeals(
  db: Queryable,
  after: Pick<Seal, 'day' | 'number'> | null,
  limit: number,
): Promise<readonly StoredSeal[]> {
  const { rows } = await db.query<SealRow>(
    `select ${sealColumns} from audit_seal s
      where $1::date is null or (s.day, s.number) > ($1::date, $2::integer) order by s.day, s.number limit $3`,
    [after?.day ?? null, after?.number ?? 0, limit],
  );
  return rows.map(sealOf);
}

/** The events of a range as they are now: of the log, or (where its month is gone) of the archive of the audit trail. */
export async function readSealed(
  db: Queryable,
  source: 'event' | 'event_archive',
  after: LogCursor,
  until: LogCursor,
): Promise<readonly SealedRow[]> {
  const { rows } = await db.query<SealedRow>(
    `select ${rowColumns} from ${source} e
      where (xid, position) > ($1::xid8, $2::bigint) and (xid, position) <= ($3::xid8, $4::bigint)
      order by e.xid, e.position`,
    [after.xid, after.position, until.xid, until.position],
  );
  return rows;
}

/** Where the sealing stands by its own account; null: it has no row. */
export async function sealedUntil(db: Queryable): Promise<LogCursor | null> {
  const { rows } = await db.query<{ xid: string; position: string }>(
    `select after_xid::text as xid, after_position::text as position from log_reader where name = 'seal'`,
  );
  return rows[0] ?? null;
}

/** Events that no seal holds yet. */
export async function unsealedCount(db: Queryable): Promise<number> {
  const last = await lastSeal(db);
  const { xid, position } = last?.until ?? startOfLog;
  const { rows } = await db.query<{ count: number }>(
    `select count(*) as count from (select from event where (xid, position) > ($1::xid8, $2::bigint) limit 100000) as e`,
    [xid, position],
  );
  return rows[0]?.count ?? 0;
}

function sealOf(row: SealRow): StoredSeal {
  return {
    day: row.day,
    number: row.number,
    after: { xid: row.after_xid, position: row.after_position },
    until: { xid: row.until_xid, position: row.until_position },
    eventCount: row.event_count,
    auditCount: row.audit_count,
    workDigest: row.work_digest,
    auditDigest: row.audit_digest,
    hash: row.hash,
    sealedAt: row.sealed_at,
  };
}
