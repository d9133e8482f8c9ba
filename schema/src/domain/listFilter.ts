import type { Viewer } from './role.js';
import type { AlertStatus } from './alert.js';
import { isOpenPhase, type Incident, type IncidentPhase } from './incident.js';
import type { Severity } from './severity.js';

/** What is left out (or null) matches everything; an empty list matches nothing. Times are epoch milliseconds. */
export interface IncidentFilter {
  /** Who looks: incidents that do not show to them are left out. Null: everybody's. */
  readonly onlooker?: Pick<Viewer, 'handle' | 'personId' | 'role' | 'teamRoles' | 'onlyTeams'> | null;
  readonly isOpen?: boolean | null;
  readonly phases?: readonly IncidentPhase[] | null;
  readonly severities?: readonly Severity[] | null;
  readonly services?: readonly string[] | null;
  readonly environments?: readonly string[] | null;
  readonly teams?: readonly string[] | null;
  /** Keys of types. */
  readonly types?: readonly string[] | null;
  readonly priorities?: readonly number[] | null;
  readonly statuses?: readonly string[] | null;
  /** Any of them. */
  readonly tags?: readonly string[] | null;
  /** An empty string stands for unassigned. */
  readonly assignees?: readonly string[] | null;
  /** Words of the title, or INC-12. */
  readonly text?: string | null;
  readonly openedAfter?: number | null;
  readonly openedBefore?: number | null;
  readonly resolvedAfter?: number | null;
  readonly resolvedBefore?: number | null;
}

export interface LabelMatcher {
  readonly name: string;
  readonly op: 'EQ' | 'NOT_EQ' | 'REGEX' | 'NOT_REGEX';
  readonly value: string;
}

/** Like {@link IncidentFilter}. A label that an alert does not have counts as empty, as it does for Prometheus. */
export interface AlertFilter {
  readonly statuses?: readonly AlertStatus[] | null;
  readonly severities?: readonly Severity[] | null;
  readonly services?: readonly string[] | null;
  readonly environments?: readonly string[] | null;
  readonly integrationIds?: readonly number[] | null;
  readonly incidentId?: number | null;
  readonly isStale?: boolean | null;
  readonly isFlapping?: boolean | null;
  /** Words of the title, the summary or the service. */
  readonly text?: string | null;
  readonly matchers?: readonly LabelMatcher[] | null;
  readonly startedAfter?: number | null;
  readonly startedBefore?: number | null;
}

export interface IncidentSearch {
  /** `INC-12`, `#12` or `12`. */
  readonly id: number | null;
  /** Lower-case words that the title must all hold; empty where the text names a number and nothing else. */
  readonly words: readonly string[];
}

export function searchWords(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

export function incidentSearch(text: string): IncidentSearch {
  const reference = /^\s*(inc-|#)?(\d{1,15})\s*$/i.exec(text);
  const id = reference?.[2] === undefined ? null : Number(reference[2]);
  return { id, words: id !== null && reference?.[1] !== undefined ? [] : searchWords(text) };
}

/** Whether the incident, as it is now, passes the filter: the same answer as the list's SQL gives. */
export function matchesIncident(incident: Incident, filter: IncidentFilter): boolean {
  return (
    (filter.isOpen == null || isOpenPhase(incident.phase) === filter.isOpen) &&
    isIn(incident.phase, filter.phases) &&
    isIn(incident.severity, filter.severities) &&
    (filter.services == null || incident.services.some((service) => isIn(service, filter.services))) &&
    isIn(incident.environment, filter.environments) &&
    isIn(incident.team, filter.teams) &&
    isIn(incident.type, filter.types) &&
    (filter.priorities == null || filter.priorities.includes(incident.priority)) &&
    isIn(incident.status, filter.statuses) &&
    (filter.tags == null || incident.tags.some((tag) => isIn(tag, filter.tags))) &&
    isIn(incident.assignee ?? '', filter.assignees) &&
    (filter.text == null || matchesText(incident, incidentSearch(filter.text))) &&
    isWithin(incident.openedAt, filter.openedAfter, filter.openedBefore) &&
    isWithin(incident.resolvedAt, filter.resolvedAfter, filter.resolvedBefore)
  );
}

function isIn<T extends string>(value: T | null, allowed: readonly T[] | null | undefined): boolean {
  return allowed == null || (value !== null && allowed.includes(value));
}

/** From `after` (inclusive) to `before` (exclusive). */
function isWithin(time: number | null, after?: number | null, before?: number | null): boolean {
  if (after == null && before == null) return true;
  return time !== null && (after == null || time >= after) && (before == null || time < before);
}

function matchesText(incident: Incident, { id, words }: IncidentSearch): boolean {
  if (id !== null && incident.id === id) return true;
  const title = incident.title.toLowerCase();
  return (id === null || words.length > 0) && words.every((word) => title.includes(word));
}
