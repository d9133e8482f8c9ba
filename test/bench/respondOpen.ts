import { pause, type Product } from './product.js';
import type { Receivers } from './respondReceivers.js';

export interface Opened {
  /** Milliseconds from before the mutation was sent until a message named the incident. */
  readonly mails: readonly number[];
  readonly posts: readonly number[];
  readonly messages: { readonly mails: number; readonly posts: number };
  /** Milliseconds until the last message of all had come, after the last incident was asked for. */
  readonly settledMs: number;
}

/** So many teams, each with a policy that at once calls its person by mail and its program by webhook. */
export async function addTeams({ pool }: Product, count: number, webhookUrl: string): Promise<void> {
  await pool.query(
    `with n as (select generate_series(1, $2::int) as n),
          p as (insert into person (handle, name, role, email, email_key)
            select 'paged' || n, 'Paged ' || n, 'responder', 'paged' || n || '@example.com', 'paged' || n || '@example.com' from n
            returning id, handle),
          c as (insert into notification_channel (name, name_key, kind, settings, may_reach_private)
            select 'hook' || n, 'hook' || n, 'webhook', jsonb_build_object('url', $1::text), true from n returning id, name),
          e as (insert into escalation_policy (name, name_key, repeat_count) select 'bench' || n, 'bench' || n, 0 from n
            returning id, name),
          s as (insert into escalation_step (policy_id, ordinal, delay_seconds) select id, 0, 0 from e returning id, policy_id),
          of as (select n, s.id as step, p.id as person, c.id as channel
            from n join e on e.name = 'bench' || n join s on s.policy_id = e.id
            join p on p.handle = 'paged' || n join c on c.name = 'hook' || n),
          t as (insert into escalation_target (step_id, ordinal, person_id, channel_id)
            select step, 0, person, null::bigint from of union all select step, 1, null, channel from of)
     insert into team (name, name_key, escalation_policy_id) select name, name, id from e`,
    [webhookUrl, count],
  );
}

export interface Pace {
  /** Of their titles. */
  readonly name: 'warm' | 'idle' | 'busy' | 'storm';
  readonly count: number;
  readonly everyMs: number;
  /** Whose they are, by turns. */
  readonly teams: readonly number[];
}

const mutation = 'mutation ($input: CreateIncidentInput!) { createIncident(input: $input) { id } }';

/** Opens incidents at a steady pace, whatever the answers take, and waits until everybody was told of everything. */
export async function openAndWait(product: Product, receivers: Receivers, pace: Pace): Promise<Opened> {
  const { mails, posts } = receivers;
  const before = { mails: mails.messages, posts: posts.messages };
  const sentAt = await openAll(product, pace);
  const lastAskedAt = performance.now();
  await everybodyIsTold(product);
  const since = (arrivals: Receivers['mails']): readonly number[] =>
    [...sentAt].flatMap(([title, at]) => {
      const arrived = arrivals.at.get(title);
      return arrived === undefined ? [] : [arrived - at];
    });
  return {
    mails: since(mails),
    posts: since(posts),
    messages: { mails: mails.messages - before.mails, posts: posts.messages - before.posts },
    settledMs: performance.now() - lastAskedAt,
  };
}

async function openAll(product: Product, { name, count, everyMs, teams }: Pace): Promise<ReadonlyMap<string, number>> {
  const sentAt = new Map<string, number>();
  const startedAt = performance.now();
  const answers: Promise<unknown>[] = [];
  for (let n = 0; n < count; n++) {
    await pause(Math.max(0, startedAt + n * everyMs - performance.now()));
    const title = `${name}-${n}`;
    sentAt.set(title, performance.now());
    const input = { title, severity: 'HIGH', services: [], team: `bench${teams[n % teams.length] ?? 1}` };
    answers.push(product.ask(mutation, { input }));
  }
  await Promise.all(answers);
  return sentAt;
}

/** Every opened incident was escalated, and nothing waits in the outbox. @throws Error after five minutes */
export async function everybodyIsTold({ pool }: Pick<Product, 'pool'>): Promise<void> {
  const deadline = performance.now() + 300_000;
  for (;;) {
    const { rows } = await pool.query<{ left: number }>(
      `select (select count(*) from notification where state in ('waiting', 'sending'))
            + (select count(*) from incident i where not exists (select from escalation e where e.incident_id = i.id and e.step >= 0))
              as left`,
    );
    if (rows[0]?.left === 0) return;
    if (performance.now() > deadline) throw new Error(`After five minutes ${rows[0]?.left ?? 0} are not told.`);
    await pause(250);
  }
}
