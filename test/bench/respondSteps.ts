import { pause, type Product } from './product.js';
import { everybodyIsTold } from './respondOpen.js';

export interface StepsAtOnce {
  /** From when the steps were due until the last was taken. */
  readonly lastSeconds: number;
  /** The same until everybody was told. */
  readonly toldSeconds: number;
  readonly messages: number;
}

/** Steps of as many incidents that are due in one instant: each calls one of a hundred people, who have an address each. */
export async function stepsAtOnce({ pool }: Product, count: number): Promise<StepsAtOnce> {
  await pool.query(
    `with p as (insert into person (handle, name, role, email, email_key)
            select 'many' || n, 'Many ' || n, 'responder', 'many' || n || '@example.com', 'many' || n || '@example.com'
              from generate_series(1, 100) as n returning id),
          who as (select id, row_number() over (order by id) as n from p),
          model as (select i.* from incident i order by id limit 1),
          added as (insert into incident overriding system value
            select r.* from model m, generate_series(1, $1::int) as n,
              jsonb_populate_record(null::incident, to_jsonb(m) || jsonb_build_object('id', 1000000 + n, 'phase', 'detected',
                'correlation_key', null)) as r returning id),
          policy as (select n, jsonb_build_object('name', 'many', 'repeatCount', 0, 'unacknowledgeSeconds', null, 'pageWhen', null,
              'timeZone', 'UTC', 'steps', jsonb_build_array(jsonb_build_object('id', 0, 'delaySeconds', 0, 'mode', 'all',
                'condition', null, 'targets', jsonb_build_array(jsonb_build_object('kind', 'person', 'id', who.id))))) as data
            from who),
          begun as (insert into escalation (incident_id, policy, state, reason, started_by, started_at, next_at)
            select added.id, policy.data, 'running', 'opened', 'bench', now(), now() + interval '1 day'
              from added join policy on policy.n = 1 + added.id % 100 returning id)
     insert into timer (kind, key, due_at, data)
       select 'escalation.step', id, now() + interval '1 day', '{}' from begun`,
    [count],
  );
  const dueAt = Date.now() + 3_000;
  await pool.query(
    `update timer set due_at = to_timestamp($1 / 1000.0), data = jsonb_build_object('previousDueAt', $1::float8)
      where kind = 'escalation.step'`,
    [dueAt],
  );
  if (Date.now() > dueAt) throw new Error('The steps were due before all of them were there.');
  const lastSeconds = await allTaken(pool, count, dueAt);
  await everybodyIsTold({ pool });
  const toldSeconds = (Date.now() - dueAt) / 1_000;
  const { rows } = await pool.query<{ messages: number }>(
    `select count(*)::int as messages from notification n join person p on p.id = n.person_id
      where p.handle like 'many%' and n.state = 'sent'`,
  );
  return { lastSeconds, toldSeconds, messages: rows[0]?.messages ?? 0 };
}

async function allTaken(pool: Product['pool'], count: number, dueAt: number): Promise<number> {
  for (;;) {
    const { rows } = await pool.query<{ done: number; last: number }>(
      `select count(*)::int as done, extract(epoch from max(created_at)) * 1000 as last from notification n
        where exists (select from page g where g.id = n.page_id and g.incident_id > 1000000)`,
    );
    if (rows[0]?.done === count) return (rows[0].last - dueAt) / 1_000;
    if (Date.now() > dueAt + 300_000) throw new Error(`Of ${count} steps ${rows[0]?.done ?? 0} were taken.`);
    await pause(500);
  }
}
