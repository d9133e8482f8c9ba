import { DomainFailure } from '../domain/errors.js';
import type { Actor } from '../domain/event.js';
import { type CatalogueService, nameKey, refusalOfCatalogue, refusalOfService } from '../domain/service.js';
import { type ServiceChange, serviceChanges, serviceYaml } from '../domain/serviceDiff.js';
import { applyPatch, type ServicePatch } from '../domain/serviceDocument.js';
import { lockConfiguration, moveConfiguration } from './configurationVersion.js';
import { appendEvents } from './log.js';
import type { Pool, Queryable } from './pool.js';
import { loadServices } from './service.js';
import { inTransaction } from './transaction.js';

export interface CatalogueEdit {
  /** The catalogue after the edit, made of the one before it. */
  readonly edit: (services: readonly CatalogueService[]) => readonly CatalogueService[];
  readonly actor: Actor;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Looks what would change, and changes nothing. @default false */
  readonly dryRun?: boolean;
}

/**
 * Edits the catalogue in one transaction; edits take turns. What changes nothing writes nothing.
 * @throws DomainFailure INVALID_INPUT
 */
export function editCatalogue(pool: Pool, edit: CatalogueEdit): Promise<readonly ServiceChange[]> {
  return inTransaction(pool, (db) => editCatalogueIn(db, edit));
}

/** As {@link editCatalogue}, in the caller's transaction. */
export async function editCatalogueIn(db: Queryable, request: CatalogueEdit): Promise<readonly ServiceChange[]> {
  const { edit, actor, now, dryRun = false } = request;
  await lockConfiguration(db, 'services');
  const before = await loadServices(db);
  const after = edit(before);
  const changes = serviceChanges(before, after);
  const changed = new Set(changes.map(({ name }) => nameKey(name)));
  const written = after.filter(({ name }) => changed.has(nameKey(name)));
  const refusal = written.map(refusalOfService).find((each) => each !== null) ?? refusalOfCatalogue(after);
  if (refusal != null) throw new DomainFailure(refusal);
  await assertPolicies(db, written);
  if (dryRun || changes.length === 0) return changes;
  await removeServices(
    db,
    changes.filter(({ kind }) => kind === 'removed').map(({ name }) => nameKey(name)),
  );
  await writeServices(db, written);
  const version = await moveConfiguration(db, 'services');
  const count = (kind: ServiceChange['kind']): number => changes.filter((change) => change.kind === kind).length;
  const data = {
    version,
    added: count('added'),
    changed: count('changed'),
    removed: count('removed'),
    names: changes.slice(0, 50).map(({ name }) => name),
    before: statedOf(before, changes.slice(0, 50)),
    after: statedOf(after, changes.slice(0, 50)),
  };
  await appendEvents(db, [
    { kind: 'configuration.servicesChanged', incidentId: null, alertId: null, actor, occurredAt: now, data },
  ]);
  return changes;
}

/** What the catalogue states of these services, by name; those that it has not are left out. */
function statedOf(
  services: readonly CatalogueService[],
  changes: readonly ServiceChange[],
): Readonly<Record<string, unknown>> {
  const keys = new Set(changes.map(({ name }) => nameKey(name)));
  const meant = services.filter(({ name }) => keys.has(nameKey(name)));
  return Object.fromEntries(meant.map((service) => [service.name, serviceYaml(service)]));
}

/** What an import makes of the catalogue: services that it does not name stay as they are. */
export function withPatches(patches: readonly ServicePatch[]): CatalogueEdit['edit'] {
  return (services) => {
    const after = new Map(services.map((service) => [nameKey(service.name), service]));
    for (const patch of patches) {
      const key = nameKey(patch.name);
      after.set(key, applyPatch(after.get(key) ?? null, patch));
    }
    return [...after.values()];
  };
}

/** Without this service; what depended on it still does, on something that the catalogue does not know. */
export function withoutService(name: string): CatalogueEdit['edit'] {
  return (services) => services.filter((service) => nameKey(service.name) !== nameKey(name));
}

/** @throws DomainFailure INVALID_INPUT for an escalation policy that there is not */
async function assertPolicies(db: Queryable, services: readonly CatalogueService[]): Promise<void> {
  const keys = services.flatMap(({ escalationPolicy: policy }) => (policy == null ? [] : nameKey(policy)));
  if (keys.length === 0) return;
  const { rows } = await db.query<{ key: string }>(
    `select key from unnest($1::text[]) as wanted (key)
      where not exists (select from escalation_policy p where p.name_key = key) limit 1`,
    [[...new Set(keys)]],
  );
  if (rows[0] === undefined) return;
  const message = `There is no escalation policy ${rows[0].key}.`;
  throw new DomainFailure({ code: 'INVALID_INPUT', field: 'escalationPolicy', message });
}

async function removeServices(db: Queryable, keys: readonly string[]): Promise<void> {
  if (keys.length > 0) await db.query('delete from service where name_key = any($1::text[])', [keys]);
}

async function writeServices(db: Queryable, services: readonly CatalogueService[]): Promise<void> {
  if (services.length === 0) return;
  const rows = services.map((service) => ({
    name: service.name,
    name_key: nameKey(service.name),
    kind: service.kind,
    environments: service.environments,
    namespace: service.namespace,
    team: service.team,
    tier: service.tier,
    runbook_url: service.runbookUrl,
    aliases: service.aliases,
    policy_key: service.escalationPolicy == null ? null : nameKey(service.escalationPolicy),
  }));
  const { rows: written } = await db.query<{ id: number; name_key: string }>(
    `insert into service (name, name_key, kind, environments, namespace, team, tier, runbook_url, aliases, escalation_policy_id)
     select name, name_key, kind, environments, namespace, team, tier, runbook_url, aliases,
            (select p.id from escalation_policy p where p.name_key = s.policy_key)
       from jsonb_to_recordset($1::jsonb) as s (name text, name_key text, kind text, environments text[], namespace text,
         team text, tier smallint, runbook_url text, aliases text[], policy_key text)
     on conflict (name_key) do update set name = excluded.name, kind = excluded.kind,
       environments = excluded.environments, namespace = excluded.namespace, team = excluded.team, tier = excluded.tier,
       runbook_url = excluded.runbook_url, aliases = excluded.aliases,
       escalation_policy_id = excluded.escalation_policy_id, updated_at = now()
     returning id, name_key`,
    [JSON.stringify(rows)],
  );
  await db.query('delete from service_dependency where service_id = any($1::bigint[])', [written.map(({ id }) => id)]);
  await writeDependencies(db, services, new Map(written.map((row) => [row.name_key, row.id])));
}

/** By the ids that were just written: a join by name, of tables without statistics, took 20 s for the largest catalogue. */
async function writeDependencies(
  db: Queryable,
  services: readonly CatalogueService[],
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  const edges = services.flatMap(({ name, dependsOn }) =>
    dependsOn.map((target, ordinal) => ({ serviceId: ids.get(nameKey(name)), ordinal, target })),
  );
  await db.query(
    `insert into service_dependency (service_id, ordinal, target, target_key)
     select * from unnest($1::bigint[], $2::smallint[], $3::text[], $4::text[])`,
    [
      edges.map(({ serviceId }) => serviceId),
      edges.map(({ ordinal }) => ordinal),
      edges.map(({ target }) => target),
      edges.map(({ target }) => nameKey(target)),
    ],
  );
}
