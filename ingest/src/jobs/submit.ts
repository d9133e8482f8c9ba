import { createHash } from 'node:crypto';
import type { Integration } from '@tocsin/schema/domain/source';
import { loadIntegrations } from '@tocsin/schema/postgres/integration';
import { readDeadLetter, recordReplay } from '@tocsin/schema/postgres/deadLetterReplay';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { completeTimer, type ClaimedTimer } from '@tocsin/schema/postgres/timer';
import { z } from 'zod';
import type { DeliveryOutcome } from '../answers.js';
import { parseBody } from '../body.js';
import type { Delivery } from '../receive.js';
import { sourceNamed } from '../sources/registry.js';
import type { Job } from '../timers.js';

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
    await submitBody(deps, integrationId, source, Buffer.from(JSON.stringify(body)), 'application/json');
    await completeTimer(deps.pool, timer);
  };
}

/** Sends a dead letter again through today's adapter; what is still not understood keeps its reason and is not doubled. */
export function replayJob(deps: SubmitDeps): Job {
  return async (timer: ClaimedTimer) => {
    const letter = await readDeadLetter(deps.pool, Number(timer.key));
    if (letter !== null) {
      const { integrationId, source, body, contentType } = letter;
      const error = await submitBody(deps, integrationId, source, wrapped(letter.code, source, body), contentType);
      await recordReplay(deps.pool, letter.id, error);
    }
    await completeTimer(deps.pool, timer);
  };
}

/** A single alert of a delivery is put back into the shape that its source's adapter reads. */
function wrapped(code: string, source: string, body: Buffer): Buffer {
  if (code === 'MALFORMED_PAYLOAD') return body;
  const alert = body.toString('utf8');
  return Buffer.from(source === 'prometheus' ? `[${alert}]` : `{"version":"4","alerts":[${alert}]}`);
}

/** @returns why nothing was stored, or null */
async function submitBody(
  { pool, submit, now }: SubmitDeps,
  integrationId: number,
  sourceName: string,
  body: Buffer,
  contentType: string | null,
): Promise<string | null> {
  const [integration] = await loadIntegrations(pool, [integrationId]);
  const source = sourceNamed(sourceName);
  if (integration === undefined || source === null) return 'The integration or its source no longer exists.';
  const receivedAt = now();
  let parsed;
  try {
    parsed = source.parse(parseBody(body), integration, receivedAt);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (!parsed.ok) return parsed.message;
  if (parsed.alerts.length === 0) return parsed.rejected[0]?.message ?? 'It holds no alerts.';
  const id = deliveryId(integration, body, receivedAt);
  const { alerts, rejected } = parsed;
  await submit({
    id,
    integration,
    source: source.kind,
    receivedAt,
    alerts,
    rejected,
    malformed: null,
    body,
    contentType,
  });
  return rejected[0]?.message ?? null;
}

function deliveryId(integration: Integration, body: Buffer, receivedAt: number): string {
  return createHash('sha256').update(`${integration.id}\n${receivedAt}\n`).update(body).digest('hex').slice(0, 32);
}
