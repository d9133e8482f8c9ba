import {
  type KnownTeam,
  type Ownership,
  ownershipBy,
  type OwnershipFacts,
  type PolicyChoice,
} from '../domain/ownership.js';
import { nameKey } from '../domain/service.js';
import type { Queryable } from './pool.js';
import { loadTeams } from './team.js';

interface FactsRow {
  readonly id: number;
  readonly team: string | null;
  readonly services: readonly string[];
  readonly rule_team: string | null;
  readonly rule_policy: string | null;
  readonly integration_teams: readonly string[];
}

interface ServiceFacts {
  readonly team: string | null;
  readonly policyId: number | null;
}

/** Who owns each incident, and which policy it is under. Four statements for any number of incidents. */
export async function ownershipOf(
  db: Queryable,
  incidentIds: readonly number[],
): Promise<ReadonlyMap<number, Ownership>> {
  if (incidentIds.length === 0) return new Map();
  const rows = await factsOf(db, incidentIds);
  const services = await servicesOf(
    db,
    rows.flatMap((row) => row.services),
  );
  const policies = await policyIdsOf(
    db,
    rows.flatMap((row) => row.rule_policy ?? []),
  );
  const teams = new Map<string, KnownTeam>(
    (await loadTeams(db)).map(({ id, name, escalationPolicyId }) => [
      nameKey(name),
      { id, name, policyId: escalationPolicyId },
    ]),
  );
  return new Map(
    rows.map((row) => {
      const facts: OwnershipFacts = {
        team: row.team,
        ruleTeam: row.rule_team,
        rulePolicyId: row.rule_policy === null ? null : (policies.get(nameKey(row.rule_policy)) ?? null),
        services: row.services.flatMap((name) => services.get(nameKey(name)) ?? []),
        integrationTeams: row.integration_teams,
      };
      return [row.id, ownershipBy(facts, teams)];
    }),
  );
}

/** Which escalation policy each incident is under, and who says so. */
export async function policyFor(
  db: Queryable,
  incidentIds: readonly number[],
): Promise<ReadonlyMap<number, PolicyChoice>> {
  return ownershipOf(db, incidentIds);
}

/** Its rule is read in the version that opened it: a later one may mean another. */
async function factsOf(db: Queryable, incidentIds: readonly number[]): Promise<readonly FactsRow[]> {
  const { rows } = await db.query<FactsRow>({
    name: 'ownership_facts',
    text: `select i.id, i.team, i.services, r.rule ->> 'team' as rule_team, r.rule ->> 'escalationPolicy' as rule_policy,
                  array(select distinct g.team from integration g where g.team is not null
                         and exists (select from alert a where a.incident_id = i.id and a.integration_id = g.id)) as integration_teams
             from incident i
             left join lateral (select each.rule from rule_set s, jsonb_array_elements(s.rules) as each (rule)
                                 where s.version = i.rule_version and each.rule ->> 'id' = i.rule_id limit 1) r on true
            where i.id = any($1::bigint[])`,
    values: [incidentIds],
  });
  return rows;
}

/** By the key of their names and aliases: few incidents name many of the catalogue's services, so it is not read whole. */
async function servicesOf(db: Queryable, names: readonly string[]): Promise<ReadonlyMap<string, ServiceFacts>> {
  const { rows } = await db.query<{
    name: string;
    aliases: readonly string[];
    team: string | null;
    policy_id: number | null;
  }>({
    name: 'ownership_services',
    text: `select name, aliases, team, escalation_policy_id as policy_id from service
            where name_key = any($1::text[]) or aliases && $2::text[]`,
    values: [names.map(nameKey), names],
  });
  return new Map(
    rows.flatMap(({ name, aliases, team, policy_id: policyId }) =>
      [name, ...aliases].map((known) => [nameKey(known), { team, policyId }] as const),
    ),
  );
}

async function policyIdsOf(db: Queryable, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (names.length === 0) return new Map();
  const { rows } = await db.query<{ id: number; name_key: string }>(
    'select id, name_key from escalation_policy where name_key = any($1::text[])',
    [names.map(nameKey)],
  );
  return new Map(rows.map(({ id, name_key: key }) => [key, id]));
}
