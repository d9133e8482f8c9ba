import { createServer } from 'node:http';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { makeDataDir, pause, type Product, startProduct } from './product.js';
import { p50p99, short, whole, type Table } from './report.js';
import type { Scope } from './scope.js';
import { spreadOf } from './statistics.js';
import { timed } from './timedQueries.js';

/** When a message about an incident arrived, by the number in its title. Milliseconds of the process. */
type Arrivals = Map<string, number>;

interface Receivers {
  readonly smtpUrl: string;
  readonly webhookUrl: string;
  readonly mails: Arrivals;
  readonly posts: Arrivals;
}

/** From an incident that opens to the message that says so, and how late steps are that fall due together. */
export async function measureRespond(
  scope: Scope,
  { isQuick }: { readonly isQuick: boolean },
): Promise<readonly Table[]> {
  const receivers = await startReceivers(scope);
  const env = { TOCSIN_SMTP_URL: receivers.smtpUrl };
  const product = await startProduct(scope, await makeDataDir(scope), env);
  await addPolicy(product, receivers.webhookUrl);
  const idle = await openSome(product, receivers, 'idle', isQuick ? 10 : 100, 100);
  const [count, everyMs] = isQuick ? [100, 30] : [1_000, 60];
  const busy = await openSome(product, receivers, 'busy', count, everyMs);
  const due = isQuick ? 1_000 : 10_000;
  const lateness = await stepsAtOnce(product, due);
  const asked = await timed(() => product.ask('{ viewer { person { handle } } }'), isQuick ? 0.5 : 5);
  const columns = ['opened → arrived, p50 / p99 ms', 'SMTP', 'webhook'];
  const row = (name: string, { mails, posts }: Latencies) => [name, p50p99(spreadOf(mails)), p50p99(spreadOf(posts))];
  return [
    {
      title: 'respond: from an incident that opens to the message',
      columns,
      rows: [
        row(`idle, ${isQuick ? 10 : 100} incidents`, idle),
        row(`${whole(count)} incidents, one every ${everyMs} ms`, busy),
      ],
      notes: [
        'From before the mutation is sent until the receiver has a message that names it: posts to one channel may be bundled.',
      ],
    },
    {
      title: 'respond: steps that fall due in the same second',
      columns: ['steps', 'the last one is taken, s after it was due'],
      rows: [[whole(due), short(lateness)]],
      notes: ['Each step makes a page, its message, its event and the next timer.'],
    },
    {
      title: 'respond: a request with a token',
      columns: ['', 'p50 / p99 ms'],
      rows: [['{ viewer { person { handle } } }', p50p99(asked)]],
      notes: ['The token is known for ten seconds after it was looked up.'],
    },
  ];
}

async function startReceivers(scope: Scope): Promise<Receivers> {
  const mails: Arrivals = new Map();
  const posts: Arrivals = new Map();
  const note = (arrivals: Arrivals, text: string): void => {
    // A message that stands for several names all of them.
    for (const [title] of text.matchAll(/(?:idle|busy)-\d+/g)) {
      if (!arrivals.has(title)) arrivals.set(title, performance.now());
    }
  };
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, _session, answer) => {
      void simpleParser(stream).then(({ subject = '', text = '' }) => {
        note(mails, `${subject} ${text}`);
        answer();
      });
    },
  });
  await new Promise<void>((resolve) => void smtp.listen(0, '127.0.0.1', resolve));
  scope.add(() => new Promise<void>((resolve) => smtp.close(() => resolve())));
  const http = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      note(posts, body);
      response.end();
    });
  });
  await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
  scope.add(() => new Promise<void>((resolve) => http.close(() => resolve())));
  const portOf = (address: ReturnType<typeof http.address>): number =>
    typeof address === 'object' && address !== null ? address.port : 0;
  return {
    smtpUrl: `smtp://127.0.0.1:${portOf(smtp.server.address())}`,
    webhookUrl: `http://127.0.0.1:${portOf(http.address())}/hook`,
    mails,
    posts,
  };
}

