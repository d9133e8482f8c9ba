import { builtInDefinition } from '../domain/builtInTypes.js';
import { DomainFailure } from '../domain/errors.js';
import type { Actor } from '../domain/event.js';
import type { IncidentType, IncidentTypeDefinition } from '../domain/incidentType.js';
import { checkIncidentType, type IncidentTypeDraft } from '../domain/incidentTypeInput.js';
import { typeLimits } from '../domain/incidentType.js';
import { recordConfigurationChange } from './configurationEvent.js';
import { lockConfiguration, moveConfiguration } from './configurationVersion.js';
import { isOpenSql } from './incidentListFilter.js';
import type { Edit } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { inTransaction } from './transaction.js';

const columns = `key, title, is_restricted as "isRestricted", is_archived as "isArchived", version`;

/** All types, in the order in which they were made. */
export async function incidentTypes(db: Queryable): Promise<readonly IncidentType[]> {
  const { rows } = await db.query<IncidentType>({
    name: 'incident_types',
    text: `select ${columns} from incident_type order by created_at, key <> 'operational', key`,
  });
  return rows;
}

/** @throws DomainFailure INVALID_INPUT naming `type` */
export async function requiredType(db: Queryable, key: string): Promise<IncidentType> {
  const { rows } = await db.query<IncidentType>({
    name: 'incident_type_by_key',
    text: `select ${columns} from incident_type where key = $1`,
    values: [key],
  });
  const [type] = rows;
  if (type !== undefined) return type;
  const message = `There is no type of incident "${key.slice(0, 40)}".`;
  throw new DomainFailure({ code: 'INVALID_INPUT', message, field: 'type' });
}

/** `operational/3` */
export function versionKey(type: string, version: number): string {
  return `${type}/${version}`;
}

/** Definitions by {@link versionKey}. A version never changes once it is saved; 0 is built in. */
export async function typeDefinitions(
  db: Queryable,
  asked: readonly { readonly type: string; readonly version: number }[],
): Promise<ReadonlyMap<string, IncidentTypeDefinition>> {
  const found = new Map<string, IncidentTypeDefinition>();
  for (const { type, version } of asked) if (version === 0) found.set(versionKey(type, version), builtInDefinition);
  const saved = asked.filter(({ version }) => version > 0);
  if (saved.length === 0) return found;
  const { rows } = await db.query<{ type_key: string; version: number; definition: IncidentTypeDefinition }>({
    name: 'incident_type_definitions',
    text: `select v.type_key, v.version, v.definition from incident_type_version v
             join (select distinct * from unnest($1::text[], $2::integer[]) as a (type_key, version)) a
            using (type_key, version)`,
    values: [saved.map(({ type }) => type), saved.map(({ version }) => version)],
  });
  for (const row of rows) found.set(versionKey(row.type_key, row.version), row.definition);
  return found;
}

export async function typeDefinition(db: Queryable, type: string, version: number): Promise<IncidentTypeDefinition> {
  return (await typeDefinitions(db, [{ type, version }])).get(versionKey(type, version)) ?? builtInDefinition;
}

export interface TypeVersion {
  readonly version: number;
  readonly savedAt: number;
  readonly savedBy: string;
  readonly comment: string | null;
}

/** Newest first. */
export async function typeVersions(db: Queryable, key: string): Promise<readonly TypeVersion[]> {
  const { rows } = await db.query<TypeVersion>(
    `select version, saved_at as "savedAt", saved_by as "savedBy", comment from incident_type_version
      where type_key = $1 order by version desc limit 200`,
    [key],
  );
  return rows;
}

export interface SaveType {
  readonly draft: IncidentTypeDraft;
  /** 0 for a new one, and for a type that has only the built-in definition. */
  readonly expectedVersion: number;
  readonly comment: string | null;
}

/**
 * Saves a new version; incidents that run keep theirs.
 * @throws DomainFailure INVALID_INPUT naming the part that is wrong, CONFLICT
 */
export function saveIncidentType(pool: Pool, save: SaveType, actor: Actor, now: number): Promise<IncidentType> {
  return inTransaction(pool, (db) => saveIncidentTypeIn(db, save, { actor, now }));
}

