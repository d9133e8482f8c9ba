import type { RunningPolicy } from '../domain/escalation.js';
import { policiesById, type StoredPolicy } from './escalationPolicy.js';
import type { Queryable } from './pool.js';

/** Policies as an escalation keeps them. */
export async function runningPolicies(
  db: Queryable,
  ids: readonly number[],
): Promise<ReadonlyMap<number, RunningPolicy>> {
  const policies = await policiesById(db, [...new Set(ids)]);
  const zones = await timeZonesOf(db, policies);
  return new Map(
    policies.map((policy) => {
      const { name, repeatCount, unacknowledgeSeconds, pageWhen, steps } = policy;
      return [policy.id, { name, repeatCount, unacknowledgeSeconds, pageWhen, timeZone: zones(policy), steps }];
    }),
  );
}

/** Whose hours a policy's conditions mean: those of the first schedule that it calls, else of its team's first, else UTC. */
async function timeZonesOf(
  db: Queryable,
  policies: readonly StoredPolicy[],
): Promise<(policy: StoredPolicy) => string> {
  const called = (policy: StoredPolicy): readonly number[] =>
    policy.steps.flatMap(({ targets }) => targets.flatMap(({ kind, id }) => (kind === 'schedule' ? [id] : [])));
  const { rows } = await db.query<{ id: number; team_id: number | null; time_zone: string }>({
    name: 'policy_time_zones',
    text: `select id, team_id, time_zone from schedule where id = any($1::bigint[]) or team_id = any($2::bigint[]) order by id`,
    values: [policies.flatMap(called), policies.flatMap(({ teamId }) => teamId ?? [])],
  });
  return (policy) => {
    const [first] = called(policy);
    const own = rows.find(({ id }) => id === first);
    const ofTeam = rows.find(({ team_id: teamId }) => teamId !== null && teamId === policy.teamId);
    return (own ?? ofTeam)?.time_zone ?? 'UTC';
  };
}
