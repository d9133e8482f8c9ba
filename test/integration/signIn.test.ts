import { createLink } from '@tocsin/schema/postgres/oneTimeLink';
import { setupLink } from '@tocsin/server/auth/firstAdmin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, startApi } from '../support/apiServer.js';
import { sessionOf } from '../support/tocsin.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const ada = { name: 'Ada Byron', email: 'Ada@example.com', password: 'correct horse battery' } as const;

describe('signing in', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let base: string;
  let now = Date.now();
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database, { now: () => now, isTrustedProxy: (address) => address === '127.0.0.1' });
    base = server.url.replace('/graphql', '');
    await database.pool.query('delete from api_token');
    await database.pool.query('delete from person');
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  const post = (path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const errorOf = async (response: Response): Promise<unknown> => {
    const { error } = (await response.json()) as { error: { code: string } };
    return [response.status, error.code];
  };
  const isGood = async (session: string): Promise<boolean> =>
    (await server.anonymous('{ logCursor }', {}, { cookie: `tocsin=${session}` })).status === 200;
  const signIn = (password: string, address = '198.51.100.1', account: string = ada.email): Promise<Response> =>
    post('/auth/sign-in', { account, password }, { 'x-forwarded-for': address });
  const events = async (kind: string): Promise<readonly Record<string, unknown>[]> => {
    const { rows } = await database.pool.query<{ data: Record<string, unknown> }>(
      'select data from event where kind = $1 order by xid, position',
      [kind],
    );
    return rows.map(({ data }) => data);
  };

  it('begins with a link that creates the admin, once, whoever opens it at the same time', async () => {
    const old = await setupLink(database.pool, base, now);
    const link = await setupLink(database.pool, base, now);
    const token = link?.split('#setup=')[1] ?? '';
    expect(link).toBe(`${base}/sign-in#setup=${token}`);
    expect(await (await fetch(`${base}/auth/state`)).json()).toEqual({
      isSignedIn: false,
      needsSetup: true,
      oidcName: null,
    });
    // a later start takes the earlier link back
    expect(await errorOf(await post('/auth/setup', { token: old?.split('#setup=')[1] ?? '', ...ada }))).toEqual([
      404,
      'NOT_FOUND',
    ]);
    expect(await errorOf(await post('/auth/setup', { token, ...ada, password: 'too short' }))).toEqual([
      400,
      'INVALID_INPUT',
    ]);

    const answers = await Promise.all(
      [1, 2, 3].map((n) => post('/auth/setup', { token, ...ada, email: `ada${n}@example.com` })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404, 404]);
    const winner = answers.find(({ status }) => status === 200);
    expect(winner?.headers.get('set-cookie')).toMatch(
      /^tocsin=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(await isGood(sessionOf(winner ?? answers[0] ?? Response.error()))).toBe(true);
    const { rows } = await database.pool.query('select role from person');
    expect(rows).toEqual([{ role: 'admin' }]);
    expect(await setupLink(database.pool, base, now)).toBeNull();
    await database.pool.query(`update person set email = $1, email_key = lower($1)`, [ada.email]);
    expect(await (await fetch(`${base}/auth/state`)).json()).toMatchObject({ needsSetup: false });
    expect((await events('access.granted')).map(({ how }) => how)).toEqual(['setup', 'password']);
  });

  it('takes address and password, or handle, and answers every failure with the same sentence', async () => {
    const good = await signIn(ada.password, '198.51.100.1', ' ADA@EXAMPLE.COM ');
    expect(good.status).toBe(200);
    const wrong = [await signIn('wrong password'), await signIn(ada.password, '198.51.100.1', 'nobody@example.com')];
    await database.pool.query('update person set is_active = false');
    wrong.push(await signIn(ada.password));
    await database.pool.query('update person set is_active = true');
    const answers = await Promise.all(wrong.map(async (each) => [each.status, await each.text()]));
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(answers[0]?.[0]).toBe(401);
  });

  it('begins a session of its own whatever cookie came along', async () => {
    const planted = 'x'.repeat(43);
    const answer = await post(
      '/auth/sign-in',
      { account: ada.email, password: ada.password },
      { cookie: `tocsin=${planted}` },
    );
    expect(sessionOf(answer)).not.toBe(planted);
    expect(await isGood(planted)).toBe(false);
    const other = await post(
      '/auth/sign-in',
      { account: ada.email, password: ada.password },
      { cookie: `tocsin=${sessionOf(answer)}` },
    );
    expect(sessionOf(other)).not.toBe(sessionOf(answer));
  });

  it('ends the session at sign-out, and only that', async () => {
    const [one, two] = [sessionOf(await signIn(ada.password)), sessionOf(await signIn(ada.password))];
    const answer = await post('/auth/sign-out', {}, { cookie: `tocsin=${one}` });
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    await expect.poll(() => isGood(one)).toBe(false);
    expect(await isGood(two)).toBe(true);
    expect((await events('access.ended')).at(-1)).toMatchObject({ what: 'session', because: 'signedOut' });
  });

  it('ends a session after twelve hours without use, and after thirty days with it', async () => {
    const session = sessionOf(await signIn(ada.password));
    const began = now;
    now += 11 * 3_600_000;
    expect(await isGood(session)).toBe(true);
    now += 11 * 3_600_000;
    expect(await isGood(session)).toBe(true);
    now += 12 * 3_600_000 + 1;
    expect(await isGood(session)).toBe(false);

    const busy = sessionOf(await signIn(ada.password));
    const start = now;
    while (now < start + 30 * 86_400_000 - 11 * 3_600_000) {
      now += 11 * 3_600_000;
      expect(await isGood(busy)).toBe(true);
    }
    now = start + 30 * 86_400_000 + 1;
    expect(await isGood(busy)).toBe(false);
    now = began;
  });

  it('refuses pages of other origins, whatever they bring along', async () => {
    const session = sessionOf(await signIn(ada.password));
    const foreign = { origin: 'https://evil.example', cookie: `tocsin=${session}` };
    for (const path of ['/auth/sign-in', '/auth/sign-out', '/auth/setup', '/auth/link']) {
      expect(await errorOf(await post(path, {}, foreign))).toEqual([403, 'FORBIDDEN']);
    }
    expect((await server.anonymous('{ logCursor }', {}, foreign)).status).toBe(403);
    expect(await isGood(session)).toBe(true);
    // what a form can send is no JSON
    const form = await fetch(`${base}/auth/sign-in`, {
      method: 'POST',
      body: new URLSearchParams({ account: 'a', password: 'b' }),
    });
    expect(form.status).toBe(415);
  });

  it('sends nobody to another site', async () => {
    const given = [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      '/\t/evil.example',
      'javascript:alert(1)',
      '/incidents?a=b#c',
    ];
    const went: unknown[] = [];
    for (const returnTo of given) {
      const token = await createLink(database.pool, {
        purpose: 'sign_in',
        personId: await adaId(),
        expiresAt: now + 60_000,
      });
      const answer = await post('/auth/link', { token, returnTo });
      went.push(((await answer.json()) as { returnTo: string }).returnTo);
    }
    expect(went).toEqual(['/', '/', '/', '/', '/', '/incidents?a=b#c']);
  });
  const adaId = async (): Promise<number> =>
    (await database.pool.query<{ id: number }>('select id from person limit 1')).rows[0]?.id ?? 0;

  it('takes a link once, until it ends, and for its own purpose alone', async () => {
    const personId = await adaId();
    const link = { purpose: 'sign_in', personId, expiresAt: now + 60_000 } as const;
    const token = await createLink(database.pool, link);
    expect(await errorOf(await post('/auth/reset-password', { token, password: 'another password' }))).toEqual([
      404,
      'NOT_FOUND',
    ]);
    expect(await (await post('/auth/read-link', { token })).json()).toMatchObject({
      purpose: 'sign_in',
      email: ada.email,
    });
    expect((await post('/auth/link', { token })).status).toBe(200);
    expect(await errorOf(await post('/auth/link', { token }))).toEqual([404, 'NOT_FOUND']);
    const late = await createLink(database.pool, link);
    now += 60_001;
    expect(await errorOf(await post('/auth/link', { token: late }))).toEqual([404, 'NOT_FOUND']);
  });

  it('ends every session with a new password', async () => {
    const session = sessionOf(await signIn(ada.password));
    const token = await createLink(database.pool, {
      purpose: 'password_reset',
      personId: await adaId(),
      expiresAt: now + 60_000,
    });
    const answer = await post('/auth/reset-password', { token, password: 'quite another password' });
    expect(answer.status).toBe(200);
    await expect.poll(() => isGood(session)).toBe(false);
    expect((await signIn('quite another password')).status).toBe(200);
  });

  it('lets five failures of an account from one address pass in a quarter of an hour, counted before they are made', async () => {
    const statuses = (await Promise.all(Array.from({ length: 9 }, () => signIn('wrong password', '203.0.113.9')))).map(
      ({ status }) => status,
    );
    expect(statuses.toSorted((a, b) => a - b)).toEqual([...Array<number>(5).fill(401), ...Array<number>(4).fill(429)]);
    expect((await signIn('quite another password', '203.0.113.9')).status).toBe(429);
    // the same account from elsewhere
    expect((await signIn('quite another password', '203.0.113.10')).status).toBe(200);
    now += 15 * 60_000 + 1;
    expect((await signIn('quite another password', '203.0.113.9')).status).toBe(200);
  });

  it('lets thirty failures from one address pass, whatever the accounts', async () => {
    for (let n = 0; n < 30; n++) {
      expect((await signIn('wrong password', '203.0.113.20', `somebody${n}`)).status).toBe(401);
    }
    expect((await signIn('quite another password', '203.0.113.20')).status).toBe(429);
  });
});
