import type { Queryable } from './pool.js';

/** The rules whose actions name a channel, a schedule or a policy, as people know them. */
export async function automationsUsing(
  db: Queryable,
  parameter: 'channelId' | 'scheduleId' | 'policyId',
  id: number,
): Promise<readonly string[]> {
  const { rows } = await db.query<{ who: string }>(
    `select 'automation ' || name as who from automation_rule
      where exists (select from jsonb_array_elements(actions) as action where action ->> $1 = $2::text) order by name limit 100`,
    [parameter, String(id)],
  );
  return rows.map(({ who }) => who);
}
