import { nameKey } from '../domain/service.js';
import { severityOfRank, type Severity } from '../domain/severity.js';
import { isOpenSql } from './incidentListFilter.js';
import type { Queryable } from './pool.js';

/** How a service is now; of names that incidents and alerts go by, aliases included. */
export interface ServiceHealth {
  readonly openIncidentCount: number;
  readonly firingAlertCount: number;
  /** Of its open incidents and of its firing alerts that nothing keeps quiet. */
  readonly worstSeverity: Severity | null;
  /** Most severe first, then newest. */
  readonly incidentIds: readonly number[];
}

interface NamedService {
  readonly name: string;
  readonly aliases: readonly string[];
}

const calm: ServiceHealth = { openIncidentCount: 0, firingAlertCount: 0, worstSeverity: null, incidentIds: [] };

/** Open incidents that are looked at: what more there are, newest first, would not be seen by anybody either. */
const mostIncidents = 10_000;

/**
 * The health of any number of services in two statements. Both read what is open and firing now and nothing else, and
 * names are compared here, as the catalogue compares them.
 */
export async function serviceHealth(
  db: Queryable,
  services: readonly NamedService[],
): Promise<readonly ServiceHealth[]> {
  const [incidents, alerts] = await Promise.all([openIncidents(db), firingAlerts(db)]);
  const owners = new Map(
    services.flatMap(({ name, aliases }, owner) => [name, ...aliases].map((each) => [nameKey(each), owner])),
  );
  const found = services.map(() => ({ incidents: new Set<number>(), firing: 0, worst: Infinity }));
  const ofName = (name: string) => found[owners.get(nameKey(name)) ?? -1];
  for (const { id, severity, services: names } of incidents) {
    for (const name of names) {
      const health = ofName(name);
      health?.incidents.add(id);
      if (health) health.worst = Math.min(health.worst, severity);
    }
  }
  for (const { service, count, worst } of alerts) {
    const health = ofName(service);
    if (!health) continue;
    health.firing += count;
    health.worst = Math.min(health.worst, worst ?? Infinity);
  }
  return found.map(({ incidents: ids, firing, worst }) =>
    ids.size === 0 && firing === 0
      ? calm
      : {
          openIncidentCount: ids.size,
          firingAlertCount: firing,
          worstSeverity: worst === Infinity ? null : severityOfRank(worst),
          incidentIds: [...ids],
        },
  );
}

async function openIncidents(
  db: Queryable,
): Promise<readonly { readonly id: number; readonly severity: number; readonly services: readonly string[] }[]> {
  const { rows } = await db.query<{ id: number; severity: number; services: string[] }>({
    name: 'service_open_incidents',
    text: `select id, severity, services from (
             select id, severity, services, opened_at from incident where ${isOpenSql} and services <> '{}'
              order by id desc limit ${mostIncidents}) as open
            order by severity, opened_at desc, id desc`,
  });
  return rows;
}

async function firingAlerts(
  db: Queryable,
): Promise<readonly { readonly service: string; readonly count: number; readonly worst: number | null }[]> {
  const { rows } = await db.query<{ service: string; count: number; worst: number | null }>({
    name: 'service_firing_alerts',
    text: `select service, count(*) as count,
                  min(severity) filter (where suppressed_by is null or surfaced_at is not null) as worst
             from alert where closed_at is null and service is not null group by service`,
  });
  return rows;
}
