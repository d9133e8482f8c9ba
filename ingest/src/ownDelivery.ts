import { createHash } from 'node:crypto';
import type { NormalisedAlert } from '@tocsin/schema/domain/alert';
import type { Integration } from '@tocsin/schema/domain/source';
import type { Delivery } from './receive.js';

/** The ids of what no sender sent begin with this: it must not count as a sign of life of one. */
export const ownPrefix = 'own:';

/** Alerts that we say something about a sender with; they go the way of any other. */
export function ownDelivery(
  integration: Integration,
  alerts: readonly NormalisedAlert[],
  receivedAt: number,
  what: string,
): Delivery {
  const id = createHash('sha256').update(`${integration.id}\n${what}\n${receivedAt}`).digest('hex').slice(0, 32);
  return {
    id: `${ownPrefix}${id}`,
    integration,
    source: integration.source,
    receivedAt,
    alerts,
    rejected: [],
    malformed: null,
    body: Buffer.alloc(0),
    contentType: null,
    isOwn: true,
  };
}
