import { Readable } from 'node:stream';
import { csvLine } from '@tocsin/schema/domain/csv';
import { encodeCursor, type LogCursor, type LogEvent } from '@tocsin/schema/domain/event';
import { summarise } from '@tocsin/schema/domain/summary';
import { recordAccess } from '@tocsin/schema/postgres/accessEvent';
import { type AuditFilter, readAudit } from '@tocsin/schema/postgres/auditRead';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { invalidInput } from '../errors.js';
import { auditFilterOf } from '../resolvers/identity/audit.js';
import type { RouteDeps } from '../routes.js';
import { answerFailure } from './answer.js';
import { guardRoute } from './guard.js';
import { contextOfRequest } from './requestContext.js';

const page = 1_000;

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const several = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? [value] : value));

/** As the query of the API's `auditEvents`; lists by naming them more than once. */
const question = z.object({
  format: z.enum(['csv', 'json']).default('csv'),
  from: time.optional(),
  to: time.optional(),
  topics: several.optional(),
  kinds: several.optional(),
  actors: several.optional(),
  text: z.string().optional(),
});

/**
 * The audit trail as a file: `GET /export/audit?format=csv|json&from=…&to=…`, newest first, from inclusive and to
 * exclusive as RFC 3339. It is written while it is read, so that years of it need no memory. A refusal is
 * `{ error: { code, message } }`. That somebody took it along stands in the trail itself.
 */
export async function auditExportRoutes(app: FastifyInstance, { services, now }: RouteDeps): Promise<void> {
  const { pool, logger } = services;
  await app.register(async (scope) => {
    scope.setErrorHandler(answerFailure(logger));
    scope.get('/export/audit', async (request, reply) => {
      const context = await contextOfRequest(services, request);
      await guardRoute('Route.exportAudit', {}, context);
      const { format, ...asked } = questionOf(request.query);
      const filter = auditFilterOf({
        topics: asked.topics ?? null,
        kinds: asked.kinds ?? null,
        actors: asked.actors ?? null,
        from: asked.from ?? null,
        to: asked.to ?? null,
        text: asked.text ?? null,
      });
      const how = context.viewer.tokenId === null ? 'session' : 'token';
      const data = { how, what: 'exported', detail: `the audit trail as ${format}` } as const;
      // Until then and not further: the file does not grow while it is written.
      const until = now();
      await inTransaction(pool, (db) => recordAccess(db, context.actor, [{ kind: 'access.granted', data }], until));
      const rows = eventsOf(pool, { ...filter, to: Math.min(filter.to ?? until, until) });
      return reply
        .headers({
          'cache-control': 'private, no-store',
          'content-disposition': `attachment; filename="audit-${new Date(until).toISOString().slice(0, 10)}.${format}"`,
          'content-security-policy': 'sandbox',
          'x-content-type-options': 'nosniff',
        })
        .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8')
        .send(Readable.from(format === 'csv' ? csvOf(rows) : jsonOf(rows)));
    });
  });
}

/** @throws ApiFailure INVALID_INPUT naming the first wrong parameter */
function questionOf(query: unknown): z.output<typeof question> {
  const parsed = question.safeParse(query);
  if (parsed.success) return parsed.data;
  const field = String(parsed.error.issues[0]?.path[0] ?? 'query');
  throw invalidInput(field, `${field} is wrong: format is csv or json, from and to are times as 2026-11-27T00:00:00Z.`);
}

async function* eventsOf(pool: Pool, filter: AuditFilter): AsyncGenerator<readonly LogEvent[]> {
  let before: LogCursor | null = null;
  for (;;) {
    const events: readonly LogEvent[] = await readAudit(pool, filter, before, page);
    yield events;
    before = events.at(-1)?.cursor ?? null;
    if (events.length < page) return;
  }
}

async function* csvOf(pages: AsyncIterable<readonly LogEvent[]>): AsyncGenerator<string> {
  const columns = ['time', 'kind', 'actor kind', 'actor', 'address', 'token', 'what happened', 'data', 'event'];
  yield `\uFEFF${csvLine(columns)}`;
  for await (const events of pages) yield events.map((event) => csvLine(cellsOf(event))).join('');
}

function cellsOf(event: LogEvent): readonly (string | number | null)[] {
  const { actor } = event;
  return [
    new Date(event.occurredAt).toISOString(),
    event.kind,
    actor.kind,
    actor.name,
    actor.kind === 'person' ? (actor.address ?? null) : null,
    actor.kind === 'person' ? (actor.tokenId ?? null) : null,
    summarise(event, { alert: null }),
    JSON.stringify(event.data),
    encodeCursor(event.cursor),
  ];
}

async function* jsonOf(pages: AsyncIterable<readonly LogEvent[]>): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const events of pages) {
    for (const event of events) {
      yield separator + JSON.stringify(documentOf(event));
      separator = ',\n';
    }
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

function documentOf(event: LogEvent): object {
  const { kind, actor, occurredAt, recordedAt, data } = event;
  return {
    id: encodeCursor(event.cursor),
    occurredAt: new Date(occurredAt).toISOString(),
    recordedAt: new Date(recordedAt).toISOString(),
    kind,
    actor,
    summary: summarise(event, { alert: null }),
    data,
  };
}
