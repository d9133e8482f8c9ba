import { requireBinary } from '../support/requirement.js';
import { startIdleAlertmanager } from './alertmanager.js';
import { BarePostgres, type BareResult } from './barePostgres.js';
import { fillPostgres } from './fillPostgres.js';
import { ingestTables } from './ingestTable.js';
import type { LoadResult } from './load/closedLoop.js';
import type { LabelSets, Load } from './load/request.js';
import { runLoad } from './load/run.js';
import { makeDataDir, relayIsAtHead, startProduct, type Product } from './product.js';
import type { Table } from './report.js';
import { within, type Scope } from './scope.js';

export interface Scenario {
  readonly name: string;
  readonly alertsPerRequest: number;
  readonly choice: LabelSets['choice'];
  readonly count: number;
  /** Each label set is sent once before the clock starts. */
  readonly isSeeded: boolean;
}

const scenarios: readonly Scenario[] = [
  { name: 'new, 10 a request', alertsPerRequest: 10, choice: 'new', count: 0, isSeeded: false },
  { name: 'new, 1 a request', alertsPerRequest: 1, choice: 'new', count: 0, isSeeded: false },
  { name: 'repeated, 10 a request', alertsPerRequest: 10, choice: 'inTurn', count: 1_000, isSeeded: true },
  { name: 'repeated, 1 a request', alertsPerRequest: 1, choice: 'inTurn', count: 1_000, isSeeded: true },
  { name: 'mixed, 10 a request', alertsPerRequest: 10, choice: 'random', count: 20_000, isSeeded: false },
];

/** One scenario of one round, on all three. */
export interface Round {
  readonly scenario: Scenario;
  readonly product: LoadResult & { readonly batchAlerts: number; readonly catchUpSeconds: number | null };
  readonly stored: Stored;
  readonly alertmanager: LoadResult | null;
  readonly bare: BareResult;
}

/** What Postgres has more than before the round. */
export interface Stored {
  readonly rows: number;
  readonly receipts: number;
}

interface Stage {
  readonly scope: Scope;
  readonly product: Product;
  readonly bare: BarePostgres;
  readonly binary: string | null;
  readonly seconds: number;
}

/** Durable alerts a second: the product, a real Alertmanager and bare Postgres take turns under the same load. */
export async function measureIngest(
  scope: Scope,
  { isQuick, stored = 0 }: { readonly isQuick: boolean; readonly stored?: number },
): Promise<readonly Table[]> {
  const dataDir = await makeDataDir(scope);
  const amount = { alerts: stored, incidents: Math.ceil(stored / 10) };
  // A ClickHouse that is new gets the whole log, and would be given it while we measure: so it is made before the log is there.
  if (stored > 0) await within(scope, async (inner) => void (await startProduct(inner, dataDir)));
  const known = stored === 0 ? null : await fillPostgres(scope, dataDir, amount);
  const started = await startProduct(scope, dataDir);
  // Only a first start prints a secret.
  const product = { ...started, secret: known ?? started.secret };
  const bare = await BarePostgres.open(scope, product);
  const binary = requireBinary('prometheus-alertmanager', 'alertmanager');
  const stage: Stage = { scope, product, bare, binary, seconds: isQuick ? 1 : 4 };
  const rounds: Round[] = [];
  const roundCount = isQuick ? 1 : 3;
  await warmUp(stage);
  for (let round = 0; round < roundCount; round++) {
    for (const scenario of scenarios) rounds.push(await runRound(stage, scenario, rounds.length));
  }
  return ingestTables(rounds, stage.seconds, stored);
}

/** Compiles what is hot and plans the statements; a real service is never cold. */
async function warmUp({ scope, product, seconds }: Stage): Promise<void> {
  const labelSets = { run: 9_999, startsAt: new Date().toISOString(), choice: 'random', count: 2_000 } as const;
  await runLoad(scope, { ...loadOn(product, 10, labelSets), seconds: Math.min(2, seconds) });
  await relayIsAtHead(product.pool, 60);
}

async function runRound(stage: Stage, scenario: Scenario, run: number): Promise<Round> {
  const { scope, product, bare, binary, seconds } = stage;
  const { choice, count, alertsPerRequest } = scenario;
  const labelSets: LabelSets = { run, startsAt: new Date().toISOString(), choice, count };
  const timed = (load: Load): Promise<LoadResult> => runLoad(scope, { ...load, seconds });
  const seed = async (load: Load): Promise<void> => {
    if (scenario.isSeeded) await runLoad(scope, { ...load, isSeed: true });
  };

  const load = loadOn(product, alertsPerRequest, labelSets);
  await seed(load);
  await relayIsAtHead(product.pool, 60);
  const before = { stored: await countStored(product), batches: await readBatches(product) };
  const result = await timed(load);
  const after = { stored: await countStored(product), batches: await readBatches(product) };
  const batchAlerts = (after.batches.alerts - before.batches.alerts) / (after.batches.count - before.batches.count);
  const catchUpSeconds = await relayIsAtHead(product.pool, 60);

  const alertmanager =
    binary === null
      ? null
      : await within(scope, async (inner) => {
          const url = await startIdleAlertmanager(inner, binary);
          const same = { ...load, url };
          await seed(same);
          return timed(same);
        });

  if (scenario.isSeeded) await bare.seed(labelSets);
  const alerts = Math.max(alertsPerRequest, Math.round(batchAlerts));
  const deliveries = Math.max(1, Math.round(alerts / alertsPerRequest));
  return {
    scenario,
    product: { ...result, batchAlerts, catchUpSeconds },
    stored: {
      rows: after.stored.rows - before.stored.rows,
      receipts: after.stored.receipts - before.stored.receipts,
    },
    alertmanager,
    bare: await bare.run(labelSets, { alerts, deliveries }, seconds),
  };
}

export function loadOn({ url, secret }: Product, alertsPerRequest: number, labelSets: LabelSets): Load {
  return { url, secret, connections: 16, alertsPerRequest, seconds: 1, isSeed: false, labelSets };
}

async function countStored({ pool }: Product): Promise<Stored> {
  const { rows } = await pool.query<Stored>(
    'select count(*) as rows, coalesce(sum(received_count), 0)::bigint as receipts from alert',
  );
  return rows[0] ?? { rows: 0, receipts: 0 };
}

/** Batches so far and the alerts in them, from the product's own metrics. */
async function readBatches({ url }: Product): Promise<{ readonly count: number; readonly alerts: number }> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = (name: string): number => Number(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)`, 'm').exec(text)?.[1] ?? 0);
  return { count: value('tocsin_batch_alerts_count'), alerts: value('tocsin_batch_alerts_sum') };
}
