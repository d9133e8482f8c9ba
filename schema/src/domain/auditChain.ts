import type { LogCursor } from './event.js';

/** One row of the log as text: what a seal is made of. Every byte that may not change is in it. */
export interface SealedRow extends LogCursor {
  readonly kind: string;
  readonly incidentId: string | null;
  readonly alertId: string | null;
  readonly actorKind: string;
  readonly actor: string;
  /** Postgres's own texts, in UTC, with microseconds. */
  readonly occurredAt: string;
  readonly recordedAt: string;
  /** Postgres's text of the jsonb, which is the same for the same value. */
  readonly data: string;
  readonly tokenId: string | null;
  readonly address: string | null;
}

/** A range of the log, hashed onto the one before. Hashes are hex. */
export interface Seal {
  /** UTC, of the range's newest event; never goes back. */
  readonly day: string;
  readonly number: number;
  readonly after: LogCursor;
  readonly until: LogCursor;
  readonly eventCount: number;
  readonly auditCount: number;
  readonly workDigest: string;
  readonly auditDigest: string;
  readonly hash: string;
}

export type Sha256 = (text: string) => string;

/** Before the first seal. */
export const genesis = '0'.repeat(64);

/** What says who configured and who came in; it may be kept when the rest has gone. */
export function isAudit(kind: string): boolean {
  return kind.startsWith('configuration.') || kind.startsWith('access.') || kind.startsWith('maintenance.');
}

/** Texts of unequal rows are unequal: JSON escapes what would end a field. */
function textOf(row: SealedRow): string {
  return JSON.stringify([
    row.xid,
    row.position,
    row.kind,
    row.incidentId,
    row.alertId,
    row.actorKind,
    row.actor,
    row.occurredAt,
    row.recordedAt,
    row.data,
    row.tokenId,
    row.address,
  ]);
}

/** The digests of a range: of its audit trail by itself, so that it can be checked when the rest has gone. */
export function digestsOf(
  rows: readonly SealedRow[],
  sha256: Sha256,
): Pick<Seal, 'workDigest' | 'auditDigest' | 'eventCount' | 'auditCount'> {
  const audit = rows.filter(({ kind }) => isAudit(kind));
  const work = rows.filter(({ kind }) => !isAudit(kind));
  return {
    eventCount: rows.length,
    auditCount: audit.length,
    workDigest: sha256(work.map(textOf).join('\n')),
    auditDigest: sha256(audit.map(textOf).join('\n')),
  };
}

/** The range's place is in its hash as well: a seal moved elsewhere does not fit. */
export function hashOf(previous: string, seal: Omit<Seal, 'hash'>, sha256: Sha256): string {
  const { after, until } = seal;
  return sha256(
    JSON.stringify([
      previous,
      seal.day,
      seal.number,
      after.xid,
      after.position,
      until.xid,
      until.position,
      seal.eventCount,
      seal.auditCount,
      seal.workDigest,
      seal.auditDigest,
    ]),
  );
}

/** The rows up to where the UTC day rises; a late one of an earlier day stays with the day that has begun. */
export function rowsOfOneDay<Row extends Pick<SealedRow, 'recordedAt'>>(
  rows: readonly Row[],
  floor: string | null,
): readonly Row[] {
  const [first] = rows;
  if (first === undefined) return [];
  const day = laterDay(dayOf(first), floor);
  const end = rows.findIndex((row) => dayOf(row) > day);
  return end === -1 ? rows : rows.slice(0, end);
}

/** `2026-11-27`, not before `floor`. */
export function laterDay(day: string, floor: string | null): string {
  return floor !== null && floor > day ? floor : day;
}

export function dayOf({ recordedAt }: Pick<SealedRow, 'recordedAt'>): string {
  return recordedAt.slice(0, 10);
}
