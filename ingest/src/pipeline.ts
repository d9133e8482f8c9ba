import { withSpan } from '@tocsin/schema/runtime/span';
import { isUnavailable } from '@tocsin/schema/postgres/transaction';
import { Unavailable, type DeliveryOutcome } from './answers.js';
import { addOutcomes, noOutcome, prepareArrivals } from './arrival.js';
import { createBatcher, type Batcher } from './batch.js';
import { commitBatch, type CommitDeps } from './commit.js';
import type { Delivery } from './receive.js';
import type { DeliveryPart } from './receipts.js';

export interface PipelineDeps extends CommitDeps {
  readonly onBatch?: (batch: CommittedBatch) => void;
}

export interface CommittedBatch {
  readonly deliveries: readonly Delivery[];
  readonly outcomes: readonly DeliveryOutcome[];
  readonly commitSeconds: number;
}

/** The way of an alert: received deliveries are batched; a batch is deduped, correlated and committed. */
export function createPipeline(deps: PipelineDeps): Batcher<Delivery, DeliveryOutcome> {
  const batcher = createBatcher<Delivery, DeliveryOutcome>({
    weightOf: (delivery) => Math.max(1, delivery.alerts.length),
    run: async (deliveries) => {
      const startedAt = performance.now();
      const parts = deliveries.map((delivery) => ({ delivery, before: null }));
      const outcomes = await withSpan('ingest.commit', { 'tocsin.deliveries': deliveries.length }, () =>
        commitOrBisect(deps, parts),
      );
      deps.onBatch?.({ deliveries, outcomes, commitSeconds: (performance.now() - startedAt) / 1_000 });
      return outcomes;
    },
  });
  return {
    ...batcher,
    submit: (delivery) => {
      const outcome = batcher.submit(delivery);
      prepareArrivals(delivery);
      return outcome;
    },
  };
}

/**
 * One bad alert never fails its neighbours: a batch that Postgres refuses is halved until the alert stands alone, and
 * that one becomes a dead letter. Where Postgres is away everybody is asked to send again.
 */
async function commitOrBisect(deps: PipelineDeps, parts: readonly DeliveryPart[]): Promise<readonly DeliveryOutcome[]> {
  try {
    return await commitBatch(deps, parts);
  } catch (error) {
    if (isUnavailable(error)) throw new Unavailable();
    const [only, ...others] = parts;
    if (only === undefined) return [];
    if (others.length === 0) return [await commitInParts(deps, only, error)];
    const middle = Math.ceil(parts.length / 2);
    const first = await commitOrBisect(deps, parts.slice(0, middle));
    const second = await commitOrBisect(deps, parts.slice(middle));
    return [...first, ...second];
  }
}

async function commitInParts(
  deps: PipelineDeps,
  { delivery, before }: DeliveryPart,
  error: unknown,
): Promise<DeliveryOutcome> {
  const { alerts, rejected } = delivery;
  if (alerts.length === 0) throw error;
  if (alerts.length === 1) {
    if (delivery.isLetterAlready === true) return { ...noOutcome, deadLettered: 1 };
    const message = `Postgres refused it: ${error instanceof Error ? error.message : String(error)}`;
    const refused = { path: 'alerts', message, code: 'NOT_STORED', body: alerts[0] } as const;
    const [outcome] = await commitBatch(deps, [
      { delivery: { ...delivery, alerts: [], rejected: [...rejected, refused] }, before },
    ]);
    return outcome ?? noOutcome;
  }
  const middle = Math.ceil(alerts.length / 2);
  const [first] = await commitOrBisect(deps, [{ delivery: { ...delivery, alerts: alerts.slice(0, middle) }, before }]);
  const sofar = addOutcomes(before ?? noOutcome, first ?? noOutcome);
  // What was rejected before went with the first part.
  const rest = { ...delivery, alerts: alerts.slice(middle), rejected: [] };
  const [second] = await commitOrBisect(deps, [{ delivery: rest, before: sofar }]);
  return addOutcomes(first ?? noOutcome, second ?? noOutcome);
}