/** As {@link saveIncidentType}, in the caller's transaction. */
export async function saveIncidentTypeIn(db: Queryable, save: SaveType, { actor, now }: Edit): Promise<IncidentType> {
  await lockConfiguration(db, 'types');
  const { draft, expectedVersion, comment } = save;
  const refusal = checkIncidentType(draft);
  if (refusal !== null) throw new DomainFailure(refusal);
  const known = await incidentTypes(db);
  const before = known.find(({ key }) => key === draft.key) ?? null;
  assertSavable(draft.key, before, expectedVersion, known.length);
  const version = expectedVersion + 1;
  const { rows } = await db.query<IncidentType>(
    `insert into incident_type (key, title, is_restricted, version) values ($1, $2, $3, $4)
     on conflict (key) do update set title = excluded.title, is_restricted = excluded.is_restricted, version = excluded.version
     returning ${columns}`,
    [draft.key, draft.title, draft.isRestricted, version],
  );
  await db.query(
    `insert into incident_type_version (type_key, version, definition, saved_at, saved_by, comment)
     values ($1, $2, $3::jsonb, to_timestamp($4 / 1000.0), $5, $6)`,
    [draft.key, version, JSON.stringify(draft.definition), now, actor.name, comment],
  );
  const old = before === null ? null : { ...before, definition: await typeDefinition(db, draft.key, before.version) };
  await recordConfigurationChange(
    db,
    actor,
    {
      topic: 'incidentType',
      action: before === null ? 'created' : 'changed',
      id: draft.key,
      name: draft.title,
      before: old,
      after: { ...draft, version },
    },
    now,
  );
  await moveConfiguration(db, 'types');
  const [saved] = rows;
  if (saved === undefined) throw new Error('The type was not written.');
  return saved;
}

function assertSavable(key: string, before: IncidentType | null, expected: number, count: number): void {
  const current = before?.version ?? 0;
  if (current !== expected) {
    const message = `The type ${key} is at version ${current} by now: reload and decide again.`;
    throw new DomainFailure({ code: 'CONFLICT', message, currentVersion: current });
  }
  if (before === null && count >= typeLimits.types) {
    const message = `There can be at most ${typeLimits.types} types.`;
    throw new DomainFailure({ code: 'INVALID_INPUT', message, field: 'key' });
  }
}

/** No new incidents of it; those that run go on. `operational` stays, for alerts open it. */
export function archiveIncidentType(
  pool: Pool,
  key: string,
  isArchived: boolean,
  actor: Actor,
  now: number,
): Promise<IncidentType> {
  return inTransaction(pool, (db) => archiveIncidentTypeIn(db, key, isArchived, { actor, now }));
}

/** As {@link archiveIncidentType}, in the caller's transaction. */
export async function archiveIncidentTypeIn(
  db: Queryable,
  key: string,
  isArchived: boolean,
  { actor, now }: Edit,
): Promise<IncidentType> {
  await lockConfiguration(db, 'types');
  const before = await requiredType(db, key);
  if (key === 'operational' && isArchived) {
    const message = 'Alerts open incidents of the type operational: it cannot be archived.';
    throw new DomainFailure({ code: 'INVALID_INPUT', message, field: 'key' });
  }
  if (before.isArchived === isArchived) return before;
  await db.query('update incident_type set is_archived = $2 where key = $1', [key, isArchived]);
  const after = { ...before, isArchived };
  const change = { topic: 'incidentType', action: 'changed', id: key, name: before.title, before, after } as const;
  await recordConfigurationChange(db, actor, change, now);
  await moveConfiguration(db, 'types');
  return after;
}

/** How many incidents of each of these types are open; types without any are left out. */
export async function openIncidentsOfTypes(
  db: Queryable,
  keys: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await db.query<{ type: string; count: number }>(
    `select type, count(*) as count from incident where type = any($1::text[]) and ${isOpenSql} group by type`,
    [keys],
  );
  return new Map(rows.map(({ type, count }) => [type, count]));
}
