import type { IncidentFilter } from '../graphql/graphql.ts';
import type { IncidentRow } from '../graphql/incidentFields.ts';

type List<T> = readonly T[] | null | undefined;

function within<T>(wanted: List<T>, value: T): boolean {
  return !wanted || wanted.length === 0 || wanted.includes(value);
}

function matchesText(row: IncidentRow, text: string | null | undefined): boolean {
  if (!text) return true;
  const wanted = text.trim().toLowerCase();
  if (row.reference.toLowerCase() === wanted) return true;
  const title = row.title.toLowerCase();
  return wanted.split(/\s+/).every((word) => title.includes(word));
}

function isBetween(
  instant: string | null,
  after: string | null | undefined,
  before: string | null | undefined,
): boolean {
  if (!after && !before) return true;
  if (instant === null) return false;
  const at = Date.parse(instant);
  return (!after || at >= Date.parse(after)) && (!before || at < Date.parse(before));
}

/** Whether an incident of the live feed belongs into the list on screen: the API's filter, as far as a row can tell. */
export function matchesFilter(row: IncidentRow, filter: IncidentFilter): boolean {
  const { isOpen, services } = filter;
  return (
    (isOpen === null || isOpen === undefined || row.isOpen === isOpen) &&
    within(filter.phases, row.phase) &&
    within(filter.severities, row.severity) &&
    within(filter.types, row.type.key) &&
    within(filter.environments, row.environment ?? '') &&
    within(filter.teams, row.team ?? '') &&
    within(filter.assignees, row.assignee ?? '') &&
    (!services || services.length === 0 || row.services.some((service) => services.includes(service))) &&
    isBetween(row.openedAt, filter.openedAfter, filter.openedBefore) &&
    isBetween(row.resolvedAt, filter.resolvedAfter, filter.resolvedBefore) &&
    matchesText(row, filter.text)
  );
}
