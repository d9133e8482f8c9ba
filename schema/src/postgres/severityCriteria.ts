import type { Actor } from '../domain/event.js';
import { severities, type Severity, severityRank } from '../domain/severity.js';
import { recordConfigurationChange } from './configurationEvent.js';
import { lockConfiguration, moveConfiguration } from './configurationVersion.js';
import type { Edit } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { inTransaction } from './transaction.js';

export interface SeverityCriterion {
  readonly severity: Severity;
  /** '' where nobody wrote any. */
  readonly criteria: string;
}

/** What makes a severity what it is, the most severe first; every severity is in it. */
export async function severityCriteria(db: Queryable): Promise<readonly SeverityCriterion[]> {
  const { rows } = await db.query<{ severity: number; criteria: string }>({
    name: 'severity_criteria',
    text: 'select severity, criteria from severity_criterion',
  });
  const found = new Map(rows.map((row) => [row.severity, row.criteria]));
  return severities
    .toSorted((a, b) => severityRank(a) - severityRank(b))
    .map((severity) => ({ severity, criteria: found.get(severityRank(severity)) ?? '' }));
}

/** Writes those that are given; the others stay. */
export function saveSeverityCriteria(
  pool: Pool,
  criteria: readonly SeverityCriterion[],
  actor: Actor,
  now: number,
): Promise<readonly SeverityCriterion[]> {
  return inTransaction(pool, (db) => saveSeverityCriteriaIn(db, criteria, { actor, now }));
}

/** As {@link saveSeverityCriteria}, in the caller's transaction. */
export async function saveSeverityCriteriaIn(
  db: Queryable,
  criteria: readonly SeverityCriterion[],
  { actor, now }: Edit,
): Promise<readonly SeverityCriterion[]> {
  await lockConfiguration(db, 'types');
  const before = await severityCriteria(db);
  const last = new Map(criteria.map((each) => [severityRank(each.severity), each.criteria]));
  await db.query(
    `insert into severity_criterion (severity, criteria, updated_at, updated_by)
     select severity, criteria, to_timestamp($3 / 1000.0), $4
       from unnest($1::smallint[], $2::text[]) as c (severity, criteria)
     on conflict (severity) do update set criteria = excluded.criteria, updated_at = excluded.updated_at,
       updated_by = excluded.updated_by`,
    [[...last.keys()], [...last.values()], now, actor.name],
  );
  const after = await severityCriteria(db);
  const change = { action: 'changed', id: null, name: 'Severity criteria', before, after } as const;
  await recordConfigurationChange(db, actor, { topic: 'severityCriterion', ...change }, now);
  await moveConfiguration(db, 'types');
  return after;
}
