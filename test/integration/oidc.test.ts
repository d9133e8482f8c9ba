import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, startApi } from '../support/apiServer.js';
import { createTestPerson } from '../support/people.js';
import { sessionOf } from '../support/tocsin.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

interface Claims {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
}

describe('signing in through an identity provider', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let base: string;
  let provider: Server;
  let issuer: string;
  /** Whom the provider signs in next. */
  let next: Claims = { sub: 'nobody' };
  let now = Date.now();

  beforeAll(async () => {
    database = await createTestDatabase();
    provider = createServer((request, response) => void callback(request, response));
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
    // Known only once it listens, and the provider has to know it: so the port is asked for first.
    const settings = { issuer, clientId: 'tocsin', clientSecret: 'geheim-geheim-geheim', name: 'Example ID' } as const;
    server = await startApi(database, {
      oidc: { ...settings, defaultRole: 'reporter' },
      dashboardUrl: () => base,
      now: () => now,
    });
    base = server.url.replace('/graphql', '');
    const oidc: Provider = new Provider(issuer, {
      clients: [
        {
          client_id: settings.clientId,
          client_secret: settings.clientSecret,
          redirect_uris: [`${base}/auth/oidc/callback`],
        },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      conformIdTokenClaims: false,
      findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ ...next, sub: id }) }),
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      loadExistingGrant: (context) => grantFor(oidc, context),
      pkce: { required: () => true },
    });
    const handle = oidc.callback();
    callback = async (request, response) => {
      if (!request.url?.startsWith('/interaction/')) return handle(request, response);
      await oidc.interactionFinished(request, response, { login: { accountId: next.sub } });
    };
  });
  afterAll(async () => {
    await server.stop();
    provider.closeAllConnections();
    provider.close();
    await database.drop();
  });
  let callback: (
    request: Parameters<ReturnType<Provider['callback']>>[0],
    response: Parameters<ReturnType<Provider['callback']>>[1],
  ) => unknown = () => undefined;

  const go = (url: string, cookie: string): Promise<Response> =>
    fetch(url, { redirect: 'manual', headers: { cookie } });
  /** As a browser does: every redirect of the provider, with its cookies, until it leads back to us. */
  async function leave(returnTo = '/'): Promise<{ readonly back: string; readonly cookie: string }> {
    const start = await go(`${base}/auth/oidc/start?returnTo=${encodeURIComponent(returnTo)}`, '');
    const cookie = start.headers.get('set-cookie')?.split(';')[0] ?? '';
    const jar = new Map<string, string>();
    let url = start.headers.get('location') ?? '';
    for (let hops = 0; hops < 10 && !url.startsWith(base); hops++) {
      const answer = await go(url, [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
      for (const set of answer.headers.getSetCookie()) {
        const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=', 2);
        jar.set(name, value);
      }
      url = new URL(answer.headers.get('location') ?? base, url).href;
    }
    return { back: url, cookie };
  }
  const whoIs = async (answer: Response): Promise<unknown> => {
    const cookie = `tocsin=${sessionOf(answer)}`;
    const { data } = await server.anonymous(
      '{ viewer { person { handle email role } session { method } } }',
      {},
      { cookie },
    );
    return data?.['viewer'];
  };
  const signIn = async (claims: Claims, returnTo = '/'): Promise<Response> => {
    next = claims;
    const { back, cookie } = await leave(returnTo);
    return go(back, cookie);
  };

  it('makes who comes for the first time, and finds them by their subject after', async () => {
    const claims = { sub: 's-1', email: 'Zoe@example.com', email_verified: true, name: 'Zoë' };
    const first = await signIn(claims, '/incidents?open=1');
    expect([first.status, first.headers.get('location')]).toEqual([302, '/incidents?open=1']);
    expect(await whoIs(first)).toEqual({
      person: { handle: 'zoe', email: 'Zoe@example.com', role: 'REPORTER' },
      session: { method: 'OIDC' },
    });
    // another address, the same subject
    const again = await signIn({ ...claims, email: 'other@example.com' });
    expect(await whoIs(again)).toMatchObject({ person: { handle: 'zoe', email: 'Zoe@example.com' } });
    expect(await (await fetch(`${base}/auth/state`)).json()).toMatchObject({ oidcName: 'Example ID' });
  });

  it('finds an account by a verified address alone, and only where it has no identity yet', async () => {
    await createTestPerson(database.pool, { handle: 'ada', role: 'manager' });
    await database.pool.query(
      `update person set email = 'ada@example.com', email_key = 'ada@example.com' where handle = 'ada'`,
    );
    const unverified = await signIn({
      sub: 's-evil',
      email: 'ada@example.com',
      email_verified: false,
      name: 'Mallory',
    });
    expect(await whoIs(unverified)).toMatchObject({ person: { handle: 'mallory', email: null, role: 'REPORTER' } });
    const own = await signIn({ sub: 's-ada', email: 'ADA@example.com', email_verified: true });
    expect(await whoIs(own)).toMatchObject({ person: { handle: 'ada', role: 'MANAGER' } });
    // the address went to somebody else at the provider
    const heir = await signIn({ sub: 's-heir', email: 'ada@example.com', email_verified: true });
    expect(heir.headers.get('location')).toBe('/sign-in?error=refused');
  });

  it('refuses who is switched off', async () => {
    await database.pool.query(`update person set is_active = false where handle = 'zoe'`);
    const answer = await signIn({ sub: 's-1' });
    expect([answer.headers.get('location'), sessionOf(answer)]).toEqual(['/sign-in?error=refused', '']);
  });

  it('takes what comes back once, in the browser that left, in time, and as it was sent', async () => {
    next = { sub: 's-2', name: 'Max' };
    const expired = '/sign-in?error=expired';
    const { back, cookie } = await leave();
    const other = await leave();
    // another browser's state, no cookie at all, no state
    for (const [url, with_] of [
      [back, other.cookie],
      [back, ''],
      [`${base}/auth/oidc/callback?code=x`, cookie],
    ] as const) {
      expect((await go(url, with_)).headers.get('location')).toBe(expired);
    }
    expect((await go(back, cookie)).headers.get('location')).toBe('/');
    expect((await go(back, cookie)).headers.get('location')).toBe(expired);

    const changed = new URL(other.back);
    changed.searchParams.set('iss', 'https://evil.example');
    expect((await go(changed.href, other.cookie)).headers.get('location')).toBe('/sign-in?error=refused');
    const noIssuer = await leave();
    const without = new URL(noIssuer.back);
    without.searchParams.delete('iss');
    expect((await go(without.href, noIssuer.cookie)).headers.get('location')).toBe('/sign-in?error=refused');
    const late = await leave();
    now += 10 * 60_000 + 1;
    expect((await go(late.back, late.cookie)).headers.get('location')).toBe(expired);
    const nonce = await leave();
    await database.pool.query(`update oidc_request set nonce = 'another'`);
    expect((await go(nonce.back, nonce.cookie)).headers.get('location')).toBe('/sign-in?error=refused');
    const { rows } = await database.pool.query(
      `select from event where kind = 'access.refused' and data ->> 'what' = 'signIn'`,
    );
    expect(rows.length).toBeGreaterThan(0);
  });

  it('leads nobody elsewhere', async () => {
    next = { sub: 's-2' };
    for (const returnTo of ['//evil.example', '/\\evil.example', 'https://evil.example/']) {
      const { back, cookie } = await leave(returnTo);
      expect((await go(back, cookie)).headers.get('location')).toBe('/');
    }
  });
});

/** Everybody has agreed to everything: what is asked for is not the matter here. */
async function grantFor(oidc: Provider, { oidc: asked }: KoaContextWithOIDC) {
  const [clientId, accountId] = [asked.client?.clientId, asked.session?.accountId];
  if (clientId === undefined || accountId === undefined) return undefined;
  const grant = new oidc.Grant({ clientId, accountId });
  grant.addOIDCScope('openid email profile');
  await grant.save();
  return grant;
}
