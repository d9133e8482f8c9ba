import { hashOfSecret, newSecret } from '@tocsin/schema/postgres/oneTimeLink';
import { createSealer } from '@tocsin/schema/runtime/sealer';
import { createRespond } from '@tocsin/server/respond/respond';
import { pino } from 'pino';
import { type Answer, type ApiServer, type Ask, startApi } from './apiServer.js';
import { startMailServer, startWebServer, type TestMailServer, type TestWebServer } from './notifyHarness.js';
import { createTestDatabase, type TestDatabase } from './testDatabase.js';

/** The API, what sends its messages, and where they go. */
export interface NotifyApi {
  readonly database: TestDatabase;
  readonly smtp: TestMailServer;
  readonly web: TestWebServer;
  readonly api: ApiServer;
  /** Where the routes beside GraphQL begin. */
  readonly site: string;
  /** Forgets what has arrived. */
  readonly clear: () => void;
  readonly stop: () => Promise<void>;
}

export async function startNotifyApi(): Promise<NotifyApi> {
  const sealer = createSealer('a key of thirty-two characters or more');
  const database = await createTestDatabase();
  const smtp = await startMailServer();
  const web = await startWebServer();
  const api = await startApi(database, { sealer, mailIsSetUp: true });
  const site = api.url.replace(/\/graphql$/, '');
  const respond = createRespond({
    databaseUrl: database.url,
    sealer,
    dashboardUrl: () => site,
    smtpUrl: smtp.url,
    mailFrom: 'tocsin@example.com',
    logger: pino({ level: 'silent' }),
  });
  await respond.start();
  return {
    database,
    smtp,
    web,
    api,
    site,
    clear: () => {
      smtp.mails.length = 0;
      web.requests.length = 0;
    },
    stop: async () => {
      await respond.stop();
      await api.stop();
      await smtp.stop();
      await web.stop();
      await database.drop();
    },
  };
}

/** The one field that was asked for. @throws where it was refused */
export function only(answer: Answer): Record<string, unknown> {
  // a wrong shape fails the assertion that reads it
  return onlyOf(answer) as Record<string, unknown>;
}

/** The same of a field that has no fields of its own. */
export function onlyOf({ data, errors }: Answer): unknown {
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return Object.values(data ?? {})[0];
}

/** Contacts are nobody's business but a person's who is signed in: no token does. */
export async function signedIn({ api, database, site }: NotifyApi, handle: string): Promise<Ask> {
  await api.as({ handle });
  const secret = newSecret('');
  await database.pool.query(
    `insert into session (hash, person_id, method, expires_at, address, user_agent)
     select $1, id, 'link', now() + interval '1 hour', '127.0.0.1', 'test' from person where handle = $2`,
    [hashOfSecret(secret), handle],
  );
  const headers = { cookie: `tocsin=${secret}`, origin: site };
  return (query, variables = {}) => api.ask(query, variables, headers);
}

export const codeOf = (answer: Answer): unknown => answer.errors[0]?.extensions['code'];

export const saveChannel = `mutation ($input: ChannelInput!, $v: Int) { saveNotificationChannel(input: $input, expectedVersion: $v) { id version hasSecret settings { name value } } }`;
