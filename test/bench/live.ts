import { dashboardDocuments } from './dashboardDocuments.js';
import { loadOn } from './ingest.js';
import { runOpenLoop, type Sent } from './load/openLoop.js';
import { makeDataDir, pause, startProduct, type Product } from './product.js';
import { p50p99, whole, type Table } from './report.js';
import { within, type Scope } from './scope.js';
import { spreadOf } from './statistics.js';
import { subscribe, type Subscribers } from './subscribers.js';

interface Situation {
  readonly name: string;
  readonly subscribers: number;
  readonly alertsPerSecond: number;
  readonly seconds: number;
}

const situations: readonly Situation[] = [
  { name: 'idle', subscribers: 1, alertsPerSecond: 10, seconds: 15 },
  { name: 'under 1,000 alerts a second', subscribers: 1, alertsPerSecond: 1_000, seconds: 10 },
  { name: '1,000 subscribers, idle', subscribers: 1_000, alertsPerSecond: 10, seconds: 15 },
  { name: '1,000 subscribers, 50 alerts a second', subscribers: 1_000, alertsPerSecond: 50, seconds: 10 },
];

/** From the POST to the event in a subscriber's hands, everything between on loopback. */
export async function measureLive(scope: Scope, { isQuick }: { readonly isQuick: boolean }): Promise<readonly Table[]> {
  const product = await startProduct(scope, await makeDataDir(scope));
  const document = (await dashboardDocuments())('AlertFeed');
  await warmUp(scope, product, document);
  const rows: (readonly string[])[] = [];
  for (const [index, situation] of (isQuick ? situations.slice(0, 3) : situations).entries()) {
    const seconds = isQuick ? 1 : situation.seconds;
    rows.push(await within(scope, (inner) => observe(inner, product, document, { ...situation, seconds }, index + 1)));
  }
  return [
    {
      title: 'Live: from POST to the event in a graphql-ws subscriber',
      columns: ['situation', 'p50 / p99 ms', 'POST answered 2xx', 'events received', 'lost', 'repeated'],
      rows,
      notes: [
        'One new alert a request at a fixed rate (open loop); every subscriber gets every alert event, by the subscription of the dashboard’s alert list. One clock: sender and subscribers are one process.',
        '1,000 subscribers are 21 WebSockets with up to 49 subscriptions each; 50 alerts a second are 50,000 messages a second, sent and read on the same cores.',
      ],
    },
  ];
}

async function warmUp(scope: Scope, product: Product, document: string): Promise<void> {
  await within(scope, async (inner) => {
    await subscribe(inner, product, document, 1, 0);
    await runOpenLoop(loadOf(product, 0, 1), 200);
  });
}

function loadOf(product: Product, run: number, seconds: number) {
  const labelSets = { run, startsAt: new Date().toISOString(), choice: 'new', count: 0 } as const;
  return { ...loadOn(product, 1, labelSets), seconds };
}

async function observe(
  scope: Scope,
  product: Product,
  document: string,
  { name, subscribers: count, alertsPerSecond, seconds }: Situation,
  run: number,
): Promise<readonly string[]> {
  const subscribers = await subscribe(scope, product, document, count, run);
  const sent = await runOpenLoop(loadOf(product, run, seconds), alertsPerSecond);
  await allArrived(subscribers, sent.accepted.size);
  const latencies = latenciesOf(subscribers, sent);
  const lost = subscribers.arrivals.reduce(
    (sum, mine) => sum + [...sent.accepted].filter((id) => !mine.has(id)).length,
    0,
  );
  const ended =
    subscribers.failures.length === 0 ? '' : ` (${subscribers.failures.length} ended: ${subscribers.failures[0]})`;
  return [
    name,
    p50p99(spreadOf(latencies)),
    `${whole(sent.accepted.size)} of ${whole(sent.at.size)}`,
    whole(latencies.length),
    `${whole(lost)}${ended}`,
    whole(subscribers.repeats()),
  ];
}

/** What comes ten seconds late or later is lost. */
async function allArrived({ arrivals }: Subscribers, expected: number): Promise<void> {
  for (let waited = 0; waited < 10_000 && arrivals.some((mine) => mine.size < expected); waited += 50) await pause(50);
}

function latenciesOf({ arrivals }: Subscribers, { at }: Sent): readonly number[] {
  return arrivals.flatMap((mine) => [...mine].map(([id, arrivedAt]) => arrivedAt - (at.get(id) ?? Number.NaN)));
}
