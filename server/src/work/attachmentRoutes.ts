import { createHash } from 'node:crypto';
import { fileNameOf, mediaTypeOf } from '@tocsin/schema/domain/mediaType';
import { recordAccess } from '@tocsin/schema/postgres/accessEvent';
import { addAttachment, type Attachment, attachmentLimits, readAttachment } from '@tocsin/schema/postgres/attachment';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refusalOfOrigin } from '../auth/admission.js';
import { answerFailure } from '../auth/answer.js';
import { guardRoute } from '../auth/guard.js';
import { contextOfRequest } from '../auth/requestContext.js';
import type { ApiContext } from '../context.js';
import { invalidInput, notFound } from '../errors.js';
import { requiredId } from '../resolvers/input.js';
import type { RouteDeps } from '../routes.js';

/**
 * Files of incidents, beside GraphQL because they are bytes.
 *
 * `POST /attachments?incident=<id>` with the file as the body and its name, percent-encoded, in `x-file-name` → the
 * attachment as JSON. `GET /attachments/<id>` → the file, always as a download. A refusal is `{ error: { code, message } }`.
 */
export async function attachmentRoutes(app: FastifyInstance, { services, now }: RouteDeps): Promise<void> {
  const { auth, pool } = services;

  await app.register(async (scope) => {
    scope.setErrorHandler(answerFailure(services.logger));
    // Whatever it says it is, it is bytes.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.addHook('onRequest', async (request, reply) => {
      void reply.header('cache-control', 'private, no-store');
      const refused = request.method === 'GET' ? null : refusalOfOrigin(auth.rules, request.headers);
      if (refused) await reply.code(refused.status).send({ error: { code: refused.code, message: refused.message } });
    });

    const contexts = new WeakMap<FastifyRequest, ApiContext>();
    scope.post<{ Querystring: { readonly incident?: string } }>(
      '/attachments',
      {
        bodyLimit: attachmentLimits.bytes,
        // Before the body is read: who may not upload sends us no ten megabytes.
        onRequest: async (request) => {
          const context = await contextOfRequest(services, request);
          requiredId('incident', request.query.incident ?? '');
          await guardRoute('Route.uploadAttachment', { incidentId: request.query.incident }, context);
          contexts.set(request, context);
        },
      },
      async (request, reply) => {
        const { actor } = contexts.get(request) ?? (await contextOfRequest(services, request));
        const { body: content } = request;
        if (!Buffer.isBuffer(content) || content.length === 0) throw invalidInput('body', 'Send the file as the body.');
        const draft = {
          name: nameOf(request),
          mediaType: mediaTypeOf(content),
          content,
          hash: createHash('sha256').update(content).digest(),
        };
        const incidentId = requiredId('incident', request.query.incident ?? '');
        const added = await addAttachment(pool, incidentId, draft, { actor, now: now() });
        return reply.code(201).send(answerOf(added));
      },
    );

    scope.get<{ Params: { readonly id: string } }>('/attachments/:id', async (request, reply) => {
      const context = await contextOfRequest(services, request);
      const id = requiredId('attachment', request.params.id);
      await guardRoute('Route.readAttachment', { id: request.params.id }, context);
      const found = await readAttachment(pool, id);
      if (found === null) throw notFound('attachment', request.params.id);
      const { name, incidentId, mediaType } = found.attachment;
      const data = { how: 'session', what: 'attachmentRead', detail: `${name} of INC-${incidentId}` } as const;
      await inTransaction(pool, (db) => recordAccess(db, context.actor, [{ kind: 'access.granted', data }], now()));
      return asDownload(reply, name, mediaType).send(found.content);
    });
  });
}

/** Nothing of it is ever shown or run as if it were a page of ours. */
function asDownload(reply: FastifyReply, name: string, mediaType: string): FastifyReply {
  const plain = name.replace(/[^\w .()-]/g, '_');
  return reply
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encodeRfc5987(name)}`)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cross-origin-resource-policy', 'same-origin')
    .type(mediaType);
}

function encodeRfc5987(text: string): string {
  return encodeURIComponent(text).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

function nameOf({ headers }: FastifyRequest): string {
  const given = headers['x-file-name'];
  const name = typeof given === 'string' ? fileNameOf(decoded(given)) : null;
  if (name === null) throw invalidInput('x-file-name', 'Send the name of the file, percent-encoded, in x-file-name.');
  return name;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function answerOf({ id, name, mediaType, bytes }: Attachment): object {
  return { id: String(id), name, mediaType, bytes, url: `/attachments/${id}` };
}
