import type { Explanation } from '../domain/correlation.js';
import { DomainFailure } from '../domain/errors.js';
import { incidentReference, isOpenPhase, type Incident } from '../domain/incident.js';
import { personId } from '../domain/ruleInput.js';
import { mostSevere } from '../domain/severity.js';
import { alertColumns, alertOfRow, type AlertRow, type StoredAlert } from './alertRow.js';
import { lockEnvironments } from './environmentLock.js';
import type { IncidentActivity, IncidentToWrite } from './incidentWrite.js';
import type { Queryable } from './pool.js';
import { addTimers, cancelTimers, quietPeriodBegins } from './timer.js';

/** A person's decision stands beside no rule. What it replaced is kept, so that it can be taken back. */
export interface PersonalExplanation extends Explanation {
  readonly fromIncidentId: number;
  readonly before: Explanation | null;
}

export function personalExplanation(
  outcome: 'split' | 'merged' | 'moved',
  fromIncidentId: number,
  sentence: string,
): Omit<PersonalExplanation, 'before'> {
  return { ruleId: personId, ruleVersion: 0, outcome, key: '', values: {}, windowSeconds: 0, sentence, fromIncidentId };
}

/** Why alerts came along when correlation found two incidents to be one: what the alert that showed it says. */
export function mergedExplanation(
  explanation: Explanation,
  fromIncidentId: number,
): Omit<PersonalExplanation, 'before'> {
  return { ...explanation, outcome: 'merged', fromIncidentId };
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

/** Which rows to lock is read before they are: by then another person's merge or move may have made others of them. */
export function changedMeanwhile(incident: Incident): DomainFailure {
  const message = `${incidentReference(incident.id)} or its alerts were merged or moved in this moment: reload and try again.`;
  return new DomainFailure({ code: 'CONFLICT', message, currentVersion: incident.version });
}

export async function alertsOf(db: Queryable, incidentId: number): Promise<readonly StoredAlert[]> {
  const { rows } = await db.query<AlertRow>(`select ${alertColumns} from alert where incident_id = $1 order by id`, [
    incidentId,
  ]);
  return rows.map(alertOfRow);
}

/** Puts alerts into an incident; the explanation they had stays inside the new one. */
export async function placeAlerts(
  db: Queryable,
  alertIds: readonly number[],
  into: number,
  explanation: Omit<PersonalExplanation, 'before'>,
): Promise<void> {
  await db.query(
    `update alert set incident_id = $2, explanation = $3::jsonb || jsonb_build_object('before', explanation)
      where id = any($1::bigint[])`,
    [alertIds, into, JSON.stringify(explanation)],
  );
}

/** What an incident says of its alerts, once other alerts are its own. */
export function withAlerts(row: IncidentToWrite, alerts: readonly StoredAlert[], now: number): IncidentToWrite {
  const { incident, activity } = row;
  const services = servicesOf(alerts);
  return {
    incident: { ...incident, services, version: incident.version + 1, updatedAt: Math.max(now, incident.updatedAt) },
    activity: { ...activity, ...timesOf(alerts), isTouched: true, soleCondition: null },
  };
}

export function timesOf(alerts: readonly StoredAlert[]): Pick<IncidentActivity, 'firstStartsAt' | 'lastActivityAt'> {
  if (alerts.length === 0) return { firstStartsAt: null, lastActivityAt: null };
  return {
    firstStartsAt: Math.min(...alerts.map((alert) => alert.startsAt)),
    lastActivityAt: Math.max(...alerts.map((alert) => alert.endsAt ?? alert.startsAt)),
  };
}

export function servicesOf(alerts: readonly StoredAlert[]): readonly string[] {
  return [...new Set(alerts.map((alert) => alert.service).filter((service) => service !== null))].toSorted();
}

export function severityOf(alerts: readonly StoredAlert[]): Incident['severity'] {
  return mostSevere(
    alerts.map((alert) => alert.severity),
    'medium',
  );
}

/** An incident whose alerts have all resolved resolves by itself, as it would have done had it always held these. */
export async function settleQuietPeriod(
  db: Queryable,
  incident: Incident,
  alerts: readonly StoredAlert[],
  now: number,
): Promise<void> {
  if (!isOpenPhase(incident.phase) || alerts.some((alert) => alert.status === 'firing')) {
    await cancelTimers(db, 'incident.autoResolve', [String(incident.id)]);
  } else if (alerts.length > 0) {
    await addTimers(db, [quietPeriodBegins(incident.id, now)]);
  }
}
