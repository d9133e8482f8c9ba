import type { Explanation } from '@tocsin/schema/domain/correlation';
import type { NewEvent } from '@tocsin/schema/domain/event';
import { mergedExplanation } from '@tocsin/schema/postgres/incidentMove';
import type { IncidentActivity, IncidentToWrite } from '@tocsin/schema/postgres/incidentWrite';
import { withActivity } from './placing.js';

/** What correlation merged: the alerts of `from` that are stored already follow when the batch is written. */
export interface Absorption {
  readonly from: number;
  readonly into: number;
  /** Of the alert that showed the two to be one. */
  readonly explanation: Explanation;
}

/** Where an alert was put. */
export interface Put {
  readonly incidentId: number;
  readonly explanation: Explanation;
}

type Final = (id: number) => number;

/** The row of the incident that goes on, with what the other knew: services, times and what it began with. */
export function mergedRow(target: IncidentToWrite, source: IncidentToWrite): IncidentToWrite {
  const { firstStartsAt, lastActivityAt } = source.activity;
  let activity: IncidentActivity = { ...target.activity, soleCondition: null };
  for (const at of [firstStartsAt, lastActivityAt]) if (at !== null) activity = withActivity(activity, at);
  const { incident } = target;
  const services = [...new Set([...incident.services, ...source.incident.services])];
  const impactStartedAt = Math.min(incident.impactStartedAt, source.incident.impactStartedAt);
  return { incident: { ...incident, services, impactStartedAt }, activity };
}

/** Where an alert of the batch is in the end, with why, if its incident was merged after it came. */
export function settled({ incidentId, explanation }: Put, absorptions: readonly Absorption[], final: Final): Put {
  const absorption = absorptions.findLast(({ from }) => from === incidentId);
  if (absorption === undefined) return { incidentId: final(incidentId), explanation };
  const moved = { ...mergedExplanation(absorption.explanation, final(absorption.from)), before: explanation };
  return settled({ incidentId: absorption.into, explanation: moved }, absorptions, final);
}

/** What the log says of a merge, once the numbers are known. */
export function withNumbers(event: NewEvent, { from, into }: Absorption, final: Final, alertCount: number): NewEvent {
  if (event.kind === 'incident.absorbed' && event.data.fromIncidentId === from) {
    return { ...event, data: { fromIncidentId: final(from), alertCount } };
  }
  if (event.kind === 'incident.merged' && event.incidentId === from) {
    return { ...event, data: { intoIncidentId: final(into) } };
  }
  return event;
}
