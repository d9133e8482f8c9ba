import { csvText } from '@tocsin/schema/domain/csv';
import { encodeCursor, type LogEvent } from '@tocsin/schema/domain/event';
import { incidentReference } from '@tocsin/schema/domain/incident';
import { reviewMarkdown } from '@tocsin/schema/domain/reviewMarkdown';
import { summarise } from '@tocsin/schema/domain/summary';
import { eventsOfIncident, reviewDocument } from '@tocsin/schema/postgres/exportIncident';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { answerFailure } from '../auth/answer.js';
import { guardRoute } from '../auth/guard.js';
import { contextOfRequest } from '../auth/requestContext.js';
import { ApiFailure, notFound } from '../errors.js';
import type { RouteDeps } from '../routes.js';
import { pdfOf } from './pdf.js';

const fileForm = /^([1-9]\d{0,14})\.(md|pdf|csv|json)$/;

/**
 * Files of one incident: its review as `/export/incidents/<number>.md` and `.pdf`, its log as `.csv` and `.json`.
 * A refusal is `{ error: { code, message } }`.
 */
export async function exportRoutes(app: FastifyInstance, { services }: RouteDeps): Promise<void> {
  const { pool, logger } = services;

  await app.register(async (scope) => {
    scope.setErrorHandler(answerFailure(logger));
    scope.addHook(
      'onRequest',
      async (_request, reply) =>
        void reply.headers({
          'cache-control': 'private, no-store',
          'content-security-policy': 'sandbox',
          'x-content-type-options': 'nosniff',
        }),
    );
    scope.get<{ Params: { readonly file: string } }>('/export/incidents/:file', async (request, reply) => {
      const context = await contextOfRequest(services, request);
      const [, number = '', kind = ''] = fileForm.exec(request.params.file) ?? [];
      if (number === '') throw notFound('file', request.params.file);
      await guardRoute('Route.exportIncident', { id: number }, context);
      const id = Number(number);
      if ((await context.loaders.incident.load(id)) === null) throw notFound('incident', number);
      const name = `${incidentReference(id)}.${kind}`;
      void reply.header('content-disposition', `attachment; filename="${name}"`);
      if (kind === 'md' || kind === 'pdf') return sendReview(reply, id, kind);
      const events = await eventsOfIncident(pool, id);
      return kind === 'csv'
        ? reply.type('text/csv; charset=utf-8').send(`\uFEFF${csvOf(events)}`)
        : reply.type('application/json; charset=utf-8').send(JSON.stringify(events.map(jsonOf), null, 1));
    });
  });

  async function sendReview(reply: FastifyReply, id: number, kind: 'md' | 'pdf'): Promise<unknown> {
    const document = await reviewDocument(pool, id);
    if (document === null) throw new ApiFailure('NOT_FOUND', `${incidentReference(id)} has no review yet.`);
    const text = reviewMarkdown(document);
    if (kind === 'md') return reply.type('text/markdown; charset=utf-8').send(text);
    return reply.type('application/pdf').send(await pdfOf(document.review.title, text));
  }
}

function csvOf(events: readonly LogEvent[]): string {
  return csvText([
    ['time', 'kind', 'actor kind', 'actor', 'what happened', 'data', 'event'],
    ...events.map((event) => [
      new Date(event.occurredAt).toISOString(),
      event.kind,
      event.actor.kind,
      event.actor.name,
      summarise(event, { alert: null }),
      JSON.stringify(event.data),
      encodeCursor(event.cursor),
    ]),
  ]);
}

function jsonOf(event: LogEvent): object {
  const { kind, actor, occurredAt, recordedAt, incidentId, alertId, data } = event;
  return {
    id: encodeCursor(event.cursor),
    occurredAt: new Date(occurredAt).toISOString(),
    recordedAt: new Date(recordedAt).toISOString(),
    kind,
    actor: { kind: actor.kind, name: actor.name },
    incidentId,
    alertId,
    summary: summarise(event, { alert: null }),
    data,
  };
}