/** A team whose policy calls a person by mail and a program by webhook, at once. */
async function addPolicy({ pool }: Product, webhookUrl: string): Promise<void> {
  await pool.query(
    `with p as (insert into person (handle, name, role, email, email_key)
           values ('paged', 'Paged', 'responder', 'paged@example.com', 'paged@example.com') returning id),
          c as (insert into notification_channel (name, name_key, kind, settings, may_reach_private, rate_per_minute)
           values ('hook', 'hook', 'webhook', jsonb_build_object('url', $1::text), true, 600) returning id),
          e as (insert into escalation_policy (name, name_key, repeat_count) values ('bench', 'bench', 0) returning id),
          s as (insert into escalation_step (policy_id, ordinal, delay_seconds) select id, 0, 0 from e returning id),
          t as (insert into escalation_target (step_id, ordinal, person_id, channel_id)
           select s.id, 0, p.id, null::bigint from s, p union all select s.id, 1, null, c.id from s, c)
     insert into team (name, name_key, escalation_policy_id) select 'bench', 'bench', id from e`,
    [webhookUrl],
  );
}

interface Latencies {
  readonly mails: readonly number[];
  readonly posts: readonly number[];
}

/** Opens incidents at a steady pace, whatever the answers take, and waits for all of their messages. */
async function openSome(
  product: Product,
  { mails, posts }: Receivers,
  name: string,
  count: number,
  everyMs: number,
): Promise<Latencies> {
  const mutation = 'mutation ($input: CreateIncidentInput!) { createIncident(input: $input) { id } }';
  const sentAt = new Map<string, number>();
  const startedAt = performance.now();
  const sent: Promise<unknown>[] = [];
  for (let n = 0; n < count; n++) {
    await pause(Math.max(0, startedAt + n * everyMs - performance.now()));
    const title = `${name}-${n}`;
    sentAt.set(title, performance.now());
    sent.push(product.ask(mutation, { input: { title, severity: 'HIGH', services: [], team: 'bench' } }));
  }
  await Promise.all(sent);
  const titles = [...sentAt.keys()];
  const deadline = performance.now() + 120_000;
  while (!titles.every((title) => mails.has(title) && posts.has(title))) {
    if (performance.now() > deadline)
      throw new Error(`Of ${count} incidents ${mails.size} mails and ${posts.size} posts came.`);
    await pause(20);
  }
  const since = (arrivals: Arrivals): readonly number[] =>
    titles.map((title) => (arrivals.get(title) ?? Number.NaN) - (sentAt.get(title) ?? Number.NaN));
  return { mails: since(mails), posts: since(posts) };
}

/** Seconds from when the steps were due until the last was taken. They call nobody's address, so that nothing is sent. */
async function stepsAtOnce({ pool }: Product, count: number): Promise<number> {
  const dueAt = Date.now() + 2_000;
  await pool.query(
    `with p as (insert into person (handle, name, role) values ('mute', 'Mute', 'responder') returning id),
          model as (select i.* from incident i order by id limit 1),
          added as (insert into incident overriding system value
            select (jsonb_populate_record(null::incident, to_jsonb(m) || jsonb_build_object('id', 1000000 + n, 'phase', 'detected'))).*
              from model m, generate_series(1, $1::int) as n returning id),
          policy as (select jsonb_build_object('name', 'many', 'repeatCount', 0, 'unacknowledgeSeconds', null, 'pageWhen', null,
              'timeZone', 'UTC', 'steps', jsonb_build_array(jsonb_build_object('id', 0, 'delaySeconds', 0, 'mode', 'all',
                'condition', null, 'targets', jsonb_build_array(jsonb_build_object('kind', 'person', 'id', p.id))))) as data from p),
          begun as (insert into escalation (incident_id, policy, state, reason, started_by, started_at, next_at)
            select added.id, policy.data, 'running', 'opened', 'bench', to_timestamp($2 / 1000.0), to_timestamp($2 / 1000.0)
              from added, policy returning id)
     insert into timer (kind, key, due_at, data)
       select 'escalation.step', id, to_timestamp($2 / 1000.0), jsonb_build_object('previousDueAt', $2::float8) from begun`,
    [count, dueAt],
  );
  for (;;) {
    const { rows } = await pool.query<{ done: number }>(
      `select count(*)::int as done from escalation where started_by = 'bench' and step = 0`,
    );
    if (rows[0]?.done === count) return (Date.now() - dueAt) / 1_000;
    if (Date.now() > dueAt + 300_000) throw new Error(`Of ${count} steps ${rows[0]?.done ?? 0} were taken.`);
    await pause(50);
  }
}
