import type { CandidateScope, IncidentLookup, ScopeKind } from '../domain/correlation.js';
import { arrayParameter } from './arrayParameter.js';
import { timeParameter } from './incidentRow.js';
import type { Queryable } from './pool.js';

export interface StoredScope {
  readonly incidentId: number;
  readonly scope: CandidateScope;
}

interface ScopeRow {
  readonly incident_id: number;
  readonly kind: ScopeKind;
  readonly value: string;
  readonly environment: string;
  readonly first_at: number;
  readonly last_at: number;
}

/** Of each lookup only the latest are of interest: an alert that might belong to more incidents than this says little. */
const latestPerLookup = 64;

/**
 * The incidents that lookups find; for one that was merged, the one it went into. Read under the locks of the environments.
 * What names no environment is found in every one, and finds in every one.
 */
export async function readScopes(db: Queryable, lookups: readonly IncidentLookup[]): Promise<readonly StoredScope[]> {
  if (lookups.length === 0) return [];
  const { rows } = await db.query<ScopeRow>({
    name: 'scope_read',
    text: `select coalesce(i.merged_into, i.id) as incident_id, s.kind, s.value, s.environment, s.first_at, s.last_at
      from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) as k (kind, value, environment, since)
      cross join lateral (
        select * from incident_scope n
         where n.kind = k.kind and n.value = k.value and n.last_at >= k.since
           and (k.environment is null or n.environment in (k.environment, ''))
         order by n.last_at desc limit ${latestPerLookup}) s
      cross join lateral (select id, merged_into from incident where id = s.incident_id limit 1) i`,
    values: [
      arrayParameter(lookups.map((lookup) => lookup.kind)),
      arrayParameter(lookups.map((lookup) => lookup.value)),
      arrayParameter(lookups.map((lookup) => lookup.environment)),
      arrayParameter(lookups.map((lookup) => timeParameter(lookup.since))),
    ],
  });
  return rows.map(({ incident_id: incidentId, kind, value, environment, first_at: firstAt, last_at: lastAt }) => ({
    incidentId,
    scope: { kind, value, environment: environment === '' ? null : environment, firstAt, lastAt },
  }));
}

/** Adds scopes to incidents, or widens their times; what says nothing new rewrites no row. */
export async function writeScopes(db: Queryable, scopes: readonly StoredScope[]): Promise<void> {
  if (scopes.length === 0) return;
  await db.query({
    name: 'scope_write',
    text: `insert into incident_scope as s (incident_id, kind, value, environment, first_at, last_at)
      select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[])
      on conflict (incident_id, kind, value, environment) do update
        set first_at = least(s.first_at, excluded.first_at), last_at = greatest(s.last_at, excluded.last_at)
        where s.first_at > excluded.first_at or s.last_at < excluded.last_at`,
    values: [
      arrayParameter(scopes.map(({ incidentId }) => incidentId)),
      arrayParameter(scopes.map(({ scope }) => scope.kind)),
      arrayParameter(scopes.map(({ scope }) => scope.value)),
      arrayParameter(scopes.map(({ scope }) => scope.environment ?? '')),
      arrayParameter(scopes.map(({ scope }) => timeParameter(scope.firstAt))),
      arrayParameter(scopes.map(({ scope }) => timeParameter(scope.lastAt))),
    ],
  });
}
