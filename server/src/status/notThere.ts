import type { FastifyReply } from 'fastify';
import { messagePage } from './page.js';

/** The page is not public, or there is no such one: the answer is the same. */
export function notThere(reply: FastifyReply): FastifyReply {
  return reply
    .code(404)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(messagePage('Not found', 'There is no such page.'));
}
