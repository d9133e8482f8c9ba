import type { Incident } from './incident.js';
import { changed, refused, unchanged, type IncidentEvent, type TransitionResult } from './transitionResult.js';

/** What a person may rewrite. Phases, severity, assignee and type have commands of their own. */
export type EditedFields = Partial<
  Pick<
    Incident,
    | 'title'
    | 'description'
    | 'services'
    | 'environment'
    | 'team'
    | 'tags'
    | 'impactStartedAt'
    | 'isRestricted'
    | 'impact'
    | 'urgency'
    | 'priority'
    | 'customFields'
  >
>;

interface Change {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

const plainFields = [
  'title',
  'description',
  'services',
  'environment',
  'team',
  'tags',
  'impactStartedAt',
  'isRestricted',
] as const satisfies readonly (keyof EditedFields)[];

/** `fields.priority` is what impact and urgency give; a change of theirs is an event of its own. */
export function edit(incident: Incident, fields: EditedFields, now: number): TransitionResult {
  if (incident.phase === 'merged') return refused(incident, 'edit', 'edit the incident it went into');
  const changes: Change[] = plainFields.flatMap((field) => changeOf(field, incident[field], fields[field]));
  if (fields.customFields !== undefined) changes.push(...fieldChanges(incident.customFields, fields.customFields));
  const events: IncidentEvent[] = changes.length === 0 ? [] : [{ kind: 'incident.edited', data: { changes } }];
  const { impact = incident.impact, urgency = incident.urgency, priority = incident.priority } = fields;
  if (impact !== incident.impact || urgency !== incident.urgency) {
    const data = { from: incident.priority, to: priority, impact, urgency };
    events.push({ kind: 'incident.priorityChanged', data });
  }
  return events.length === 0 ? unchanged(incident) : changed(incident, fields, now, ...events);
}

function fieldChanges(before: Incident['customFields'], after: Incident['customFields']): readonly Change[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => changeOf(`fields.${key}`, before[key] ?? null, after[key] ?? null));
}

function changeOf(field: string, from: unknown, to: unknown): readonly Change[] {
  if (to === undefined || JSON.stringify(from) === JSON.stringify(to)) return [];
  return [{ field: field === 'isRestricted' ? 'restricted' : field, from, to }];
}

/** The phase stays; the status is one of the new workflow with the same phase. Values of fields that it lacks are kept, unseen. */
export function changeType(
  incident: Incident,
  { key, version, status }: { readonly key: string; readonly version: number; readonly status: string },
  now: number,
): TransitionResult {
  if (incident.phase === 'merged') return refused(incident, 'change the type of', 'change the incident it went into');
  if (incident.type === key) return unchanged(incident);
  return changed(incident, { type: key, typeVersion: version, status }, now, {
    kind: 'incident.typeChanged',
    data: { from: incident.type, to: key, version },
  });
}
