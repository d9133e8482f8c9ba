import { type Role, roles } from '@tocsin/schema/domain/role';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, type Ask, connect, startApi } from '../support/apiServer.js';
import { addIncident } from '../support/fixtures.js';
import { createTestPerson } from '../support/people.js';
import { expectedPermissions } from '../support/permissionMatrix.js';
import { seed } from '../support/permissionSeeds.js';
import { collect } from '../support/subscription.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const rows = expectedPermissions();
const rowOf = (key: string) => rows.find((row) => row.key === key);

/** How a field is reached; `$id` is the thing, or the other person. Fields that lead to incidents are asked elsewhere. */
const reached: Readonly<Record<string, string>> = {
  'Person.email': '{ person(id: "$id") { it: email } }',
  'Person.hasPassword': '{ person(id: "$id") { it: hasPassword } }',
  'Person.lastSeenAt': '{ person(id: "$id") { it: lastSeenAt } }',
  'Person.notificationSettings': '{ person(id: "$id") { it: notificationSettings { quietHours { __typename } } } }',
  'Integration.secrets': '{ integration(id: "$id") { it: secrets { hint } } }',
  'Integration.deadLetters': '{ integration(id: "$id") { it: deadLetters { nodes { id } } } }',
  'Integration.recentBodies': '{ integration(id: "$id") { it: recentBodies { __typename } } }',
  'Integration.deliveries': '{ integration(id: "$id") { it: deliveries { __typename } } }',
  'Integration.reconcileUrl': '{ integration(id: "$id") { it: reconcileUrl } }',
  'NotificationChannel.settings': '{ notificationChannels { it: settings { name } } }',
  'NotificationChannel.lastError': '{ notificationChannels { it: lastError } }',
  'Incident.notifications': '{ incident(id: "$id") { it: notifications { nodes { id } } } }',
  'Incident.csat': '{ incident(id: "$id") { it: csat { __typename } } }',
  'StatusPage.subscriberCount': '{ statusPage { it: subscriberCount } }',
};

/** What is one's own: asked of somebody else. */
const others: Readonly<Record<string, string>> = {
  'Query.sessions': '{ sessions(personId: "$id") { id } }',
  'Query.apiTokens': '{ apiTokens(personId: "$id") { id } }',
  'Mutation.createApiToken':
    'mutation { createApiToken(input: { name: "x", scopes: [READ], personId: "$id" }) { secret } }',
  'Mutation.revokeSession': 'mutation { revokeSession(id: "$session") }',
  'Mutation.revokeApiToken': 'mutation { revokeApiToken(id: "$token") }',
};

describe('the permission table below its roots', () => {
  let database: TestDatabase;
  let server: ApiServer;
  const asks = new Map<Role, Ask>();
  const tokens = new Map<Role, string>();
  let other: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database);
    await createTestPerson(database.pool, { handle: 'author', teams: { Payments: 'viewer' } });
    other = String((await createTestPerson(database.pool, { handle: 'other', role: 'viewer' })).id);
    await database.pool.query(
      `update person set email = handle || '@example.com', email_key = handle || '@example.com'`,
    );
    for (const role of roles) {
      const { token } = await createTestPerson(database.pool, { handle: `a-${role}`, role });
      tokens.set(role, token);
      asks.set(role, await server.as({ token }));
    }
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  const codesOf = async (document: string) => {
    const found: unknown[] = [];
    for (const [role, ask] of asks) {
      const { errors, data } = await ask(document);
      const code = errors[0]?.extensions['code'] ?? 'allowed';
      // The thing itself stays, only the field is missing; the number of subscribers is never missing, and asked by itself.
      if (document.includes('it:') && !document.includes('subscriberCount'))
        expect([role, data]).not.toEqual([role, null]);
      found.push([role, code]);
    }
    return found;
  };
  const expected = (key: string) =>
    roles.map((role) => [role, rowOf(key)?.roles.has(role) === true ? 'allowed' : 'FORBIDDEN']);

  it.each(Object.entries(reached))('holds for %s', async (key, document) => {
    const row = rowOf(key);
    if (row === undefined) throw new Error(`The table has no ${key}`);
    const seeded = row.subject === 'person' ? { id: other } : await seed(database, row, 'http://127.0.0.1:9');
    expect(await codesOf(document.replace('$id', idOf(seeded)))).toEqual(expected(key));
  });

  it.each(Object.entries(others))('keeps %s to oneself and to admins', async (key, document) => {
    const { pool } = database;
    await pool.query(
      `insert into session (hash, person_id, method, expires_at, address, user_agent)
       values (sha256($1::bytea), $2, 'password', now() + interval '1 hour', '', '')`,
      [`for ${key}`, other],
    );
    const { rows: ids } = await pool.query<{ session: number; token: number }>(
      `select (select max(id) from session where person_id = $1) as session, (select max(id) from api_token where person_id = $1) as token`,
      [other],
    );
    const text = document
      .replace('$id', other)
      .replace('$session', String(ids[0]?.session))
      .replace('$token', String(ids[0]?.token));
    expect(await codesOf(text)).toEqual(roles.map((role) => [role, role === 'admin' ? 'allowed' : 'FORBIDDEN']));
  });

  it('holds for subscriptions', async () => {
    const { id } = await addIncident(database.pool);
    const streams = {
      'Subscription.incidentEvents': 'incidentEvents { cursor }',
      'Subscription.incidentTimeline': `incidentTimeline(incidentId: "${id}") { cursor }`,
      'Subscription.alertEvents': 'alertEvents { cursor }',
      'Subscription.deliveryEvents': 'deliveryEvents { cursor }',
      'Subscription.incidentPresence': `incidentPresence(incidentId: "${id}") { present { isTyping } }`,
    };
    for (const [key, text] of Object.entries(streams)) {
      for (const role of roles) {
        const client = connect(server.webSocketUrl, { token: tokens.get(role) });
        const subscription = collect(client, `subscription { ${text} }`, {});
        if (rowOf(key)?.roles.has(role) === true) await subscription.started();
        else
          expect([key, role, await subscription.failure()]).toMatchObject([
            key,
            role,
            [{ extensions: { code: 'FORBIDDEN' } }],
          ]);
        await client.dispose();
      }
    }
  });

  it('shows what is one’s own to oneself', async () => {
    const ask = await server.as({ handle: 'other', role: 'viewer' });
    const { data, errors } = await ask(
      `{ person(id: "${other}") { email hasPassword lastSeenAt notificationSettings { quietHours { __typename } } } sessions { id } apiTokens { name } }`,
    );
    expect(errors).toEqual([]);
    expect(data).toMatchObject({ person: { email: 'other@example.com', hasPassword: false } });
  });
});

function idOf({ id }: Readonly<Record<string, unknown>>): string {
  return typeof id === 'string' ? id : '';
}
