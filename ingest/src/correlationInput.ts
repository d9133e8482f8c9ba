import type { CorrelatedAlert, CorrelationCandidate, CorrelationRule } from '@tocsin/schema/domain/correlation';
import { correlationKey } from '@tocsin/schema/domain/correlate';
import type { Actor } from '@tocsin/schema/domain/event';
import { isOpenPhase } from '@tocsin/schema/domain/incident';
import type { IncidentActivity, IncidentToWrite } from '@tocsin/schema/postgres/incidentWrite';
import type { BatchArrival } from './arrival.js';

/** What correlation may look at. */
export function correlatedAlert(
  { alert, integrationId, fingerprint }: BatchArrival,
  startsAt: number,
): CorrelatedAlert {
  const { service, environment, groupKey, labels } = alert;
  return { integrationId, fingerprint, service, environment, groupKey, labels, startsAt };
}

/** The keys under which a batch may need incidents, before anything is known of what is stored. */
export function possibleKeys(arrivals: readonly BatchArrival[], rules: readonly CorrelationRule[]): readonly string[] {
  const firing = arrivals.filter(({ alert }) => alert.status === 'firing' && !alert.isTest);
  return [...new Set(firing.map((arrival) => correlationKey(correlatedAlert(arrival, arrival.receivedAt), rules).key))];
}

/** An incident as the pure decision sees it. One that released its key is no candidate, unless a merge leads to it. */
export function candidateOf(
  key: string,
  { incident, activity }: IncidentToWrite,
  hasFiringAlerts: boolean,
): CorrelationCandidate {
  const lastActivityAt = activity.lastActivityAt ?? incident.openedAt;
  // What a person resolved ended when the person said so, whatever its alerts did before.
  const endedAt = incident.resolvedBy?.kind === 'person' ? (incident.resolvedAt ?? lastActivityAt) : lastActivityAt;
  return {
    incidentId: incident.id,
    key,
    isOpen: isOpenPhase(incident.phase) && (activity.acceptsAlerts || incident.correlationKey !== key),
    mayReopen: incident.phase === 'resolved',
    firstStartsAt: activity.firstStartsAt ?? incident.impactStartedAt,
    lastActivityAt: Math.max(lastActivityAt, endedAt),
    hasFiringAlerts,
  };
}

const minuteMs = 60_000;

/**
 * The activity with one more start or end in it, in whole minutes: the earliest rounded down, the latest up. So it
 * changes at most once a minute of the alerts' own time, and comes out the same however the alerts were batched.
 * @returns the same object where nothing changed
 */
export function withActivity(activity: IncidentActivity, at: number): IncidentActivity {
  const down = Math.floor(at / minuteMs) * minuteMs;
  const up = Math.ceil(at / minuteMs) * minuteMs;
  const firstStartsAt = Math.min(activity.firstStartsAt ?? down, down);
  const lastActivityAt = Math.max(activity.lastActivityAt ?? up, up);
  const isSame = firstStartsAt === activity.firstStartsAt && lastActivityAt === activity.lastActivityAt;
  return isSame ? activity : { ...activity, firstStartsAt, lastActivityAt };
}

export function sender({ delivery }: BatchArrival): Actor {
  return { kind: 'sender', name: delivery.integration.name };
}
