import { recordAccess } from '@tocsin/schema/postgres/accessEvent';
import { readLink } from '@tocsin/schema/postgres/oneTimeLink';
import { hasAdmin, personsById } from '@tocsin/schema/postgres/person';
import { revokeSessions, sessionLongestMs } from '@tocsin/schema/postgres/session';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf } from '../context.js';
import { ApiFailure } from '../errors.js';
import type { RouteDeps } from '../routes.js';
import { addressOf } from './address.js';
import { refusalOfOrigin } from './admission.js';
import type { AuthDeps } from './deps.js';
import { answerFailure, bodyOf } from './answer.js';
import { acceptInvitation, resetPassword, setUp, signInByLink } from './links.js';
import { oidcRoutes } from './oidcRoutes.js';
import { pathOfOurs } from './returnTo.js';
import type { Client, SignedIn } from './session.js';
import { signInWithPassword } from './signIn.js';

const token = z.string().min(10).max(200);
const password = z.string().max(1_000);
const account = z.object({
  token,
  name: z.string().trim().min(1).max(100),
  email: z.email().max(254).nullable().optional().default(null),
  password,
});
const returnTo = z.string().optional();

/**
 * Signing in and out, beside GraphQL because cookies are set. Bodies and answers are JSON; a refusal is
 * `{ error: { code, message, field? } }` with 400, 401, 403, 404 or 429.
 *
 * `GET /auth/state` → `{ isSignedIn, needsSetup, oidcName }`
 * `POST /auth/sign-in { account, password, returnTo? }`, `/auth/setup` and `/auth/accept-invitation { token, name, email?,
 * password }`, `/auth/reset-password { token, password }`, `/auth/link { token, returnTo? }` → `{ returnTo }` and the cookie
 * `POST /auth/read-link { token }` → `{ purpose, email, name, role }`, what a link is for, without using it
 * `POST /auth/sign-out` → 204
 */
export async function identityRoutes(app: FastifyInstance, { services }: RouteDeps): Promise<void> {
  const { auth, viewers } = services;
  await app.register(async (scope) => {
    scope.setErrorHandler(answerFailure(services.logger));
    scope.addHook('onRequest', async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const refused = request.method === 'GET' ? null : refusalOfOrigin(auth.rules, request.headers);
      if (refused) await reply.code(refused.status).send({ error: { code: refused.code, message: refused.message } });
    });
    const limits = { bodyLimit: 16 * 1024 };

    scope.get('/auth/state', async (request) => ({
      isSignedIn: (await viewers.ofRequest(request.headers, clientOf(auth, request).address)) !== null,
      needsSetup: !(await hasAdmin(auth.pool)),
      oidcName: auth.oidc?.name ?? null,
    }));
    scope.post('/auth/sign-in', limits, async (request, reply) => {
      const body = bodyOf(z.object({ account: z.string().max(300), password, returnTo }), request);
      return welcome(auth, reply, await signInWithPassword(auth, body, clientOf(auth, request)), body.returnTo);
    });
    scope.post('/auth/setup', limits, async (request, reply) =>
      welcome(auth, reply, await setUp(auth, bodyOf(account, request), clientOf(auth, request))),
    );
    scope.post('/auth/accept-invitation', limits, async (request, reply) =>
      welcome(auth, reply, await acceptInvitation(auth, bodyOf(account, request), clientOf(auth, request))),
    );
    scope.post('/auth/reset-password', limits, async (request, reply) => {
      const body = bodyOf(z.object({ token, password }), request);
      return welcome(auth, reply, await resetPassword(auth, body, clientOf(auth, request)));
    });
    scope.post('/auth/link', limits, async (request, reply) => {
      const body = bodyOf(z.object({ token, returnTo }), request);
      return welcome(auth, reply, await signInByLink(auth, body.token, clientOf(auth, request)), body.returnTo);
    });
    scope.post('/auth/read-link', limits, async (request) => {
      const link = await readLink(auth.pool, bodyOf(z.object({ token }), request).token, auth.now());
      if (link === null || link.purpose === 'acknowledge') {
        throw new ApiFailure('NOT_FOUND', 'This link was used already, has expired or was taken back.');
      }
      const [person] = link.personId === null ? [] : await personsById(auth.pool, [link.personId]);
      const { purpose, role } = link;
      return { purpose, role, email: link.email ?? person?.email ?? null, name: person?.name ?? null };
    });
    scope.post('/auth/sign-out', limits, async (request, reply) => {
      const found = await viewers.ofRequest({ cookie: request.headers.cookie }, clientOf(auth, request).address);
      const id = found?.viewer.sessionId ?? null;
      if (found !== null && id !== null) {
        await inTransaction(auth.pool, async (db) => {
          await revokeSessions(db, { id });
          const data = { what: 'session', id: String(id), because: 'signedOut' } as const;
          await recordAccess(db, actorOf(found.viewer), [{ kind: 'access.ended', data }], auth.now());
        });
      }
      await reply.header('set-cookie', auth.cookies.end()).code(204).send();
    });
    oidcRoutes(scope, auth);
  });
}

function clientOf({ isTrustedProxy }: AuthDeps, request: FastifyRequest): Client {
  return { address: addressOf(request.raw, isTrustedProxy), userAgent: request.headers['user-agent'] ?? '' };
}

function welcome(
  { cookies }: AuthDeps,
  reply: FastifyReply,
  { secret }: SignedIn,
  given?: string,
): { readonly returnTo: string } {
  reply.header('set-cookie', cookies.begin(secret, sessionLongestMs / 1_000));
  return { returnTo: pathOfOurs(given) };
}
