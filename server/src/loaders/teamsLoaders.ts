import type { Schedule } from '@tocsin/schema/domain/onCall';
import type { Ownership } from '@tocsin/schema/domain/ownership';
import { loadPolicies, type StoredPolicy } from '@tocsin/schema/postgres/escalationPolicy';
import { ownershipOf } from '@tocsin/schema/postgres/ownershipOf';
import { type Person, personsById } from '@tocsin/schema/postgres/person';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { loadSchedules, type ScheduleHead, schedulesWithin } from '@tocsin/schema/postgres/schedule';
import { loadTeams, openIncidentsByTeam, type Team } from '@tocsin/schema/postgres/team';
import { membersOfTeams, type TeamMember } from '@tocsin/schema/postgres/teamMember';
import DataLoader from 'dataloader';

/** A schedule with the overrides of a stretch, epoch milliseconds. */
export interface PlanKey {
  readonly id: number;
  readonly from: number;
  readonly until: number;
}

export interface TeamsLoaders {
  readonly teams: () => Promise<readonly Team[]>;
  readonly teamMembers: DataLoader<number, readonly TeamMember[]>;
  /** By the key of the team's name. */
  readonly openIncidentsByTeam: () => Promise<ReadonlyMap<string, number>>;
  readonly schedules: () => Promise<readonly ScheduleHead[]>;
  readonly schedulePlan: DataLoader<PlanKey, Schedule | null, string>;
  readonly policies: () => Promise<readonly StoredPolicy[]>;
  readonly ownership: DataLoader<number, Ownership>;
  readonly personById: DataLoader<number, Person | null>;
}

export function createTeamsLoaders(pool: Pool): TeamsLoaders {
  return {
    teams: once(() => loadTeams(pool)),
    teamMembers: new DataLoader(async (ids) => {
      const members = await membersOfTeams(pool, ids);
      return ids.map((id) => members.filter(({ teamId }) => teamId === id));
    }),
    openIncidentsByTeam: once(() => openIncidentsByTeam(pool)),
    schedules: once(() => loadSchedules(pool)),
    schedulePlan: new DataLoader((keys) => plansOf(pool, keys), {
      cacheKeyFn: ({ id, from, until }) => `${id}:${from}:${until}`,
    }),
    policies: once(() => loadPolicies(pool)),
    ownership: new DataLoader(async (ids) => {
      const found = await ownershipOf(pool, ids);
      return ids.map((id) => found.get(id) ?? { state: 'unowned', policyId: null, policyBecause: null });
    }),
    personById: new DataLoader(async (ids) => {
      const people = new Map((await personsById(pool, ids)).map((person) => [person.id, person]));
      return ids.map((id) => people.get(id) ?? null);
    }),
  };
}

/** Of keys of different stretches one statement reads the whole: an override too many changes nothing. */
async function plansOf(pool: Pool, keys: readonly PlanKey[]): Promise<readonly (Schedule | null)[]> {
  const from = Math.min(...keys.map((key) => key.from));
  const until = Math.max(...keys.map((key) => key.until));
  const ids = [...new Set(keys.map(({ id }) => id))];
  const plans = await schedulesWithin(pool, ids, from, until);
  return keys.map(({ id }) => plans.get(id) ?? null);
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null;
  return () => (result ??= work());
}
