import { loadOn } from './ingest.js';
import { runOpenLoop } from './load/openLoop.js';
import { memoryOf, type Memory } from './memory.js';
import { makeDataDir, startProduct, type Product } from './product.js';
import { megabytes, whole, type Table } from './report.js';
import type { Scope } from './scope.js';
import { spreadOf } from './statistics.js';

interface Minute {
  readonly sent: number;
  readonly accepted: number;
  readonly memory: Memory;
}

const alertsPerSecond = 200;

/**
 * Memory under load that goes on: whatever a queue or a cache keeps for ever shows as a slope. Minutes take turns between
 * alerts that are all new and repeats of 20,000.
 */
export async function measureSoak(
  scope: Scope,
  { isQuick, minutes }: { readonly isQuick: boolean; readonly minutes: number },
): Promise<readonly Table[]> {
  const product = await startProduct(scope, await makeDataDir(scope));
  const observed: Minute[] = [];
  for (let minute = 0; minute < (isQuick ? 4 : minutes); minute++) {
    observed.push(await runMinute(product, minute, isQuick ? 2 : 60));
  }
  const quarter = Math.max(1, Math.floor(observed.length / 4));
  const early = observed.slice(quarter, 2 * quarter);
  const late = observed.slice(-quarter);
  const refused = observed.reduce((sum, { sent, accepted }) => sum + sent - accepted, 0);
  return [
    {
      title: `Memory under ${alertsPerSecond} alerts a second, ${observed.length} minutes`,
      columns: ['process', 'second quarter', 'last quarter', 'growth'],
      rows: [
        ['Tocsin with ClickHouse', ...growth(early, late, ({ node }) => node)],
        ['PostgreSQL', ...growth(early, late, ({ postgres }) => postgres ?? Number.NaN)],
      ],
      notes: [
        'Medians of one look a minute. The first quarter is left out: caches and pools fill.',
        `${whole(observed.reduce((sum, { sent }) => sum + sent, 0))} alerts sent, one a request; ${whole(refused)} not answered 2xx.`,
      ],
    },
  ];
}

async function runMinute(product: Product, minute: number, seconds: number): Promise<Minute> {
  const isNew = minute % 2 === 0;
  const labelSets = {
    run: isNew ? minute : 9_000,
    startsAt: new Date().toISOString(),
    choice: isNew ? 'new' : 'random',
    count: isNew ? 0 : 20_000,
  } as const;
  const { at, accepted } = await runOpenLoop({ ...loadOn(product, 1, labelSets), seconds }, alertsPerSecond);
  return { sent: at.size, accepted: accepted.size, memory: await memoryOf(product) };
}

function growth(
  early: readonly Minute[],
  late: readonly Minute[],
  of: (memory: Memory) => number,
): readonly [string, string, string] {
  const [before, after] = [early, late].map((minutes) => spreadOf(minutes.map(({ memory }) => of(memory))).p50);
  if (before === undefined || after === undefined) return ['–', '–', '–'];
  return [megabytes(before), megabytes(after), `${((after / before - 1) * 100).toFixed(1)} %`];
}
