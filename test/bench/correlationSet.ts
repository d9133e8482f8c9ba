import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testIntegration } from '@tocsin/ingest/integration.fixture';
import { sourceNamed } from '@tocsin/ingest/sources/registry';
import type { TopologyService } from '@tocsin/schema/domain/topology';
import type { Integration } from '@tocsin/schema/domain/source';
import { z } from 'zod';

const deliverySchema = z.object({ at: z.iso.datetime(), path: z.string(), body: z.unknown() });
const truthSchema = z.array(
  z.object({
    fingerprint: z.string(),
    startsAt: z.iso.datetime(),
    alsoSeenAs: z.array(z.iso.datetime()).optional(),
    incident: z.string(),
  }),
);
const serviceSchema = z.object({
  name: z.string(),
  kind: z.string().default(''),
  environments: z.array(z.string()).default([]),
  namespace: z.string().nullable().default(null),
  team: z.string().nullable().default(null),
  tier: z.number().nullable().default(null),
  aliases: z.array(z.string()).default([]),
  dependsOn: z.array(z.string()).default([]),
});

/** One labelled storm. Times are epoch milliseconds. */
export interface StormSet {
  readonly name: string;
  readonly deliveries: readonly StormDelivery[];
  readonly services: readonly TopologyService[];
  readonly truth: readonly TrueEpisode[];
}

export interface StormDelivery {
  readonly at: number;
  readonly integration: Integration;
  readonly body: unknown;
}

export interface TrueEpisode {
  readonly fingerprint: string;
  /** The instants at which it may have been reported to start. */
  readonly startsAt: readonly number[];
  readonly incident: string;
}

/** @throws where a file is missing or is not of the documented shape */
export async function readStormSet(folder: string, name: string): Promise<StormSet> {
  const read = (file: string): Promise<string> => readFile(join(folder, name, file), 'utf8');
  const lines = (await read('deliveries.jsonl')).split('\n').filter((line) => line !== '');
  const integrations = new Map<string, Integration>();
  const deliveries = lines.map((line) => {
    const { at, path, body } = deliverySchema.parse(JSON.parse(line));
    const integration = integrations.get(path) ?? integrationOf(path, integrations.size + 1);
    integrations.set(path, integration);
    return { at: Date.parse(at), integration, body };
  });
  const truth = truthSchema.parse(JSON.parse(await read('truth.json')));
  const { services } = z.object({ services: z.array(serviceSchema) }).parse(JSON.parse(await read('services.json')));
  return {
    name,
    deliveries,
    services,
    truth: truth.map(({ fingerprint, startsAt, alsoSeenAs = [], incident }) => {
      return { fingerprint, startsAt: [startsAt, ...alsoSeenAs].map((time) => Date.parse(time)), incident };
    }),
  };
}

function integrationOf(path: string, id: number): Integration {
  const source = sourceNamed(path.slice(path.lastIndexOf('/') + 1));
  if (source === null) throw new Error(`The storm was sent to ${path}, which no source answers to.`);
  return testIntegration({ id, source: source.kind, name: source.kind });
}
