import type { ServiceSearch } from './serviceSearch.ts';
import type { ServiceRow } from './servicesQueries.ts';

export const isBurning = ({ openIncidentCount, firingAlertCount }: ServiceRow): boolean =>
  openIncidentCount > 0 || firingAlertCount > 0;

function says({ name, kind, namespace, team, aliases }: ServiceRow, text: string): boolean {
  return [name, kind, namespace ?? '', team ?? '', ...aliases].some((each) => each.toLowerCase().includes(text));
}

/** Whether a service is shown under an address. */
export function matchesService(service: ServiceRow, search: ServiceSearch): boolean {
  return (
    (search.text === undefined || says(service, search.text.trim().toLowerCase())) &&
    (search.team === undefined || service.team === search.team) &&
    (search.environment === undefined || service.environments.includes(search.environment)) &&
    (search.burning === undefined || isBurning(service))
  );
}

/** Each value once, sorted. */
export function distinct(values: readonly (string | null)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== null && value !== ''))]
    .filter((value) => value !== null)
    .toSorted((a, b) => a.localeCompare(b));
}

const severityOrder = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO'];

function weightOf(service: ServiceRow): number {
  if (!isBurning(service)) return 100;
  const place = severityOrder.indexOf(service.worstSeverity ?? 'INFO');
  return place === -1 ? 50 : place;
}

/** What burns first, the worst on top; then by tier and name. */
export function byUrgency(one: ServiceRow, other: ServiceRow): number {
  return weightOf(one) - weightOf(other) || (one.tier ?? 99) - (other.tier ?? 99) || one.name.localeCompare(other.name);
}
