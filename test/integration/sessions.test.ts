import { createHash } from 'node:crypto';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, type Ask, connect, startApi } from '../support/apiServer.js';
import { createTestPerson, createTestToken } from '../support/people.js';
import { collect } from '../support/subscription.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const allScopes = ['READ', 'REPORT', 'RESPOND', 'CONFIGURE', 'ADMINISTER'];

describe('people, sessions and tokens', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let other: ApiServer;
  let pool: Pool;
  beforeAll(async () => {
    database = await createTestDatabase();
    ({ pool } = database);
    server = await startApi(database);
    other = await startApi(database);
  });
  afterAll(async () => {
    await Promise.all([server.stop(), other.stop()]);
    await database.drop();
  });

  const codeOf = async (ask: Ask, query: string, variables: Record<string, unknown> = {}): Promise<unknown> => {
    const { data, errors } = await ask(query, variables);
    return errors[0]?.extensions['code'] ?? data;
  };
  const sessionFor = async (personId: number): Promise<string> => {
    const secret = `session-of-${personId}-${Math.random().toString(36).slice(2).padEnd(20, 'x')}`;
    await pool.query(
      `insert into session (hash, person_id, method, expires_at, address, user_agent)
       values ($1, $2, 'password', now() + interval '1 hour', '127.0.0.1', 'test')`,
      [createHash('sha256').update(secret).digest(), personId],
    );
    return secret;
  };
  const asSession =
    (secret: string): Ask =>
    (query, variables = {}) =>
      server.anonymous(query, variables, { cookie: `tocsin=${secret}` });

  it('answers 401 to nobody, to a wrong token whatever the cookie says, and to introspection', async () => {
    const { id } = await createTestPerson(pool, { handle: 'ada' });
    const cookie = `tocsin=${await sessionFor(id)}`;
    expect((await server.anonymous('{ logCursor }', {}, { cookie })).status).toBe(200);
    const wrong = [
      {},
      { authorization: 'Bearer tkp_wrong' },
      { authorization: 'Basic x', cookie },
      { authorization: 'Bearer tkp_wrong', cookie },
    ];
    for (const headers of wrong) {
      const { status, errors } = await server.anonymous('{ __schema { types { name } } }', {}, headers);
      expect([status, errors[0]?.extensions['code']]).toEqual([401, 'UNAUTHENTICATED']);
    }
  });

  it('tells who asks, and with what', async () => {
    const { id, token } = await createTestPerson(pool, {
      handle: 'bea',
      name: 'Bea',
      role: 'responder',
      teams: { Payments: 'manager' },
    });
    const query =
      '{ viewer { person { handle name role email teams { team { name } role } } session { isCurrent } apiToken { hint } permissions } }';
    const { data } = await (await server.as({ token }))(query);
    expect(data?.['viewer']).toMatchObject({
      person: {
        handle: 'bea',
        name: 'Bea',
        role: 'RESPONDER',
        teams: [{ team: { name: 'Payments' }, role: 'MANAGER' }],
      },
      session: null,
      apiToken: { hint: 'test' },
    });
    const { data: own } = await asSession(await sessionFor(id))(query);
    expect(own?.['viewer']).toMatchObject({ session: { isCurrent: true }, apiToken: null });
    const { permissions } = (own ?? {})['viewer'] as { permissions: string[] };
    expect(permissions).toEqual(expect.arrayContaining(['Mutation.saveTeam', 'Mutation.updateProfile']));
    expect(permissions).not.toContain('Mutation.applyConfiguration');
  });

  it('ends what somebody is signed in with when they are switched off, in every process', async () => {
    const { id, token } = await createTestPerson(pool, { handle: 'cleo', role: 'responder' });
    const [here, there] = [await server.as({ token }), await other.as({ token })];
    for (const ask of [here, there]) expect((await ask('{ logCursor }')).status).toBe(200);
    await server.ask('mutation ($id: ID!) { deactivatePerson(id: $id) { isActive } }', { id: String(id) });
    for (const ask of [here, there]) await expect.poll(async () => (await ask('{ logCursor }')).status).toBe(401);
    await server.ask('mutation ($id: ID!) { reactivatePerson(id: $id) { isActive } }', { id: String(id) });
    // the tokens of before stay ended
    expect((await here('{ logCursor }')).status).toBe(401);
  });

  it('keeps one admin, whoever takes turns', async () => {
    const people = await Promise.all(['dan', 'eve'].map((handle) => createTestPerson(pool, { handle })));
    const { rows } = await pool.query<{ id: number }>(`select id from person where role = 'admin' and is_active`);
    const demote = 'mutation ($id: ID!) { setPersonRole(id: $id, role: VIEWER) { role } }';
    const asks = await Promise.all(people.map((person) => server.as(person)));
    const answers = await Promise.all(
      rows.map(({ id }, n) => codeOf(asks[n % 2] ?? server.ask, demote, { id: String(id) })),
    );
    const left = await pool.query<{ count: number }>(
      `select count(*) as count from person where role = 'admin' and is_active`,
    );
    expect(left.rows).toEqual([{ count: expect.any(Number) }]);
    expect(Number(left.rows[0]?.count)).toBeGreaterThanOrEqual(1);
    expect(answers.some((each) => each === 'CONFLICT' || each === 'FORBIDDEN' || each === null)).toBe(true);
    await pool.query(`update person set role = 'admin' where id = any($1)`, [rows.map(({ id }) => id)]);
    const single = await createTestPerson(pool, { handle: 'last' });
    await pool.query(`update person set role = 'viewer' where handle <> 'last'`);
    await expect.poll(() => codeOf(server.ask, demote, { id: String(single.id) })).toBe('FORBIDDEN');
    const last = await server.as(single);
    expect(await codeOf(last, demote, { id: String(single.id) })).toBe('CONFLICT');
    expect(
      await codeOf(last, 'mutation ($id: ID!) { deactivatePerson(id: $id) { id } }', { id: String(single.id) }),
    ).toBe('CONFLICT');
    await pool.query(`update person set role = 'admin' where handle in ('operator', 'last')`);
  });

  it('gives nobody more than who gives has', async () => {
    const manager = await createTestPerson(pool, { handle: 'max', role: 'manager' });
    const inTeam = await createTestPerson(pool, { handle: 'tina', role: 'viewer', teams: { Search: 'manager' } });
    const [max, tina] = await Promise.all([server.as(manager), server.as(inTeam)]);
    const invite = 'mutation ($input: InvitationInput!) { invitePerson(input: $input) { url invitation { role } } }';
    const grant = (role: string, teams: readonly object[] = []) => ({ input: { role, teams } });
    expect(await codeOf(max, invite, grant('ADMIN'))).toBe('FORBIDDEN');
    expect(await codeOf(max, invite, grant('MANAGER'))).toMatchObject({
      invitePerson: { invitation: { role: 'MANAGER' } },
    });
    expect(await codeOf(tina, invite, grant('VIEWER'))).toBe('FORBIDDEN');
    expect(await codeOf(tina, invite, grant('RESPONDER', [{ team: 'Search', role: 'RESPONDER' }]))).toBe('FORBIDDEN');
    expect(await codeOf(tina, invite, grant('VIEWER', [{ team: 'Payments', role: 'RESPONDER' }]))).toBe('FORBIDDEN');
    expect(await codeOf(tina, invite, grant('VIEWER', [{ team: 'Search', role: 'ADMIN' }]))).toBe('FORBIDDEN');
    expect(await codeOf(tina, invite, grant('VIEWER', [{ team: ' search ', role: 'MANAGER' }]))).toMatchObject({
      invitePerson: {},
    });
    expect(
      await codeOf(max, 'mutation ($id: ID!) { setPersonRole(id: $id, role: ADMIN) { id } }', {
        id: String(manager.id),
      }),
    ).toBe('FORBIDDEN');
    // a token for the admin would be the admin
    const admin = await createTestPerson(pool, { handle: 'operator' });
    const create = 'mutation ($input: ApiTokenInput!) { createApiToken(input: $input) { secret } }';
    const input = { name: 'x', scopes: allScopes, personId: String(admin.id) };
    expect(await codeOf(max, create, { input })).toBe('FORBIDDEN');
  });

  it('makes tokens with no more than what makes them, and ends them', async () => {
    const { id } = await createTestPerson(pool, { handle: 'flo', role: 'responder' });
    const reader = await server.as({ token: await createTestToken(pool, id, { scopes: ['read'] }) });
    const create =
      'mutation ($input: ApiTokenInput!) { createApiToken(input: $input) { secret apiToken { id hint scopes expiresAt } } }';
    expect(await codeOf(reader, create, { input: { name: 'more', scopes: ['RESPOND'] } })).toBe('FORBIDDEN');
    const session = asSession(await sessionFor(id));
    const { data } = await session(create, { input: { name: 'robot', scopes: ['READ'] } });
    const made = data?.['createApiToken'] as { secret: string; apiToken: { id: string; hint: string } };
    expect(made.secret).toMatch(/^tkp_[\w-]{43}$/);
    const robot = await server.as({ token: made.secret });
    expect((await robot('{ logCursor }')).status).toBe(200);
    expect(await codeOf(robot, 'mutation { acknowledgeIncident(id: "1") { id } }')).toBe('FORBIDDEN');
    // what only a person at a browser does
    expect(await codeOf(robot, 'mutation { revokeOtherSessions }')).toBe('FORBIDDEN');
    const { data: list } = await session('{ apiTokens { id name } }');
    expect(list?.['apiTokens']).toContainEqual({ id: made.apiToken.id, name: 'robot' });
    expect(await codeOf(session, 'mutation ($id: ID!) { revokeApiToken(id: $id) }', { id: made.apiToken.id })).toEqual({
      revokeApiToken: true,
    });
    await expect.poll(async () => (await robot('{ logCursor }')).status).toBe(401);
    const stranger = await server.as({ handle: 'gil', role: 'manager' });
    expect(await codeOf(stranger, '{ sessions(personId: 1) { id } }')).toBe('FORBIDDEN');
  });

  it('lists own sessions and ends the others', async () => {
    const { id } = await createTestPerson(pool, { handle: 'hal', role: 'viewer' });
    const [one, two] = [await sessionFor(id), await sessionFor(id)];
    const { data } = await asSession(one)('{ sessions { isCurrent address } }');
    const sessions = (data?.['sessions'] ?? []) as readonly { readonly isCurrent: boolean }[];
    expect(sessions.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
    expect(sessions).toHaveLength(2);
    expect(await codeOf(asSession(one), 'mutation { revokeOtherSessions }')).toEqual({ revokeOtherSessions: 1 });
    await expect.poll(async () => (await asSession(two)('{ logCursor }')).status).toBe(401);
    expect((await asSession(one)('{ logCursor }')).status).toBe(200);
  });

  it('closes a subscription whose token is revoked, has expired, or whose person’s rights moved', async () => {
    const { id } = await createTestPerson(pool, { handle: 'ida', role: 'responder' });
    const ended: unknown[] = [];
    for (const end of [
      `update api_token set revoked_at = now() where person_id = $1`,
      `update person set role = 'viewer' where id = $1`,
      `insert into team_member (team_id, person_id, role) select t.id, $1, 'viewer' from team t limit 1`,
    ]) {
      const client = connect(server.webSocketUrl, { token: await createTestToken(pool, id) });
      const subscription = collect(client, 'subscription { incidentEvents { cursor } }', {});
      await subscription.started();
      await pool.query(end, [id]);
      ended.push(await subscription.failure());
      await client.dispose();
    }
    expect(ended).toMatchObject([{ code: 4403 }, { code: 4403 }, { code: 4403 }]);
    const late = connect(server.webSocketUrl, { token: await createTestToken(pool, id, { expiresIn: 1 }) });
    const subscription = collect(late, 'subscription { incidentEvents { cursor } }', {});
    expect(await subscription.failure()).toMatchObject({ code: 4403 });
    await late.dispose();
    const nobody = connect(server.webSocketUrl, { token: 'tkp_wrong' });
    expect(await collect(nobody, 'subscription { incidentEvents { cursor } }', {}).failure()).toMatchObject({
      code: 4401,
    });
    await nobody.dispose();
  });

  it('refuses the eleventh thing of one mutation', async () => {
    const many = (count: number) =>
      `mutation { ${Array.from({ length: count }, (_, n) => `a${n}: revokeOtherSessions`).join(' ')} }`;
    expect(await codeOf(server.ask, many(11))).toBe('QUERY_TOO_COMPLEX');
    expect(await codeOf(server.ask, `mutation { ...f ...f } fragment f on Mutation { ${many(6).slice(11, -1)} }`)).toBe(
      'QUERY_TOO_COMPLEX',
    );
    expect(await codeOf(server.ask, many(10))).not.toBe('QUERY_TOO_COMPLEX');
  });
});
