import type { AlertLink, Labels } from '../domain/alert.js';
import {
  changesAfterMs,
  changesBeforeMs,
  rankChanges,
  type ChangeEvent,
  type ChangeScope,
  type IncidentChange,
} from '../domain/change.js';
import { nameKey } from '../domain/service.js';
import type { Incident } from '../domain/incident.js';
import type { SourceKind } from '../domain/source.js';
import { timeParameter } from './incidentRow.js';
import type { Queryable } from './pool.js';

/** A busy pipeline deploys a few hundred times in six hours; more are cut, the oldest first. */
const mostRead = 2_000;
/** Farther away everything depends on everything. */
const mostSteps = 4;

interface ChangeRow {
  readonly id: number;
  readonly integration_id: number;
  readonly source: SourceKind;
  readonly title: string;
  readonly service: string | null;
  readonly environment: string | null;
  readonly occurred_at: number;
  readonly links: readonly AlertLink[];
  readonly details: Labels;
}

/** The changes that may have caused each incident, the likeliest first, in the order of the incidents. */
export async function changesOfIncidents(
  db: Queryable,
  incidents: readonly Incident[],
): Promise<readonly (readonly IncidentChange[])[]> {
  const [changes, scopes] = await Promise.all([changesAround(db, incidents), changeScopes(db, incidents)]);
  return incidents.map(({ id }, index) => {
    const scope = scopes[index];
    return scope === undefined ? [] : rankChanges(changes.get(id) ?? [], scope);
  });
}

/** What changes are compared with, in the order of the incidents. */
export async function changeScopes(db: Queryable, incidents: readonly Incident[]): Promise<readonly ChangeScope[]> {
  const [dependencies, aliases] = await Promise.all([
    dependenciesOf(db, [...new Set(incidents.flatMap(({ services }) => services.map(nameKey)))]),
    serviceAliases(db),
  ]);
  return incidents.map(({ impactStartedAt, environment, services }) => {
    const near = new Map<string, number>();
    for (const service of services) {
      for (const [name, steps] of dependencies.get(nameKey(service)) ?? []) {
        near.set(name, Math.min(steps, near.get(name) ?? steps));
      }
    }
    return { impactStartedAt, environment, services, dependencies: near, aliases };
  });
}

/** What was done in the hours around the start of each. */
export async function changesAround(
  db: Queryable,
  incidents: readonly Incident[],
): Promise<ReadonlyMap<number, readonly ChangeEvent[]>> {
  const { rows } = await db.query<ChangeRow & { readonly incident_id: number }>({
    name: 'changes_around',
    text: `select i.id as incident_id, c.* from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[])
             as i (id, since, until), lateral (
             select id, integration_id, source, title, service, environment, occurred_at, links, details
               from change_event
              where occurred_at between i.since and i.until
              order by occurred_at desc, id desc limit ${mostRead}) as c`,
    values: [
      incidents.map(({ id }) => id),
      incidents.map(({ impactStartedAt }) => timeParameter(impactStartedAt - changesBeforeMs)),
      incidents.map(({ impactStartedAt }) => timeParameter(impactStartedAt + changesAfterMs)),
    ],
  });
  const byIncident = new Map<number, ChangeEvent[]>();
  for (const { incident_id: incidentId, ...row } of rows) {
    const list = byIncident.get(incidentId) ?? [];
    list.push(changeOfRow(row));
    byIncident.set(incidentId, list);
  }
  return byIncident;
}

function changeOfRow({ integration_id: integrationId, occurred_at: occurredAt, ...change }: ChangeRow): ChangeEvent {
  return { ...change, integrationId, occurredAt };
}

/** The changes of these ids that are still kept, in no order. */
export async function changesById(db: Queryable, ids: readonly number[]): Promise<readonly ChangeEvent[]> {
  const { rows } = await db.query<ChangeRow>({
    name: 'changes_by_id',
    text: `select id, integration_id, source, title, service, environment, occurred_at, links, details
             from change_event where id = any($1::bigint[])`,
    values: [ids],
  });
  return rows.map(changeOfRow);
}

/** Per service (as names are compared) what it depends on, by the steps to it. */
async function dependenciesOf(
  db: Queryable,
  names: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const found = new Map<string, Map<string, number>>();
  if (names.length === 0) return found;
  const { rows } = await db.query<{ name: string; target: string; steps: number }>({
    name: 'change_dependencies',
    text: `with recursive reach (name, target, steps) as (
        select s.name_key, d.target_key, 1 from service s join service_dependency d on d.service_id = s.id
         where s.name_key = any($1::text[])
        union
        select r.name, d.target_key, r.steps + 1 from reach r
          join service s on s.name_key = r.target join service_dependency d on d.service_id = s.id
         where r.steps < ${mostSteps})
      select name, target, min(steps)::int as steps from reach where target <> name group by name, target`,
    values: [names],
  });
  for (const { name, target, steps } of rows) {
    const targets = found.get(name) ?? new Map<string, number>();
    targets.set(target, steps);
    found.set(name, targets);
  }
  return found;
}

/** Other names of the services of the catalogue, as names are compared, to the one each is known by. */
async function serviceAliases(db: Queryable): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.query<{ alias: string; name: string }>({
    name: 'change_aliases',
    text: 'select alias, name_key as name from service, unnest(aliases) as alias',
  });
  return new Map(rows.map(({ alias, name }) => [nameKey(alias), name]));
}
