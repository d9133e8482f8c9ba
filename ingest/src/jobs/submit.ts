import { createHash } from 'node:crypto';
import type { Integration } from '@tocsin/schema/domain/source';
import { loadIntegrations } from '@tocsin/schema/postgres/integration';
import { readDeadLetter, recordReplay, type StoredDeadLetter } from '@tocsin/schema/postgres/deadLetterReplay';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { completeTimer, type ClaimedTimer } from '@tocsin/schema/postgres/timer';
import { z } from 'zod';
import type { DeliveryOutcome } from '../answers.js';
import { parseBody } from '../body.js';
import type { Delivery } from '../receive.js';
import { sourceNamed } from '../sources/registry.js';
import type { ParsedDelivery, Source } from '../sources/source.js';
import type { Job } from '../timers.js';
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
    await submitBody(deps, { integrationId, source, ...letter });
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

type Letter = Omit<StoredDeadLetter, 'id'>;

/** What today's adapter reads from it; a single alert is put back into the shape that its source's adapter reads. */
function understand({ code, body }: Letter, source: Source, integration: Integration, now: number): ParsedDelivery {
  if (code === 'NOT_STORED') return { ok: true, alerts: [storedAlert.parse(parseBody(body))], rejected: [] };
  if (code === 'MALFORMED_PAYLOAD') return source.parse(parseBody(body), integration, now);
  const alert = body.toString('utf8');
  const wrapped = source.kind === 'prometheus' ? `[${alert}]` : `{"version":"4","alerts":[${alert}]}`;
  return source.parse(parseBody(Buffer.from(wrapped)), integration, now);
}

/** @returns why nothing was stored, or null */
async function submitBody({ pool, submit, now }: SubmitDeps, letter: Letter): Promise<string | null> {
  const [integration] = await loadIntegrations(pool, [letter.integrationId]);
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
  if (parsed.alerts.length === 0) return parsed.rejected[0]?.message ?? 'It holds no alerts.';
  const { alerts, rejected } = parsed;
  const { body, contentType } = letter;
  const id = deliveryId(integration, body, receivedAt);
  const read = { alerts, rejected, malformed: null, body, contentType };
  const isLetterAlready = letter.code !== 'MALFORMED_PAYLOAD';
  const outcome = await submit({ id, integration, source: source.kind, receivedAt, ...read, isLetterAlready });
  if (isLetterAlready && outcome.deadLettered > 0) return 'Postgres still refuses it.';
  return rejected[0]?.message ?? null;
}

function deliveryId(integration: Integration, body: Buffer, receivedAt: number): string {
  return createHash('sha256').update(`${integration.id}\n${receivedAt}\n`).update(body).digest('hex').slice(0, 32);
}
