import { answerCsat, readCsat } from '@tocsin/schema/postgres/csat';
import type { FastifyInstance } from 'fastify';
import type { RouteDeps } from '../routes.js';
import { csatGone, csatHeaders, csatPage, longestComment } from './csatPage.js';

/** A `tkl_` link: 32 random bytes as base64url. */
const tokenForm = /^tkl_[\w-]{43}$/;
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Cs}/u;

interface Params {
  readonly Params: { readonly token: string };
}

/**
 * How it went, asked without a sign-in: the address is the key. `GET` shows the question and changes nothing, however often
 * a mail scanner opens it; `POST` keeps the answer, and a later one takes its place.
 */
export async function csatRoutes(app: FastifyInstance, { services: { pool }, now }: RouteDeps): Promise<void> {
  await app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 16 * 1024 },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    );
    scope.addHook(
      'onRequest',
      async (_request, reply) => void reply.headers(csatHeaders).type('text/html; charset=utf-8'),
    );

    scope.get<Params>('/csat/:token', async ({ params: { token } }, reply) => {
      const page = tokenForm.test(token) ? await readCsat(pool, token, now()) : null;
      return page === null ? reply.code(404).send(csatGone) : reply.send(csatPage(page, null));
    });

    scope.post<Params>('/csat/:token', async ({ params: { token }, body }, reply) => {
      const page = tokenForm.test(token) ? await readCsat(pool, token, now()) : null;
      if (page === null) return reply.code(404).send(csatGone);
      const answer = answerOf(body);
      if (typeof answer === 'string') return reply.code(400).send(csatPage(page, { kind: 'refused', text: answer }));
      if (!(await answerCsat(pool, token, answer, now()))) return reply.code(404).send(csatGone);
      return reply.send(csatPage({ ...page, ...answer }, { kind: 'saved', text: 'Thank you: your answer is kept.' }));
    });
  });
}

/** What was answered, or what is wrong with it. */
function answerOf(body: unknown): { readonly score: number; readonly comment: string | null } | string {
  if (!(body instanceof URLSearchParams)) return 'Choose one of the five levels.';
  const score = body.get('score') ?? '';
  const comment = (body.get('comment') ?? '').replaceAll('\r\n', '\n').trim();
  if (!/^[1-5]$/.test(score)) return 'Choose one of the five levels.';
  if (comment.length > longestComment) return `The comment may have ${longestComment} characters.`;
  if (controls.test(comment)) return 'The comment holds characters that cannot be shown.';
  return { score: Number(score), comment: comment === '' ? null : comment };
}
