import type { EventKind } from '../../graphql/graphql.ts';

/** What rules are mostly about first; each in the words of the timeline. */
const choices = {
  INCIDENT_OPENED: 'An incident is opened',
  INCIDENT_ACKNOWLEDGED: 'It is acknowledged',
  INCIDENT_UNACKNOWLEDGED: 'Its acknowledgement is taken back',
  INCIDENT_SEVERITY_CHANGED: 'Its severity changes',
  INCIDENT_PRIORITY_CHANGED: 'Its priority changes',
  INCIDENT_STATUS_CHANGED: 'Its status changes',
  INCIDENT_TYPE_CHANGED: 'Its type changes',
  INCIDENT_EDITED: 'It is edited',
  INCIDENT_ASSIGNED: 'It is assigned',
  INCIDENT_ROLE_ASSIGNED: 'A role is given',
  INCIDENT_NOTE_ADDED: 'A note is written',
  INCIDENT_MITIGATED: 'It is mitigated',
  INCIDENT_RESOLVED: 'It is resolved',
  INCIDENT_REOPENED: 'It is reopened',
  INCIDENT_CLOSED: 'It is closed',
  INCIDENT_DISMISSED: 'It is dismissed',
  INCIDENT_ALERT_JOINED: 'An alert joins it',
} as const satisfies Partial<Record<EventKind, string>>;

export const kindChoices = Object.entries(choices).map(([value, label]) => ({ value, label }));

export function kindsOf(values: readonly string[]): readonly EventKind[] {
  return values.filter((value): value is keyof typeof choices => Object.hasOwn(choices, value));
}

export function kindWord(kind: EventKind): string {
  return kindChoices.find(({ value }) => value === kind)?.label ?? kind.toLowerCase().replaceAll('_', ' ');
}
