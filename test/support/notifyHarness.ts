import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callbackify } from 'node:util';
import { claimTimers, type ClaimedTimer } from '@tocsin/schema/postgres/timer';
import { createSealer, type Sealer } from '@tocsin/schema/runtime/sealer';
import { notifyJobs } from '@tocsin/server/respond/notify/jobs';
import { createTools } from '@tocsin/server/respond/notify/send';
import { type ParsedMail, simpleParser } from 'mailparser';
import { pino } from 'pino';
import { SMTPServer } from 'smtp-server';
import type { TestDatabase } from './testDatabase.js';

export interface TestMailServer {
  readonly url: string;
  readonly mails: ParsedMail[];
  readonly stop: () => Promise<void>;
}

/** A mail server that takes everything but for recipients whose name says otherwise: busy451, unknown550, hang. */
export async function startMailServer(): Promise<TestMailServer> {
  const mails: ParsedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo: ({ address }, _session, done) => {
      const code = /^(?:busy|unknown)(\d{3})/.exec(address)?.[1];
      if (code !== undefined) done(Object.assign(new Error('not now'), { responseCode: Number(code) }));
      else if (!address.startsWith('hang')) done();
    },
    onData: (stream, _session, done) => {
      callbackify(async () => {
        mails.push(await simpleParser(stream));
      })(done);
    },
  });
  // A client that was kept waiting breaks off.
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  // a listening TCP server has an address with a port
  const { port } = listening.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}

export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly bytes: Buffer;
}

export interface TestWebServer {
  readonly url: string;
  readonly requests: ReceivedRequest[];
  /** What a path is answered with; 200 without. Null: nothing, for ever. */
  readonly answers: Map<
    string,
    { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> } | null
  >;
  readonly stop: () => Promise<void>;
}

export async function startWebServer(): Promise<TestWebServer> {
  const requests: ReceivedRequest[] = [];
  const answers: TestWebServer['answers'] = new Map();
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const path = request.url ?? '';
      requests.push({ path, headers: request.headers, body: bytes.toString(), bytes });
      const answer = answers.get(path);
      if (answer === null) return;
      response.writeHead(answer?.status ?? 200, answer?.headers).end(answer?.body ?? 'ok');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // a listening TCP server has an address with a port
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    answers,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface NotifyHarness {
  readonly sealer: Sealer;
  readonly now: () => number;
  readonly moveClock: (ms: number) => void;
  /** Runs what is due, and what that makes due, at the clock's time; returns how many timers ran. */
  readonly runDue: () => Promise<number>;
  /** Claims the timer of one message as a process that dies afterwards would. */
  readonly claimTimer: () => Promise<ClaimedTimer | undefined>;
}

export const leaseSeconds = 60;

/** The sending of messages alone, with a clock of its own. */
export function createNotifyHarness(database: TestDatabase, smtpUrl: string | null): NotifyHarness {
  let time = Date.parse('2026-06-10T12:00:00Z');
  const sealer = createSealer('a key of thirty-two characters or more');
  const deps = {
    pool: database.pool,
    sealer,
    dashboardUrl: () => 'https://tocsin.example.com',
    smtpUrl,
    mailFrom: 'Tocsin <tocsin@example.com>',
    logger: pino({ level: 'silent' }),
    now: () => time,
  };
  const jobs = new Map(notifyJobs(deps, createTools(deps)));
  const claim = (limit: number) => claimTimers(database.pool, ['notification.send'], time, leaseSeconds, limit);
  return {
    sealer,
    now: () => time,
    moveClock: (ms) => void (time += ms),
    claimTimer: async () => (await claim(1))[0],
    runDue: async () => {
      let ran = 0;
      for (let due = await claim(50); due.length > 0; due = await claim(50)) {
        await Promise.all(due.map(async (timer) => jobs.get(timer.kind)?.(timer)));
        ran += due.length;
      }
      return ran;
    },
  };
}

/** A person as the product stores them. @returns their id */
export async function insertPerson(
  database: TestDatabase,
  handle: string,
  email: string | null = null,
): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into person (handle, name, email, email_key, role) values ($1, initcap($1), $2, lower($2), 'responder') returning id`,
    [handle, email],
  );
  return rows[0]?.id ?? 0;
}

export async function insertContact(
  database: TestDatabase,
  personId: number,
  kind: string,
  address: string,
): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into contact (person_id, kind, name, address, verified_at) values ($1, $2, $3, $4, now()) returning id`,
    [personId, kind, `my ${kind}`, address],
  );
  return rows[0]?.id ?? 0;
}

export async function insertIncident(database: TestDatabase, title: string): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into incident (title, type, severity, phase, services, accepts_alerts, impact_started_at, opened_at, updated_at)
     values ($1, 'operational', 1, 'detected', '{checkout}', true, now(), now(), now()) returning id`,
    [title],
  );
  return rows[0]?.id ?? 0;
}

/** One open page of a person about an incident. */
export async function insertPage(database: TestDatabase, incidentId: number, personId: number): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    `with asked as (
       insert into escalation (incident_id, policy, state, reason, started_by, started_at)
       values ($1, '{}', 'running', 'opened', 'tocsin', now()) returning id)
     insert into page (escalation_id, incident_id, person_id, step, round, because, due_at, state)
     select id, $1, $2, 0, 0, 'on call', now(), 'open' from asked returning id`,
    [incidentId, personId],
  );
  return rows[0]?.id ?? 0;
}

export async function insertChannel(
  database: TestDatabase,
  sealer: Sealer,
  kind: string,
  settings: object,
  secret: string | null,
  mayReachPrivate = true,
): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into notification_channel (name, name_key, kind, settings, may_reach_private)
     values ($1, $1, $2, $3, $4) returning id`,
    [`${kind} ${Math.random()}`, kind, JSON.stringify(settings), mayReachPrivate],
  );
  const id = rows[0]?.id ?? 0;
  if (secret !== null) {
    const sealed = sealer.seal(secret, `channel:${id}`);
    await database.pool.query('update notification_channel set secret = $2 where id = $1', [id, sealed]);
  }
  return id;
}

export interface StoredNotification {
  readonly id: number;
  readonly key: string;
  readonly state: string;
  readonly reason: string | null;
  readonly contact_id: number | null;
  readonly email: string | null;
  readonly fallback_of: number | null;
  readonly bundled_into: number | null;
  readonly due_at: number;
  readonly attempts: readonly {
    readonly isRepeat: boolean;
    readonly outcome: string | null;
    readonly status: number | null;
    readonly error: string | null;
  }[];
}

export async function notificationsOf(
  database: TestDatabase,
  keyBegins: string,
): Promise<readonly StoredNotification[]> {
  const { rows } = await database.pool.query<StoredNotification>(
    `select n.id, n.key, n.state, n.reason, n.contact_id, n.email, n.fallback_of, n.bundled_into, n.due_at,
            (select coalesce(jsonb_agg(jsonb_build_object('isRepeat', a.is_repeat, 'outcome', a.outcome, 'status', a.status,
                                                          'error', a.error) order by a.number), '[]')
               from notification_attempt a where a.notification_id = n.id) as attempts
       from notification n where n.key like $1 || '/%' order by n.id`,
    [keyBegins],
  );
  return rows;
}
