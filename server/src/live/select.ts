import type { AlertFilter, IncidentFilter } from '@tocsin/schema/domain/listFilter';
import { matchesIncident } from '@tocsin/schema/domain/listFilter';
import { alertsThatMatch } from '@tocsin/schema/postgres/alertList';
import type { Pool } from '@tocsin/schema/postgres/pool';
import type { LiveItem } from './batch.js';
import type { LiveChunk } from './follow.js';

type Select = (items: readonly LiveItem[]) => Promise<LiveChunk> | LiveChunk;

/** Events of incidents that pass the filter as they are now; the incidents of a batch are read once for everybody. */
export function selectIncidents(filter: IncidentFilter): Select {
  return async (items) => {
    const ofIncidents = items.filter(({ event }) => event.incidentId !== null);
    const [first] = ofIncidents;
    if (first === undefined) return [];
    const ids = [...new Set(ofIncidents.flatMap(({ event }) => event.incidentId ?? []))];
    const loaded = await first.batch.loaders.incident.loadMany(ids);
    const failure = loaded.find((incident) => incident instanceof Error);
    if (failure) throw failure;
    const matching = new Set(
      loaded.flatMap((each) =>
        each === null || each instanceof Error || !matchesIncident(each, filter) ? [] : [each.id],
      ),
    );
    return ofIncidents.filter(({ event }) => event.incidentId !== null && matching.has(event.incidentId));
  };
}

/** One incident's events, whatever has become of it. */
export function selectIncident(incidentId: number): Select {
  return (items) => items.filter(({ event }) => event.incidentId === incidentId);
}

/** Events of alerts that pass the filter as they are now: one statement per batch and distinct filter. */
export function selectAlerts(pool: Pool, filter: AlertFilter): Select {
  const key = `alerts ${JSON.stringify(filter)}`;
  return async (items) => {
    const ofAlerts = items.filter(({ event }) => event.alertId !== null);
    const [first] = ofAlerts;
    if (first === undefined) return [];
    const matching = await first.batch.once(key, () => {
      const ids = new Set(first.batch.items.flatMap(({ event }) => event.alertId ?? []));
      return alertsThatMatch(pool, [...ids], filter);
    });
    return ofAlerts.filter(({ event }) => event.alertId !== null && matching.has(event.alertId));
  };
}
