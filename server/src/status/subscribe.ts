import { countAttempt } from '@tocsin/schema/postgres/signInLimit';
import { loadStatusPage } from '@tocsin/schema/postgres/statusPage';
import { askToSubscribe, confirmSubscriber, endSubscription } from '@tocsin/schema/postgres/statusSubscriber';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { addressOf } from '../auth/address.js';
import type { RouteDeps } from '../routes.js';
import { messagePage } from './page.js';
import { notThere } from './notThere.js';

const email = z.email().max(254);
const perAddress = 5;
type Tokened = { readonly Params: { readonly token: string } };

/**
 * Subscribing by e-mail, with a letter to confirm. The same answer for every address, so that nobody learns who is subscribed;
 * a link in a letter shows a page with a button, because mail scanners follow links.
 */
export function subscriptionRoutes(
  scope: FastifyInstance,
  { services, now }: RouteDeps,
  isPublic: () => Promise<boolean>,
): void {
  const { pool, auth } = services;
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 4_096 },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );

  scope.post<{ Body: Readonly<Record<string, string>> | null }>('/status/subscribe', async (request, reply) => {
    if (!auth.mailIsSetUp || !(await isPublic())) return notThere(reply);
    const parsed = email.safeParse(request.body?.['email']?.trim());
    if (!parsed.success) return say(reply.code(400), 'Not subscribed', 'This is no e-mail address.');
    const key = `status/${addressOf(request.raw, auth.isTrustedProxy)}`;
    if ((await countAttempt(pool, [{ key, limit: perAddress }], now())) !== null) {
      return say(reply.code(429), 'Too often', 'Try again in a quarter of an hour.');
    }
    const { title } = await loadStatusPage(pool);
    await askToSubscribe(pool, parsed.data, title, now());
    return say(
      reply,
      'Look into your mail',
      'If this address is not subscribed yet, a letter with a link is on its way.',
    );
  });

  scope.get<Tokened>('/status/confirm/:token', (_request, reply) =>
    ask(reply, 'Updates by e-mail', 'Do you want updates of this status page by e-mail?', 'Yes, subscribe me'),
  );
  scope.post<Tokened>('/status/confirm/:token', async ({ params }, reply) =>
    (await confirmSubscriber(pool, params.token))
      ? say(reply, 'Subscribed', 'From now on you get every update by e-mail. Each has a link that ends it.')
      : say(reply.code(404), 'This link is too old', 'Subscribe again to get a new one.'),
  );
  scope.get<Tokened>('/status/unsubscribe/:token', (_request, reply) =>
    ask(reply, 'Updates by e-mail', 'Do you want no more updates by e-mail?', 'Unsubscribe'),
  );
  scope.post<Tokened>('/status/unsubscribe/:token', async ({ params }, reply) =>
    (await endSubscription(pool, params.token))
      ? say(reply, 'Unsubscribed', 'You get no more updates.')
      : say(reply.code(404), 'This link leads nowhere', 'It is none of ours.'),
  );
}

function say(reply: FastifyReply, title: string, text: string): FastifyReply {
  return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(messagePage(title, text));
}

function ask(reply: FastifyReply, title: string, text: string, action: string): FastifyReply {
  const page = messagePage(title, text, action);
  return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page);
}
