import { z } from 'zod';
import { settled } from '../support/settled.js';
import type { StormSet } from './correlationSet.js';
import { makeDataDir, startProduct, type Product } from './product.js';
import type { Scope } from './scope.js';

/** One of a sender's alerts, as the API shows it. `startsAt` is epoch milliseconds on the storm's own clock. */
export interface ShownEpisode {
  readonly fingerprint: string;
  readonly startsAt: number;
  readonly incident: string;
}

const pageSchema = z.object({
  nodes: z.array(
    z.object({
      id: z.string(),
      incident: z.object({ id: z.string() }).nullable(),
      senderAlerts: z.array(z.object({ fingerprint: z.string(), startsAt: z.string() })),
    }),
  ),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});

/**
 * The storm through the whole product: posted to its webhooks in the order in which it was sent, as fast as it is answered,
 * and read back through its API. All times are moved so that the last delivery is now.
 */
export async function stormThroughProduct(
  scope: Scope,
  set: StormSet,
  withCatalogue: boolean,
): Promise<readonly ShownEpisode[]> {
  const product = await startProduct(scope, await makeDataDir(scope));
  if (withCatalogue) {
    const mutation = `mutation ($document: String!) { importServices(document: $document, dryRun: false) { isApplied } }`;
    await product.ask(mutation, { document: JSON.stringify({ services: set.services }) });
  }
  const shiftMs = Date.now() - Math.max(...set.deliveries.map(({ at }) => at));
  for (const { integration, body } of set.deliveries) {
    const response = await fetch(`${product.url}/webhooks/${integration.source}/${product.secret}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(shifted(body, shiftMs)),
    });
    if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  }
  await settled(product.pool);
  return shownEpisodes(product, shiftMs);
}

/** Moves the alerts' times; labels, and so fingerprints, stay, and the zero time stays zero. */
function shifted(body: unknown, shiftMs: number): unknown {
  return JSON.parse(JSON.stringify(body), (key, value: unknown) =>
    (key === 'startsAt' || key === 'endsAt') && typeof value === 'string' && !value.startsWith('0001-')
      ? new Date(Date.parse(value) + shiftMs).toISOString()
      : value,
  );
}

async function shownEpisodes({ ask }: Product, shiftMs: number): Promise<readonly ShownEpisode[]> {
  const query = `query ($after: Cursor) { alerts(first: 100, sort: OLDEST, after: $after) {
    nodes { id incident { id } senderAlerts { fingerprint startsAt } } pageInfo { hasNextPage endCursor } } }`;
  const episodes: ShownEpisode[] = [];
  for (let after: string | null = null; ;) {
    const { nodes, pageInfo } = pageSchema.parse(await ask(query, { after }));
    for (const { id, incident, senderAlerts } of nodes) {
      for (const { fingerprint, startsAt } of senderAlerts) {
        episodes.push({
          fingerprint,
          startsAt: Date.parse(startsAt) - shiftMs,
          incident: incident?.id ?? `alone ${id}`,
        });
      }
    }
    if (!pageInfo.hasNextPage) return episodes;
    after = pageInfo.endCursor;
  }
}
