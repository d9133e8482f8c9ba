import type { Stretch } from '../domain/onCall.js';
import { commonStretches } from '../domain/onCallGaps.js';
import { gapsOf, shiftsBetween } from '../domain/onCallShifts.js';
import { loadPolicies, type StoredPolicy, usersOfPolicy } from './escalationPolicy.js';
import type { Queryable } from './pool.js';
import { schedulesWithin } from './schedule.js';

interface PolicyGaps {
  readonly policy: Pick<StoredPolicy, 'id' | 'name'>;
  /** Of its own, by name. */
  readonly team: string | null;
  /** In order; at least one. */
  readonly gaps: readonly Stretch[];
}

/**
 * The policies in use that would wake nobody at times: none of their steps names anything but schedules, and all of those have a
 * gap then. A gap of one schedule alone is none: the next step is taken at once. Times are epoch milliseconds.
 */
export async function policyGaps(db: Queryable, from: number, until: number): Promise<readonly PolicyGaps[]> {
  const policies = (await loadPolicies(db))
    .map((policy) => ({ policy, targets: policy.steps.flatMap(({ targets }) => targets) }))
    .filter(({ targets }) => targets.every(({ kind }) => kind === 'schedule'))
    .map(({ policy, targets }) => ({ policy, scheduleIds: [...new Set(targets.map(({ id }) => id))] }));
  const ids = [...new Set(policies.flatMap(({ scheduleIds }) => scheduleIds))];
  const gapsById = new Map(
    [...(await schedulesWithin(db, ids, from, until))].map(([id, schedule]) => [
      id,
      gapsOf(shiftsBetween(schedule, from, until)).map(({ startsAt, endsAt }) => ({ from: startsAt, until: endsAt })),
    ]),
  );
  const found: PolicyGaps[] = [];
  for (const { policy, scheduleIds } of policies) {
    const gaps = commonStretches(scheduleIds.map((id) => gapsById.get(id) ?? [{ from, until }]));
    if (gaps.length === 0 || (await usersOfPolicy(db, policy)).length === 0) continue;
    found.push({ policy, team: await teamNameOf(db, policy.teamId), gaps });
  }
  return found;
}

async function teamNameOf(db: Queryable, id: number | null): Promise<string | null> {
  if (id === null) return null;
  const { rows } = await db.query<{ name: string }>('select name from team where id = $1', [id]);
  return rows[0]?.name ?? null;
}
