import { nameKey } from '../domain/service.js';
import type { Queryable } from './pool.js';
import { loadTeams } from './team.js';

/** What nobody owns, or nobody would be woken for. */
export interface Unowned {
  /** Names of services without a team, or with one that there is not. */
  readonly services: readonly string[];
  /** Names in use that no team has. */
  readonly teams: readonly string[];
  readonly openIncidents: number;
  /** Ids of teams without an escalation policy. */
  readonly teamsWithoutPolicy: readonly number[];
}

export async function loadUnowned(db: Queryable): Promise<Unowned> {
  const teams = await loadTeams(db);
  const known = new Set(teams.map(({ name }) => nameKey(name)));
  const isKnown = (name: string | null): boolean => name !== null && known.has(nameKey(name));
  const { rows: services } = await db.query<{ name: string; team: string | null }>(
    'select name, team from service order by name_key',
  );
  const { rows: integrations } = await db.query<{ team: string }>(
    'select distinct team from integration where team is not null',
  );
  const { rows: incidents } = await db.query<{ team: string | null; count: number }>(
    `select team, count(*)::int as count from incident
      where phase in ('detected', 'triaged', 'acknowledged', 'mitigated') group by team`,
  );
  const named = [...services, ...integrations, ...incidents].flatMap(({ team }) => team ?? []);
  const unknown = new Map(named.filter((team) => !isKnown(team)).map((team) => [nameKey(team), team]));
  return {
    services: services.filter(({ team }) => !isKnown(team)).map(({ name }) => name),
    teams: [...unknown.values()].toSorted((a, b) => a.localeCompare(b)),
    openIncidents: incidents.filter(({ team }) => !isKnown(team)).reduce((sum, { count }) => sum + count, 0),
    teamsWithoutPolicy: teams.filter(({ escalationPolicyId }) => escalationPolicyId === null).map(({ id }) => id),
  };
}
