import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerFailure } from '../auth/answer.js';
import type { RouteDeps } from '../routes.js';
import { type CachedText, createStatusCache } from './cache.js';
import { statusFeed } from './feed.js';
import { notThere } from './notThere.js';
import { statusPageHtml, statusPolicy } from './page.js';
import { subscriptionRoutes } from './subscribe.js';

const cacheControl = 'public, max-age=15, stale-while-revalidate=60';

/** The public status page, for everybody and without script. While it is not public, none of it is there. */
export async function statusRoutes(app: FastifyInstance, deps: RouteDeps): Promise<void> {
  const { services, now, dashboardUrl } = deps;
  const cache = createStatusCache(services.pool, {
    renderPage: (view, at) => statusPageHtml(view, { hasSubscriptions: services.auth.mailIsSetUp, now: at }),
    renderFeed: (view) => statusFeed(view, `${dashboardUrl()}/status`),
    now,
  });
  await app.register(async (scope) => {
    scope.setErrorHandler(answerFailure(services.logger));
    scope.addHook('onRequest', async (_request, reply) => {
      void reply
        .header('content-security-policy', statusPolicy)
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', 'no-referrer');
    });
    scope.get('/status', async (request, reply) => {
      return answer(request, reply, await cache.page(), 'text/html; charset=utf-8');
    });
    scope.get('/status/feed.atom', async (request, reply) => {
      return answer(request, reply, await cache.feed(), 'application/atom+xml; charset=utf-8');
    });
    subscriptionRoutes(scope, deps, async () => (await cache.page()) !== null);
  });
}

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  found: CachedText | null,
  mediaType: string,
): FastifyReply {
  if (found === null) return notThere(reply);
  void reply.header('cache-control', cacheControl).header('etag', found.etag);
  const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(found.etag)) return reply.code(304).send();
  return reply.type(mediaType).send(found.text);
}
