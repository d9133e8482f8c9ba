import { encodeCursor, type LogCursor, type LogEvent } from '../domain/event.js';
import type { IncidentFact } from '../domain/kpi.js';
import { insertBlock, type ClickHouse } from './client.js';
import { factRow, projectEvents, touchedBy } from './projectedRows.js';

/** A stretch of the log, fixed before it is written: `after` exclusive, `until` inclusive. */
export interface ProjectedRange {
  readonly after: LogCursor;
  readonly until: LogCursor;
  readonly events: readonly LogEvent[];
}

/** Where the log comes from. Postgres and ClickHouse do not know each other: whoever composes them fills this in. */
export interface ProjectionSource {
  /** The range that an interrupted run had fixed, else the next one, fixed now; null at the head. */
  readonly next: () => Promise<ProjectedRange | null>;
  /** The facts of these incidents and of the incidents of these alerts, as they stand. */
  readonly facts: (incidentIds: readonly number[], alertIds: readonly number[]) => Promise<readonly IncidentFact[]>;
  readonly complete: (range: ProjectedRange) => Promise<void>;
}

/**
 * Writes the next stretch of the log and then moves the cursor: a crash between the two writes the same stretch again,
 * which its token (and, later than the window of tokens, the tables' keys) makes count once.
 * @returns how many events were written, 0 at the head of the log.
 */
export async function projectNextRange(clickhouse: ClickHouse, source: ProjectionSource): Promise<number> {
  const range = await source.next();
  if (range === null) return 0;
  await writeRange(clickhouse, range, source);
  await source.complete(range);
  return range.events.length;
}

async function writeRange(clickhouse: ClickHouse, range: ProjectedRange, source: ProjectionSource): Promise<void> {
  const token = `${encodeCursor(range.after)}..${encodeCursor(range.until)}`;
  const rows = projectEvents(range.events);
  // One after the other: the embedded engine keeps the token as a setting of its session.
  await insertBlock(clickhouse, 'alert_received', token, rows.alert_received);
  await insertBlock(clickhouse, 'alert_event', token, rows.alert_event);
  await insertBlock(clickhouse, 'incident_event', token, rows.incident_event);
  const { incidentIds, alertIds } = touchedBy(range.events);
  const facts = await source.facts(incidentIds, alertIds);
  await insertBlock(clickhouse, 'incident_fact', factToken(token, facts), facts.map(factRow));
}

/**
 * Facts are read when they are written, so a repeated range may bring newer ones: with the token of the range alone
 * they would be dropped as its repetition.
 */
function factToken(token: string, facts: readonly IncidentFact[]): string {
  return `${token} ${facts.reduce((sum, fact) => sum + fact.revision, 0)}`;
}
