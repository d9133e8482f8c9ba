import type { Queryable } from './pool.js';

/** Of the team, else whoever manages everything: what is late is always somebody's. At most ten: more are told through them. */
export async function managersOf(db: Queryable, team: string | null): Promise<readonly number[]> {
  const { rows } = await db.query<{ id: number }>(
    `with own as (
       select p.id from person p join team_member m on m.person_id = p.id join team t on t.id = m.team_id
        where t.name_key = lower(trim($1)) and m.role in ('manager', 'admin') and p.is_active)
     select id from own
     union all select id from person where role in ('manager', 'admin') and is_active and not exists (select from own)
     order by id limit 10`,
    [team],
  );
  return rows.map(({ id }) => id);
}
