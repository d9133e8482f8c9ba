import { join } from 'node:path';
import { freePort } from '../support/monitoring.js';
import { startProcess } from '../support/process.js';
import { loadOn } from './ingest.js';
import { runLoad } from './load/run.js';
import { memoryOf, type Memory } from './memory.js';
import { makeDataDir, pause, startProduct } from './product.js';
import { megabytes, type Table } from './report.js';
import { within, type Scope } from './scope.js';
import { makeWorkingCopy } from './workingCopy.js';

interface StartTimes {
  /** Seconds from the command to the first 200 of the page. */
  readonly page: number;
  /** Seconds to the first answer of GraphQL. */
  readonly graphql: number;
}

/** `npm start` to the first page, and what the running product keeps in memory. */
export async function measureStart(
  scope: Scope,
  { isQuick }: { readonly isQuick: boolean },
): Promise<readonly Table[]> {
  const rows: (readonly string[])[] = [];
  await within(scope, async (inner) => {
    const copy = await makeWorkingCopy(inner);
    const dataDir = await makeDataDir(inner);
    // The build alone takes longer than a quick run may: there the first start is not shown.
    const names = ['cold: nothing built, no data', 'warm: built, data there'];
    for (const name of isQuick ? names.slice(0, 1) : names) {
      rows.push([name, ...cellsOf(await within(inner, (own) => startOnce(own, copy, dataDir)))]);
    }
    if (!isQuick) {
      const own = join(dataDir, 'other');
      rows.push(['built, no data', ...cellsOf(await within(inner, (start) => startOnce(start, copy, own)))]);
    }
  });
  return [
    {
      title: 'Start: `npm start` to the first page',
      columns: ['start', 'page after s', 'first GraphQL answer after s'],
      rows,
      notes: [
        'Cold builds schema, ingest, server and web and makes both databases. The packages are installed in all cases.',
      ],
    },
    await memoryTable(scope, isQuick),
  ];
}

function cellsOf({ page, graphql }: StartTimes): readonly string[] {
  return [page.toFixed(1), graphql.toFixed(1)];
}

/** As `npm start` does, without npm's own 0.2 s. */
async function startOnce(scope: Scope, copy: string, dataDir: string): Promise<StartTimes> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { TOCSIN_DATA_DIR: dataDir, TOCSIN_PORT: String(port), TOCSIN_LOG_LEVEL: 'warn' };
  const startedAt = performance.now();
  const started = startProcess(process.execPath, [join(copy, 'server', 'bin', 'start.js')], { env, cwd: copy });
  scope.add(() => started.end());
  const seconds = async (isThere: () => Promise<boolean>): Promise<number> => {
    for (;;) {
      if (await isThere().catch(() => false)) return (performance.now() - startedAt) / 1_000;
      if (performance.now() - startedAt > 300_000) throw new Error(`No page after five minutes:\n${started.output()}`);
      await pause(20);
    }
  };
  const body = JSON.stringify({ query: '{ system { version } }' });
  const headers = { 'content-type': 'application/json' };
  const page = await seconds(async () => (await fetch(url)).ok);
  // Nobody has signed in yet: to be told so is an answer.
  const graphql = await seconds(
    async () => (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).status === 401,
  );
  return { page, graphql };
}

async function memoryTable(outer: Scope, isQuick: boolean): Promise<Table> {
  return within(outer, async (scope) => {
    const product = await startProduct(scope, await makeDataDir(scope));
    await pause(isQuick ? 500 : 5_000);
    const rest = await memoryOf(product);
    const labelSets = { run: 1, startsAt: new Date().toISOString(), choice: 'new', count: 0 } as const;
    const load = runLoad(scope, { ...loadOn(product, 10, labelSets), seconds: isQuick ? 2 : 15 });
    const peak = await peakWhile(load, () => memoryOf(product));
    const { alerts } = await load;
    const cells = ({ node, postgres }: Memory): readonly string[] => [
      megabytes(node),
      postgres === null ? '–' : megabytes(postgres),
    ];
    return {
      title: 'Memory',
      columns: ['', 'Node with ClickHouse', 'PostgreSQL'],
      rows: [
        ['at rest', ...cells(rest)],
        ['under load, highest', ...cells(peak)],
      ],
      notes: [
        `Load: new alerts, 10 a request, 16 connections, ${alerts} alerts in ${isQuick ? 2 : 15} s. Node: resident. PostgreSQL: all its processes, shared pages counted once.`,
      ],
    };
  });
}

async function peakWhile(load: Promise<unknown>, read: () => Promise<Memory>): Promise<Memory> {
  let isOver = false;
  void load.catch(() => undefined).finally(() => (isOver = true));
  let peak = await read();
  while (!isOver) {
    await pause(250);
    const now = await read();
    const postgres = peak.postgres === null || now.postgres === null ? null : Math.max(peak.postgres, now.postgres);
    peak = { node: Math.max(peak.node, now.node), postgres };
  }
  return peak;
}
