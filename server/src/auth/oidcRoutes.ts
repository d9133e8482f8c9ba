import { sessionLongestMs } from '@tocsin/schema/postgres/session';
import { DomainFailure } from '@tocsin/schema/domain/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addressOf } from './address.js';
import type { AuthDeps } from './deps.js';
import { createOidcClient, OidcRefused } from './oidc.js';
import { signInByIdentity } from './oidcSignIn.js';
import { pathOfOurs } from './returnTo.js';

/**
 * `GET /auth/oidc/start?returnTo=/incidents` sends the browser to the identity provider, `GET /auth/oidc/callback` takes it
 * back: to `returnTo`, or to `/sign-in?error=expired|refused|unreachable`.
 */
export function oidcRoutes(app: FastifyInstance, auth: AuthDeps): void {
  const { oidc, cookies, refusals } = auth;
  if (oidc === null) return;
  const client = createOidcClient(auth, oidc);

  async function turnAway(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const isExpected = error instanceof OidcRefused || error instanceof DomainFailure;
    if (!isExpected) throw error;
    const word = error instanceof OidcRefused ? error.word : 'refused';
    const address = addressOf(request.raw, auth.isTrustedProxy);
    const detail = `identity provider, from ${address}: ${error.message}`;
    refusals.note({ kind: 'system', name: 'sign-in' }, { what: 'signIn', permission: null, detail });
    await reply.redirect(`/sign-in?error=${word}`, 302);
  }

  app.get('/auth/oidc/start', async (request: FastifyRequest<{ Querystring: Record<string, unknown> }>, reply) => {
    try {
      const { url, browser } = await client.begin(pathOfOurs(request.query['returnTo']));
      return await reply.header('set-cookie', cookies.beginBrowser(browser)).redirect(url, 302);
    } catch (error) {
      return turnAway(error, request, reply);
    }
  });

  app.get('/auth/oidc/callback', async (request: FastifyRequest<{ Querystring: Record<string, unknown> }>, reply) => {
    const { state } = request.query;
    const query = request.url.split('?')[1] ?? '';
    try {
      const browser = cookies.browser(request.headers.cookie);
      const { identity, returnTo } = await client.finish(query, typeof state === 'string' ? state : '', browser);
      const end = {
        address: addressOf(request.raw, auth.isTrustedProxy),
        userAgent: request.headers['user-agent'] ?? '',
      };
      const { secret } = await signInByIdentity(auth, oidc, identity, end);
      return await reply.header('set-cookie', cookies.begin(secret, sessionLongestMs / 1_000)).redirect(returnTo, 302);
    } catch (error) {
      return turnAway(error, request, reply);
    }
  });
}
