import { createHash } from 'node:crypto';
import type { Integration } from '@tocsin/schema/domain/source';
import { withSpan } from '@tocsin/schema/runtime/span';
import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import { answerOfFailure, malformed, stored, unauthenticated, Unavailable, type Answer } from './answers.js';
import { readBody } from './body.js';
import type { ReceiveDeps } from './receive.js';
import { sourceRequestOf } from './sourceRequest.js';
import type { ParsedDelivery, RejectedAlert, Source, SourceAnswer, SourceRequest } from './sources/source.js';
import { readJson, understand, withoutSecret, type ReadBody } from './understand.js';
import { offeredSecret } from './verify.js';

type Log = Pick<FastifyBaseLogger, 'error' | 'warn'>;

/** What a request came to: the answer, and the alerts in it that could not be read. */
export interface Received {
  readonly answer: Answer;
  /** Goes before `answer`, where the tool's protocol expects something else. */
  readonly wire: SourceAnswer | null;
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
    const opened = await open(request, source, pathSecret, deps);
    return opened === null ? refused(source, unauthenticated(), []) : await accept(opened, source, deps, log);
  } catch (failure) {
    const report = (errorId: string, error: unknown): void => log.error({ errorId, err: error }, 'a delivery failed');
    return refused(source, answerOfFailure(failure, report), []);
  }
}

interface Opened {
  readonly integration: Integration;
  readonly body: ReadBody;
  readonly sourceRequest: SourceRequest;
}

/** Whose it is and what it holds; null where the secret or the signature is wrong. */
async function open(
  request: FastifyRequest,
  source: Source,
  pathSecret: string | null,
  deps: ReceiveDeps,
): Promise<Opened | null> {
  const outside = offeredSecret(request.headers, pathSecret);
  // Only a protocol that carries its secret in the body is read before we know who sends.
  let integration = source.secretFrom === undefined ? await verified(outside, deps) : null;
  if (source.secretFrom === undefined && integration === null) return null;
  const raw = await readBody(request.raw, source.bodyLimit);
  const sourceRequest = sourceRequestOf(request, deps.now());
  let body = await readJson(raw, source, sourceRequest);
  if (source.secretFrom !== undefined) {
    const inside = body.json.ok ? source.secretFrom(body.json.value) : null;
    integration = await verified(pathSecret ?? inside ?? outside, deps);
    if (inside !== null) body = withoutSecret(body, inside);
  }
  if (integration === null || !(await isSigned(source, body, sourceRequest, integration, deps))) return null;
  return { integration, body, sourceRequest };
}

async function verified(secret: string | null, deps: ReceiveDeps): Promise<Integration | null> {
  return secret === null ? null : withSpan('ingest.verify', {}, () => deps.verify(secret));
}

/** A wrong signature never counts; a missing one only where none can be expected. */
async function isSigned(
  source: Source,
  { content }: ReadBody,
  request: SourceRequest,
  integration: Integration,
  { signingSecretOf }: ReceiveDeps,
): Promise<boolean> {
  if (source.verifySignature === undefined) return true;
  const signingSecret = (await signingSecretOf?.(integration)) ?? null;
  const verdict = await source.verifySignature(content, request, signingSecret);
  return verdict === 'valid' || (verdict === 'unsigned' && signingSecret === null);
}

async function accept(
  { integration, body, sourceRequest }: Opened,
  source: Source,
  deps: ReceiveDeps,
  log: Log,
): Promise<Received> {
  const parsed = await withSpan('ingest.normalise', { 'tocsin.source': source.kind }, async () =>
    understand(body, source, integration, sourceRequest, log),
  );
  const { alerts, rejected, changes = [] } = parsed.ok ? parsed : { alerts: [], rejected: [] };
  const id = deliveryId(integration, source, body.kept);
  const outcome = await deps.submit({
    id,
    integration,
    source: source.kind,
    receivedAt: sourceRequest.receivedAt,
    alerts,
    rejected,
    changes,
    malformed: parsed.ok ? null : { message: parsed.message, path: parsed.path },
    body: body.kept,
    contentType: body.contentType,
  });
  if (!parsed.ok) return refused(source, malformed(parsed.message, parsed.path), rejected, parsed.answer);
  const first = rejected[0];
  // Some of it was understood: that is stored, the rest is a dead letter. Nothing understood is the sender's to know.
  if (first !== undefined && alerts.length === 0 && changes.length === 0) {
    return refused(source, malformed(first.message, first.path), rejected);
  }
  await finish(parsed, { integration, body, sourceRequest }, source, deps, log);
  const received = alerts.length + rejected.length + changes.length;
  const receipt = { deliveryId: id, received, changes: changes.length, ...outcome };
  return { answer: stored(receipt), wire: parsed.answer ?? null, rejected };
}

/** What follows the commit. Sent again, all of it changes nothing, so a failure may ask for that. */
async function finish(
  { acknowledged = [] }: Extract<ParsedDelivery, { ok: true }>,
  { integration, body: { json }, sourceRequest }: Opened,
  source: Source,
  deps: ReceiveDeps,
  log: Log,
): Promise<void> {
  if (acknowledged.length > 0) await deps.acknowledge?.(integration, acknowledged);
  if (source.confirm === undefined || !json.ok) return;
  try {
    await source.confirm(json.value, integration, sourceRequest);
  } catch (failure) {
    log.warn({ err: failure, source: source.kind }, 'a confirmation failed');
    throw new Unavailable('the confirmation did not succeed: send again later');
  }
}

function refused(
  source: Source,
  answer: Answer,
  rejected: readonly RejectedAlert[],
  wire: SourceAnswer | null = null,
): Received {
  const message = 'error' in answer.body ? answer.body.error.message : '';
  const { status, headers } = answer;
  const told = source.refusal?.(status, message);
  return { answer, wire: wire ?? (told === undefined ? null : { status, headers, body: told }), rejected };
}

function deliveryId(integration: Integration, source: Source, body: Buffer): string {
  const hash = createHash('sha256').update(`${integration.id}\n${source.kind}\n`).update(body);
  return hash.digest('hex').slice(0, 32);
}

/** The answer to OPTIONS: that of the tool's handshake, for who knows the secret. */
export async function shakeHands(
  request: FastifyRequest,
  source: Source,
  pathSecret: string | null,
  deps: ReceiveDeps,
): Promise<SourceAnswer | Answer> {
  try {
    const integration = await verified(offeredSecret(request.headers, pathSecret), deps);
    if (integration === null) return unauthenticated();
    const answer = source.handshake?.(sourceRequestOf(request, deps.now())) ?? null;
    return answer ?? { status: 204, headers: { allow: 'POST, PUT, OPTIONS' }, body: {} };
  } catch (failure) {
    return answerOfFailure(failure, () => undefined);
  }
}
