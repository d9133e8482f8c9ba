import type { Actor, NewEvent } from '../domain/event.js';
import type { IncidentEvent } from '../domain/transition.js';

/** Completes an incident's events with the ids and times that the pure transition does not know. */
export function eventsOf(
  incidentId: number | null,
  events: readonly IncidentEvent[],
  actor: Actor,
  occurredAt: number,
  alertId: number | null = null,
): readonly NewEvent[] {
  return events.map((event) => ({ ...event, incidentId, alertId, actor, occurredAt }));
}
