import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fromRepository } from '../bench/root.js';
import { fuzz, type FuzzReport } from './run.js';

/** Of the processor. A body that takes longer holds up everybody else's. */
const longestMs = 2_000;
/** Of heap, over the whole run, once the first round has filled caches. */
const mostGrowthBytes = 64 * 1024 * 1024;

const fixturesIn = fromRepository('ingest/src/sources');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** In bytes, after a collection. */
function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } } });
  const minutes = Number(values.minutes);
  const firstSeed = Number(values.seed ?? Date.now() % 1_000_000);
  if (!(minutes > 0) || !Number.isSafeInteger(firstSeed)) throw new Error('Write --minutes 10 --seed 42, or less.');
  const until = performance.now() + minutes * 60_000;
  const problems: string[] = [];
  let requests = 0;
  let heapAtFirst: number | null = null;
  const statuses: Record<string, number> = {};
  const slowest: Record<string, { ms: number; bytes: number }> = {};

  for (let seed = firstSeed; performance.now() < until && problems.length === 0; seed++) {
    const report = await fuzz({ fixturesIn, seed, goOn: (count) => count < 5_000 && performance.now() < until });
    requests += report.requests;
    addUp(report, statuses, slowest);
    problems.push(...report.findings.map(describe));
    for (const [source, { ms, bytes }] of Object.entries(report.slowest)) {
      if (ms > longestMs) problems.push(`seed ${seed}: ${source} took ${ms.toFixed(0)} ms for ${bytes} bytes`);
    }
    heapAtFirst ??= heap();
  }
  const growth = heapAtFirst === null ? 0 : heap() - heapAtFirst;
  if (growth > mostGrowthBytes) problems.push(`the heap grew by ${mebibytes(growth)} MiB`);
  const lines = [
    `${requests} requests from seed ${firstSeed} on, heap ${growth < 0 ? '' : '+'}${mebibytes(growth)} MiB`,
    `statuses: ${Object.entries(statuses)
      .map(([status, count]) => `${status}: ${count}`)
      .join(', ')}`,
    ...Object.entries(slowest).map(
      ([source, { ms, bytes }]) => `slowest ${source}: ${ms.toFixed(0)} ms, ${bytes} bytes`,
    ),
    ...problems,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return problems.length === 0 ? 0 : 1;
}

function addUp(
  report: FuzzReport,
  statuses: Record<string, number>,
  slowest: Record<string, { ms: number; bytes: number }>,
): void {
  for (const [status, count] of Object.entries(report.statuses)) statuses[status] = (statuses[status] ?? 0) + count;
  for (const [source, each] of Object.entries(report.slowest)) {
    if (each.ms > (slowest[source]?.ms ?? 0)) slowest[source] = each;
  }
}

function describe({ seed, nr, what, request }: FuzzReport['findings'][number]): string {
  const { method, path, headers, body } = request;
  return `seed ${seed}, request ${nr}: ${what}\n  ${method} ${path} ${JSON.stringify(headers)}\n  ${body.subarray(0, 600).toString('latin1')}`;
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}

process.exitCode = await main();
