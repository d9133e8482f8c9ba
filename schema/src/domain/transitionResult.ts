import type { DomainError } from './errors.js';
import type { EventData, EventKind } from './event.js';
import type { Incident } from './incident.js';

/** An event of the incident, still without the ids and times that its writer knows. */
export type IncidentEvent = { [K in EventKind]: { readonly kind: K; readonly data: EventData[K] } }[EventKind];

export type TransitionResult =
  | { readonly ok: true; readonly incident: Incident; readonly events: readonly IncidentEvent[] }
  | { readonly ok: false; readonly error: DomainError };

/** The incident as the command leaves it: a version further, with what the log says of it. */
export function changed(
  incident: Incident,
  fields: Partial<Incident>,
  now: number,
  ...events: readonly IncidentEvent[]
): TransitionResult {
  const updatedAt = Math.max(now, incident.updatedAt);
  return { ok: true, incident: { ...incident, version: incident.version + 1, ...fields, updatedAt }, events };
}

export function unchanged(incident: Incident): TransitionResult {
  return { ok: true, incident, events: [] };
}

export function refused(incident: Incident, command: string, hint: string): TransitionResult {
  const message = `INC-${incident.id} is ${incident.phase}: you cannot ${command} it; ${hint}.`;
  return { ok: false, error: { code: 'INVALID_TRANSITION', message, phase: incident.phase, command } };
}
