import type { ConfigurationTopic } from '@tocsin/schema/domain/events/people';

/** What the audit trail can be narrowed to; it stands in the address. */
export interface AuditSearch {
  readonly text?: string;
  /** A handle. */
  readonly who?: string;
  readonly what?: string;
  /** Days, `YYYY-MM-DD`, in the browser's zone; both are included. */
  readonly from?: string;
  readonly to?: string;
}

/** Kinds of the log that are not configuration. */
export const accessKinds = {
  'access.granted': 'Sign-ins and links',
  'access.refused': 'Refusals',
  'access.ended': 'Sign-outs and revocations',
} as const;

export const topicWords: Readonly<Record<ConfigurationTopic, string>> = {
  person: 'People',
  role: 'Roles',
  apiToken: 'API tokens',
  invitation: 'Invitations',
  team: 'Teams',
  schedule: 'Schedules',
  override: 'Overrides',
  escalationPolicy: 'Escalation policies',
  incidentType: 'Incident types',
  priorityMatrix: 'Priority matrix',
  severityCriterion: 'Severity criteria',
  automationRule: 'Automation rules',
  channel: 'Channels',
  contact: 'Contacts',
  calendarFeed: 'Calendar addresses',
  notificationRule: 'Notification rules',
  template: 'Templates',
  runbook: 'Runbooks',
  statusPage: 'Status page',
  integration: 'Integrations',
  retention: 'Retention',
};

const isWhat = (value: unknown): value is string =>
  typeof value === 'string' && (Object.hasOwn(accessKinds, value) || Object.hasOwn(topicWords, value));
const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** What an address says; what it cannot mean is left out. */
export function parseAuditSearch({ text, who, what, from, to }: Readonly<Record<string, unknown>>): AuditSearch {
  return {
    ...(isText(text) && { text }),
    ...(isText(who) && { who }),
    ...(isWhat(what) && { what }),
    ...(isDay(from) && { from }),
    ...(isDay(to) && { to }),
  };
}

/** Midnight at the beginning of the day in the browser's zone, `after` days later. */
function startOf(day: string, after = 0): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + after).toISOString();
}

/** The same as the API's `AuditFilter`. */
export function auditFilter({ text, who, what, from, to }: AuditSearch) {
  const isKind = what !== undefined && Object.hasOwn(accessKinds, what);
  return {
    text: text?.trim() ?? null,
    actors: who === undefined ? null : [who],
    kinds: isKind ? [what] : null,
    topics: what === undefined || isKind ? null : [what],
    from: from === undefined ? null : startOf(from),
    to: to === undefined ? null : startOf(to, 1),
  };
}

/** `GET /export/audit` with the same filter. */
export function auditExportPath(search: AuditSearch, format: 'csv' | 'json'): string {
  const query = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(auditFilter(search))) {
    for (const each of Array.isArray(value) ? value : [value]) if (each !== null) query.append(name, each);
  }
  return `/export/audit?${query.toString()}`;
}
