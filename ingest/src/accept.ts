import { createHash } from 'node:crypto';
import type { Integration } from '@tocsin/schema/domain/source';
import { storableText } from '@tocsin/schema/domain/text';
import { withSpan } from '@tocsin/schema/runtime/span';
import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import { answerOfFailure, malformed, PayloadTooLarge, stored, unauthenticated, type Answer } from './answers.js';
import { inflateBody, parseBody, readBody, UnreadableBody } from './body.js';
import type { ReceiveDeps } from './receive.js';
import type { ParsedDelivery, RejectedAlert, Source } from './sources/source.js';
import { offeredSecret } from './verify.js';

type Log = Pick<FastifyBaseLogger, 'error'>;

/** What a request came to: the answer, and the alerts in it that could not be read. */
export interface Received {
  readonly answer: Answer;
  readonly rejected: readonly RejectedAlert[];
}

/** Verify, read, normalise, submit. Nothing of an unknown sender is read, and nothing is thrown. */
export async function receive(
  request: FastifyRequest,
  source: Source,
  pathSecret: string | null,
  deps: ReceiveDeps,
  log: Log,
): Promise<Received> {
  try {
    const secret = offeredSecret(request.headers, pathSecret);
    const integration = secret === null ? null : await withSpan('ingest.verify', {}, () => deps.verify(secret));
    if (integration === null) return { answer: unauthenticated(), rejected: [] };

    const raw = await readBody(request.raw);
    const receivedAt = deps.now();
    const { body, parsed } = await withSpan('ingest.normalise', { 'tocsin.source': source.kind }, () =>
      understand(raw, request, source, integration, receivedAt, log),
    );
    const { alerts, rejected } = parsed.ok ? parsed : { alerts: [], rejected: [] };
    const id = deliveryId(integration, source, body);
    const outcome = await deps.submit({
      id,
      integration,
      source: source.kind,
      receivedAt,
      alerts,
      rejected,
      malformed: parsed.ok ? null : { message: parsed.message, path: parsed.path },
      body,
      contentType: contentTypeOf(request),
    });
    if (!parsed.ok) return { answer: malformed(parsed.message, parsed.path), rejected };
    const first = rejected[0];
    // Some of it was understood: that is stored, the rest is a dead letter. Nothing understood is the sender's to know.
    if (first !== undefined && alerts.length === 0) return { answer: malformed(first.message, first.path), rejected };
    const receipt = { deliveryId: id, received: alerts.length + rejected.length, ...outcome };
    return { answer: stored(receipt), rejected };
  } catch (failure) {
    const report = (errorId: string, error: unknown): void => log.error({ errorId, err: error }, 'a delivery failed');
    return { answer: answerOfFailure(failure, report), rejected: [] };
  }
}

/** The body in our words. Only a body over the limit is thrown; every other fault is an answer that is kept. */
async function understand(
  raw: Buffer,
  request: FastifyRequest,
  source: Source,
  integration: Integration,
  receivedAt: number,
  log: Log,
): Promise<{ body: Buffer; parsed: ParsedDelivery }> {
  let body = raw;
  try {
    body = await inflateBody(raw, request.headers['content-encoding']);
    return { body, parsed: source.parse(parseBody(body), integration, receivedAt) };
  } catch (failure) {
    if (failure instanceof UnreadableBody) return { body, parsed: notUnderstood(failure.message) };
    if (failure instanceof PayloadTooLarge) throw failure;
    // A fault of the adapter: the body is kept, and can be replayed once the adapter is mended.
    log.error({ err: failure, source: source.kind }, 'an adapter failed');
    return { body, parsed: notUnderstood(`the ${source.kind} adapter failed on this body; it was kept`) };
  }
}

function notUnderstood(message: string): ParsedDelivery {
  return { ok: false, code: 'MALFORMED_PAYLOAD', message: storableText(message), path: null };
}

function deliveryId(integration: Integration, source: Source, body: Buffer): string {
  const hash = createHash('sha256').update(`${integration.id}\n${source.kind}\n`).update(body);
  return hash.digest('hex').slice(0, 32);
}

function contentTypeOf(request: FastifyRequest): string | null {
  const headers = request.raw.rawHeaders;
  const at = headers.findIndex((name, i) => i % 2 === 0 && name.toLowerCase() === 'content-type');
  return at < 0 ? null : (headers[at + 1]?.slice(0, 255) ?? null);
}
