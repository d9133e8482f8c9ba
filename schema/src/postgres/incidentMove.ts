import type { Explanation } from '../domain/correlation.js';
import { DomainFailure } from '../domain/errors.js';
import type { Incident } from '../domain/incident.js';
import { lockEnvironments } from './environmentLock.js';
import type { IncidentToWrite } from './incidentWrite.js';
import type { Queryable } from './pool.js';

/** A person's decision stands beside no rule. */
export function personalExplanation(outcome: 'split' | 'merged', sentence: string): Explanation {
  return { ruleId: 'person', ruleVersion: 0, outcome, key: '', values: {}, windowSeconds: 0, sentence };
}

/** Alerts change their incident only while ingest decides nothing about the same environments. */
export async function lockEnvironmentsOf(db: Queryable, ids: readonly number[]): Promise<void> {
  const { rows } = await db.query<{ environment: string | null }>(
    'select distinct environment from incident where id = any($1::bigint[])',
    [ids],
  );
  await lockEnvironments(
    db,
    rows.map((row) => row.environment),
  );
}

export function found(locked: ReadonlyMap<number, IncidentToWrite>, id: number): IncidentToWrite {
  const incident = locked.get(id);
  if (incident === undefined) throw new DomainFailure({ code: 'NOT_FOUND', message: `There is no INC-${id}.` });
  return incident;
}

export function refused(incident: Incident, command: string): DomainFailure {
  const message = `INC-${incident.id} is ${incident.phase}: you cannot ${command} it.`;
  return new DomainFailure({ code: 'INVALID_TRANSITION', message, phase: incident.phase, command });
}
