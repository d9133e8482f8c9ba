import { batchPlanning } from '@tocsin/schema/postgres/batchPlanning';
import { createIntegration } from '@tocsin/schema/postgres/integrationSecret';
import { migratePostgres } from '@tocsin/schema/postgres/migrate';
import { createPool, type Pool } from '@tocsin/schema/postgres/pool';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { databaseUrl } from '../support/sharedPostgres.js';
import { BareRows, type BareBatch } from './bareRows.js';
import type { LabelSets } from './load/request.js';
import type { Scope } from './scope.js';
import { spreadOf, type Spread } from './statistics.js';

export interface BareResult {
  readonly alerts: number;
  readonly seconds: number;
  readonly latency: Spread;
}

/**
 * The limit: Postgres given the rows that the product writes, by the product's own statements and in batches of the
 * product's size, with nobody asking over HTTP, reading or deciding. One transaction at a time, in one round trip.
 */
export class BarePostgres {
  readonly #pool: Pool;
  readonly #rows: BareRows;

  private constructor(pool: Pool, rows: BareRows) {
    this.#pool = pool;
    this.#rows = rows;
  }

  /** In a database of its own on the product's server, so that both have the same settings and the same disk. */
  static async open(
    scope: Scope,
    product: { readonly pool: Pool; readonly databaseUrl: string },
  ): Promise<BarePostgres> {
    await product.pool.query('create database bare');
    const connectionString = databaseUrl(product.databaseUrl, 'bare');
    const setUp = createPool({ connectionString, applicationName: 'bench', max: 1 });
    await migratePostgres(setUp);
    const { id } = await createIntegration(setUp, {
      name: 'bare',
      source: 'prometheus',
      team: null,
      environment: null,
      staleAfterSeconds: null,
      staleAction: null,
      ignoreLabels: null,
      volatileAnnotations: null,
    });
    const rows = new BareRows(id);
    await rows.openIncidents(setUp);
    await setUp.end();
    const options = { connectionString, applicationName: 'bench-bare', max: 1, pipeline: true };
    const pool = createPool({ ...options, serverOptions: batchPlanning, statementTimeoutMs: 60_000 });
    scope.add(() => pool.end());
    return new BarePostgres(pool, rows);
  }

  /** Writes each label set once. */
  async seed(labelSets: LabelSets): Promise<void> {
    for (let from = 0; from < labelSets.count; from += 500) {
      const ids = Array.from({ length: Math.min(500, labelSets.count - from) }, (_, index) => from + index);
      await this.#write(this.#rows.batchOf(labelSets, ids, 50));
    }
  }

  async run(
    labelSets: LabelSets,
    size: { readonly alerts: number; readonly deliveries: number },
    seconds: number,
  ): Promise<BareResult> {
    let next = 0;
    const id = (): number =>
      labelSets.choice === 'random'
        ? Math.floor(Math.random() * labelSets.count)
        : labelSets.choice === 'new'
          ? next++
          : next++ % labelSets.count;
    const took: number[] = [];
    const startedAt = performance.now();
    while (performance.now() < startedAt + seconds * 1_000) {
      const batch = this.#rows.batchOf(labelSets, Array.from({ length: size.alerts }, id), size.deliveries);
      const sentAt = performance.now();
      await this.#write(batch);
      took.push(performance.now() - sentAt);
    }
    const elapsed = (performance.now() - startedAt) / 1_000;
    return { alerts: took.length * size.alerts, seconds: elapsed, latency: spreadOf(took) };
  }

  async #write(batch: BareBatch): Promise<void> {
    await inTransaction(this.#pool, async (db, defer) => this.#rows.send(db, defer, batch));
  }
}
