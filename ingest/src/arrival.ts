import { hash } from 'node:crypto';
import type { NormalisedAlert } from '@tocsin/schema/domain/alert';
import { factsOf } from '@tocsin/schema/domain/correlateFacts';
import type { AlertFacts } from '@tocsin/schema/domain/correlation';
import { materialText, type Arrival } from '@tocsin/schema/domain/dedupe';
import { receivedOutcomes, type ReceivedOutcome } from '@tocsin/schema/domain/event';
import type { FingerprintKey } from '@tocsin/schema/postgres/fingerprintState';
import type { DeliveryOutcome } from './answers.js';
import type { Delivery } from './receive.js';

/** One alert of a batch on its way through the stages. */
export interface BatchArrival extends Arrival, FingerprintKey {
  readonly alert: NormalisedAlert;
  readonly delivery: Delivery;
  /** Identifies the condition within the batch. */
  readonly key: string;
  /** What rules and correlation look at; one object, so that what follows from it is found once. */
  readonly facts: AlertFacts;
}

/** The alerts of deliveries in the order of their arrival. */
export function arrivalsOf(deliveries: readonly Delivery[]): readonly BatchArrival[] {
  return deliveries.flatMap(prepareArrivals);
}

const prepared = new WeakMap<Delivery, readonly BatchArrival[]>();

/**
 * What can be worked out of a delivery before its batch is there. Called when it arrives, this is done while Postgres
 * is at the batch before, and not while everybody waits for the batch.
 */
export function prepareArrivals(delivery: Delivery): readonly BatchArrival[] {
  const known = prepared.get(delivery);
  if (known !== undefined) return known;
  const { integration, receivedAt } = delivery;
  const arrivals = delivery.alerts.map((alert) => {
    let facts: AlertFacts | null = null;
    return {
      alert,
      delivery,
      integrationId: integration.id,
      fingerprint: alert.fingerprint,
      key: fingerprintKey(integration.id, alert.fingerprint),
      receivedAt,
      // A repeat never needs them.
      get facts() {
        return (facts ??= factsOf(alert, integration, alert.startsAt ?? receivedAt));
      },
      materialHash: hash('sha1', materialText(alert, integration.volatileAnnotations), 'base64').slice(0, 22),
    };
  });
  prepared.set(delivery, arrivals);
  return arrivals;
}

export function fingerprintKey(integrationId: number, fingerprint: string): string {
  return `${integrationId} ${fingerprint}`;
}

/** Order in which rows are locked, the same in every process, so that two never wait for each other. */
export function byFingerprint(a: FingerprintKey, b: FingerprintKey): number {
  if (a.integrationId !== b.integrationId) return a.integrationId - b.integrationId;
  return a.fingerprint < b.fingerprint ? -1 : a.fingerprint > b.fingerprint ? 1 : 0;
}

export const noOutcome: DeliveryOutcome = {
  opened: 0,
  suppressed: 0,
  repeated: 0,
  changed: 0,
  superseded: 0,
  stale: 0,
  resolved: 0,
  ignored: 0,
  test: 0,
  deadLettered: 0,
};

/** Counts what became of the alerts of each delivery of a batch. */
export class Outcomes {
  readonly #byDelivery = new Map<Delivery, Record<ReceivedOutcome, number>>();

  constructor(deliveries: readonly Delivery[]) {
    for (const delivery of deliveries) {
      const deadLettered = delivery.rejected.length + (delivery.malformed === null ? 0 : 1);
      this.#byDelivery.set(delivery, { ...noOutcome, deadLettered });
    }
  }

  count(delivery: Delivery, outcome: ReceivedOutcome): void {
    const outcomes = this.#byDelivery.get(delivery);
    if (outcomes) outcomes[outcome]++;
  }

  of(delivery: Delivery): DeliveryOutcome {
    return this.#byDelivery.get(delivery) ?? noOutcome;
  }
}

export function addOutcomes(a: DeliveryOutcome, b: DeliveryOutcome): DeliveryOutcome {
  const sum: Record<ReceivedOutcome, number> = { ...a };
  for (const outcome of receivedOutcomes) sum[outcome] += b[outcome];
  return sum;
}
