import { createPipeline } from '@tocsin/ingest/pipeline';
import type { Configuration } from '@tocsin/ingest/placing';
import { Hints } from '@tocsin/ingest/hints';
import { receiveRoutes } from '@tocsin/ingest/receive';
import { createVerifier } from '@tocsin/ingest/verifier';
import type { SourceKind } from '@tocsin/schema/domain/source';
import { createIntegration } from '@tocsin/schema/postgres/integrationSecret';
import { createPool, type Pool } from '@tocsin/schema/postgres/pool';
import { fastify } from 'fastify';
import { builtInConfiguration } from './builtInConfiguration.js';

export interface IngestHarness {
  readonly url: string;
  readonly secret: string;
  readonly integrationId: number;
  /** Posts a body to a webhook and returns the status and the parsed answer. */
  readonly post: (
    path: string,
    body: unknown,
    secret?: string,
  ) => Promise<{ status: number; body: Record<string, unknown> }>;
  readonly stop: () => Promise<void>;
}

/** The real receiving side of ingest on a free loopback port, on a database of the caller's. */
export async function startIngest(
  database: { readonly url: string; readonly pool: Pool },
  options: {
    readonly source?: SourceKind;
    readonly now?: () => number;
    readonly secret?: string;
    readonly configuration?: () => Configuration;
  } = {},
): Promise<IngestHarness> {
  const now = options.now ?? Date.now;
  const batchPool = createPool({
    connectionString: database.url,
    applicationName: 'test-batch',
    max: 2,
    pipeline: true,
  });
  const pipeline = createPipeline({
    pool: batchPool,
    configuration: options.configuration ?? (() => builtInConfiguration),
    hints: new Hints(),
    now,
  });
  const { id, secret } = await createIntegration(database.pool, {
    name: `test ${options.source ?? 'alertmanager'}`,
    source: options.source ?? 'alertmanager',
    team: 'payments',
    environment: null,
    staleAfterSeconds: null,
    staleAction: null,
    ignoreLabels: null,
    volatileAnnotations: null,
  });
  const app = fastify({ logger: false });
  await receiveRoutes(app, { verify: createVerifier(database.pool, now), submit: pipeline.submit, now });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    secret,
    integrationId: id,
    post: async (path, body, given = secret) => {
      const response = await fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${given}` },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
    },
    stop: async () => {
      await app.close();
      await pipeline.drain();
      await batchPool.end();
    },
  };
}
