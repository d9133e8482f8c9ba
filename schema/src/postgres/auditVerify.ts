import { digestsOf, genesis, hashOf, type Seal } from '../domain/auditChain.js';
import { compareCursors, type LogCursor, startOfLog } from '../domain/event.js';
import { readSealed, readSeals, sealedUntil, sha256, type StoredSeal } from './auditSeal.js';
import { logFloor } from './eventPartitions.js';
import type { Queryable } from './pool.js';

export interface AuditReport {
  readonly seals: number;
  readonly events: number;
  /** Ranges of which retention has taken all but the audit trail. */
  readonly archived: number;
  /** One sentence each; none: all is as it was written. */
  readonly problems: readonly string[];
  /** The newest hash; null: nothing is sealed yet. */
  readonly head: string | null;
}

const page = 500;
const mostProblems = 20;

/**
 * Recomputes what was sealed. Whether each seal continues the one before is looked at over the whole chain, the events
 * themselves from a day on.
 * @param from `2026-11-27`; null: all of them
 * @param auditFloor epoch milliseconds: the archive itself goes back no further; null: it is whole
 */
export async function verifyAudit(
  db: Queryable,
  from: string | null,
  auditFloor: number | null = null,
): Promise<AuditReport> {
  const floor = (await logFloor(db))?.cursor ?? null;
  const problems: string[] = [];
  let [seals, events, archived] = [0, 0, 0];
  let last: StoredSeal | null = null;
  for (;;) {
    const next = await readSeals(db, last, page);
    for (const seal of next) {
      seals++;
      const name = `seal ${seal.number} of ${seal.day}`;
      problems.push(...linkProblems(seal, last).map((problem) => `${name}: ${problem}`));
      last = seal;
      if (from !== null && seal.day < from) continue;
      const isWhole = floor === null || compareCursors(seal.after, floor) >= 0;
      if (isWhole) events += seal.eventCount;
      else archived++;
      const problem = isWhole ? await logProblem(db, seal) : await archiveProblem(db, seal, floor, auditFloor);
      if (problem !== null) problems.push(`${name}: ${problem}`);
      if (problems.length >= mostProblems) return { seals, events, archived, problems, head: seal.hash };
    }
    if (next.length < page) break;
  }
  // Seals taken from the end leave a chain without a gap; where the sealing stands is noted beside it.
  const reached = await sealedUntil(db);
  if (reached !== null && compareCursors(reached, last?.until ?? startOfLog) !== 0) {
    problems.push(`after ${last === null ? 'the start' : `seal ${last.number} of ${last.day}`}: seals are missing`);
  }
  return { seals, events, archived, problems, head: last?.hash ?? null };
}

function linkProblems(seal: Seal, last: Seal | null): readonly string[] {
  const problems: string[] = [];
  if (compareCursors(seal.after, last?.until ?? startOfLog) !== 0) {
    problems.push('does not begin where the one before ends: a seal is missing or was moved');
  }
  const number = last?.day === seal.day ? last.number + 1 : 1;
  if (seal.number !== number) problems.push(`should have the number ${number}`);
  if (hashOf(last?.hash ?? genesis, seal, sha256) !== seal.hash)
    problems.push('its hash does not fit: the seal was changed');
  return problems;
}

async function logProblem(db: Queryable, seal: Seal): Promise<string | null> {
  const found = digestsOf(await readSealed(db, 'event', seal.after, seal.until), sha256);
  if (found.eventCount !== seal.eventCount) {
    return `${seal.eventCount} events were sealed, ${found.eventCount} are there`;
  }
  if (found.auditDigest !== seal.auditDigest) return 'its audit trail was changed';
  return found.workDigest === seal.workDigest ? null : 'its events were changed';
}

/** Of what retention took only the audit trail is left; where a range lies on both sides, the rest is still in the log. */
async function archiveProblem(
  db: Queryable,
  seal: Seal,
  floor: LogCursor | null,
  auditFloor: number | null,
): Promise<string | null> {
  if (auditFloor !== null && Date.parse(`${seal.day}T00:00:00Z`) < auditFloor) return null;
  const kept = await readSealed(db, 'event_archive', seal.after, seal.until);
  const isSplit = floor !== null && compareCursors(seal.until, floor) > 0;
  const rest = isSplit ? await readSealed(db, 'event', floor, seal.until) : [];
  const found = digestsOf([...kept, ...rest], sha256);
  if (found.auditCount !== seal.auditCount) {
    return `${seal.auditCount} events of the audit trail were sealed, ${found.auditCount} are there`;
  }
  return found.auditDigest === seal.auditDigest ? null : 'its audit trail was changed';
}
