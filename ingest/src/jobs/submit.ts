import { createHash } from 'node:crypto';
import type { Integration } from '@tocsin/schema/domain/source';
import { loadIntegrations } from '@tocsin/schema/postgres/integration';
import { readDeadLetter, recordReplay, type StoredDeadLetter } from '@tocsin/schema/postgres/deadLetterReplay';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { completeTimer, type ClaimedTimer } from '@tocsin/schema/postgres/timer';
import { z } from 'zod';
import type { DeliveryOutcome } from '../answers.js';
import { parseBody } from '../body.js';
import { ownPrefix } from '../ownDelivery.js';
import type { Delivery } from '../receive.js';
import { sourceNamed } from '../sources/registry.js';
import type { ParsedDelivery, Source, SourceRequest } from '../sources/source.js';
import type { Job } from '@tocsin/schema/runtime/timerWorker';
import { storedAlert } from './storedAlert.js';

export interface SubmitDeps {
  readonly pool: Pool;
  readonly submit: (delivery: Delivery) => Promise<DeliveryOutcome>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const submitData = z.object({ integrationId: z.number(), source: z.string(), body: z.unknown() });

/**
 * A body that comes from a timer instead of a sender goes the same way as any other. Delivered first, completed after:
 * a crash between the two sends it again, which changes nothing.
 */
export function submitJob(deps: SubmitDeps): Job {
  return async (timer) => {
    const { integrationId, source, body } = submitData.parse(timer.data);
    const letter = {
      code: 'MALFORMED_PAYLOAD',
      body: Buffer.from(JSON.stringify(body)),
      contentType: 'application/json',
    };
    await submitBody(deps, { integrationId, source, ...letter, isOurOwn: true });
    await completeTimer(deps.pool, timer);
  };
}

/** Sends a dead letter again through today's adapter; what is still not understood keeps its reason and is not doubled. */
export function replayJob(deps: SubmitDeps): Job {
  return async (timer: ClaimedTimer) => {
    const letter = await readDeadLetter(deps.pool, Number(timer.key));
    if (letter !== null) await recordReplay(deps.pool, letter.id, await submitBody(deps, letter));
    await completeTimer(deps.pool, timer);
  };
}

interface Letter extends Omit<StoredDeadLetter, 'id'> {
  /** Written here: the integration's mapping knows nothing of it. @default false */
  readonly isOurOwn?: boolean;
}

/** What today's adapter reads from it; a single alert is put back into the shape that its source's adapter reads. */
function understand(letter: Letter, source: Source, integration: Integration, receivedAt: number): ParsedDelivery {
  const { code, body, contentType } = letter;
  const request: SourceRequest = { receivedAt, headers: {}, contentType };
  if (code === 'NOT_STORED') return { ok: true, alerts: [storedAlert.parse(parseBody(body))], rejected: [] };
  if (code === 'MALFORMED_PAYLOAD') return source.parse(readAgain(body, source, request), integration, request);
  if (source.parseOne !== undefined) return source.parseOne(parseBody(body), integration, request);
  const alert = body.toString('utf8');
  const wrapped = source.kind === 'prometheus' ? `[${alert}]` : `{"version":"4","alerts":[${alert}]}`;
  return source.parse(parseBody(Buffer.from(wrapped)), integration, request);
}

/** What an adapter read is kept as JSON; what it could not read is as it was sent, and today's may be able to. */
function readAgain(body: Buffer, source: Source, request: SourceRequest): unknown {
  if (source.readBody === undefined) return parseBody(body);
  try {
    return parseBody(body);
  } catch {
    return source.readBody(body, request);
  }
}

/** @returns why nothing was stored, or null */
async function submitBody({ pool, submit, now }: SubmitDeps, letter: Letter): Promise<string | null> {
  const [found] = await loadIntegrations(pool, [letter.integrationId]);
  const integration = found !== undefined && letter.isOurOwn === true ? { ...found, mapping: [] } : found;
  const source = sourceNamed(letter.source);
  if (integration === undefined || source === null) return 'The integration or its source no longer exists.';
  const receivedAt = now();
  let parsed;
  try {
    parsed = understand(letter, source, integration, receivedAt);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (!parsed.ok) return parsed.message;
  const { alerts, rejected, changes = [] } = parsed;
  if (alerts.length === 0 && changes.length === 0) return rejected[0]?.message ?? 'It holds no alerts.';
  const { body, contentType } = letter;
  const id = deliveryId(integration, body, receivedAt);
  const read = { alerts, rejected, changes, malformed: null, body, contentType };
  const isLetterAlready = letter.code !== 'MALFORMED_PAYLOAD';
  const outcome = await submit({ id, integration, source: source.kind, receivedAt, ...read, isLetterAlready });
  if (isLetterAlready && outcome.deadLettered > 0) return 'Postgres still refuses it.';
  return rejected[0]?.message ?? null;
}

function deliveryId(integration: Integration, body: Buffer, receivedAt: number): string {
  const hash = createHash('sha256').update(`${integration.id}\n${receivedAt}\n`).update(body);
  return `${ownPrefix}${hash.digest('hex').slice(0, 32)}`;
}
