import { fillPostgres, type StoredAmount } from './fillPostgres.js';
import { makeDataDir, startProduct, type Product } from './product.js';
import { p50p99, short, whole, type Table } from './report.js';
import type { Scope } from './scope.js';
import { timed } from './timedQueries.js';

const day = 86_400_000;
const rules = [
  { name: 'Disks', match: 're(labels.alertname, "(?i)^disk") && severity >= medium', groupBy: ['environment', 'host'] },
  {
    name: 'Staging',
    match: 'environment == "staging"',
    groupBy: ['labels.cluster'],
    thresholdCount: 3,
    thresholdSeconds: 600,
  },
  { name: 'Restarts', match: 'labels.alertname == "PodRestarts"', holdSeconds: 300 },
];

interface Answer {
  readonly id: string;
  readonly state: string;
  readonly alertCount: number;
  readonly error: string | null;
  readonly before: { readonly incidents: number } | null;
  readonly after: { readonly incidents: number; readonly heldBack: number } | null;
}

const fields = 'id state alertCount error before { incidents } after { incidents heldBack }';

/** How long a draft takes over a year of alerts, and what the rest of the process notices of it. */
export async function measureBacktest(
  scope: Scope,
  { isQuick }: { readonly isQuick: boolean },
): Promise<readonly Table[]> {
  const wanted: StoredAmount = isQuick
    ? { alerts: 20_000, incidents: 2_000 }
    : { alerts: 1_000_000, incidents: 100_000 };
  const dataDir = await makeDataDir(scope);
  await fillPostgres(scope, dataDir, wanted);
  const product = await startProduct(scope, dataDir);
  const ask = () => product.ask('{ overview { openIncidents } }');
  const alone = await timed(ask, isQuick ? 0.5 : 5);
  const startedAt = performance.now();
  const running = run(product);
  let seconds = 0;
  void running.then(() => (seconds = (performance.now() - startedAt) / 1_000)).catch(() => undefined);
  const beside = await timed(ask, isQuick ? 0.5 : 10);
  const done = await running;
  const row = (name: string, value: string) => [name, value];
  return [
    {
      title: `Backtest: ${whole(done.alertCount)} alerts of a year`,
      columns: ['what', 'measured'],
      rows: [
        row('a draft of three rules against none, s', short(seconds)),
        row('alerts a second', whole(done.alertCount / seconds)),
        row("incidents by today's rules", whole(done.before?.incidents ?? 0)),
        row('incidents by the draft', whole(done.after?.incidents ?? 0)),
        row('alerts that the draft holds back', whole(done.after?.heldBack ?? 0)),
        row('overview over GraphQL, alone, p50 / p99 ms', p50p99(alone)),
        row('overview over GraphQL, beside the backtest, p50 / p99 ms', p50p99(beside)),
      ],
      notes: [
        'From the mutation to the stored result, the product on embedded stores; every alert is decided twice, by the built-in rule and by the draft.',
      ],
    },
  ];
}

async function run(product: Product): Promise<Answer> {
  const from = new Date(Date.now() - 370 * day).toISOString();
  const start = `mutation ($rules: [CorrelationRuleInput!]!, $from: DateTime!) {
    startBacktest(rules: $rules, from: $from) { ${fields} } }`;
  // our own API's answers
  let backtest = (await product.ask(start, { rules, from })) as Answer;
  while (backtest.state === 'RUNNING') {
    await new Promise((resolve) => setTimeout(resolve, 100));
    backtest = (await product.ask(`{ backtest(id: ${backtest.id}) { ${fields} } }`)) as Answer;
  }
  if (backtest.state !== 'DONE') throw new Error(`The backtest ended ${backtest.state}: ${backtest.error ?? ''}`);
  return backtest;
}
