import { kpiMetrics } from '@tocsin/schema/domain/kpi';
import { recomputeKpis } from '@tocsin/schema/postgres/kpi';
import { dashboardDocuments } from './dashboardDocuments.js';
import { fillClickHouse, incidentsInPostgres, type Year } from './fillClickHouse.js';
import { makeDataDir, startProduct, type Product } from './product.js';
import { p50p99, ratio, short, whole, type Table } from './report.js';
import type { Scope } from './scope.js';
import type { Spread } from './statistics.js';
import { timed } from './timedQueries.js';

const dayMs = 86_400_000;

/** The analytics page over a year of incidents in the embedded ClickHouse, and the same question to Postgres. */
export async function measureKpi(scope: Scope, { isQuick }: { readonly isQuick: boolean }): Promise<readonly Table[]> {
  const to = Math.floor(Date.now() / 60_000) * 60_000;
  const year: Year = { from: to - 365 * dayMs, to, incidents: isQuick ? 50_000 : 1_000_000 };
  const dataDir = await makeDataDir(scope);
  await fillClickHouse(scope, dataDir, year);
  const product = await startProduct(scope, dataDir);
  const rows: (readonly string[])[] = [];
  const seconds = isQuick ? 0.5 : 5;
  for (const { name, ask } of await questionsOf(product, year)) {
    const spread = await timed(ask, seconds);
    rows.push([name, p50p99(spread), whole(spread.count)]);
  }
  const { everything, postgres } = await compare(product, year, seconds);
  rows.push(['all tiles, everything ever stored', p50p99(everything), whole(everything.count)]);
  rows.push(['the same, recomputed by Postgres', p50p99(postgres), whole(postgres.count)]);
  return [
    {
      title: `KPIs: ${whole(year.incidents)} incidents of one year`,
      columns: ['what is asked', 'p50 / p99 ms', 'times'],
      rows,
      notes: [
        `All tiles are ${kpiMetrics.length} metrics and the funnel, each tile with the period before it: 90 days read 180. The dashboard’s own queries over HTTP, one user, ClickHouse in process, ${whole(year.incidents)} incident rows and as many of what was received.`,
        `ClickHouse answers the last question ${ratio(postgres.p50 / everything.p50)} as fast as Postgres (${short(postgres.p50)} ms), which is asked without HTTP and without the funnel.`,
      ],
    },
  ];
}

async function questionsOf(product: Product, { to }: Year) {
  const documentOf = await dashboardDocuments();
  const query = { from: iso(to - 90 * dayMs), to: iso(to), timeZone: 'Europe/Berlin' };
  const tiles = { query, metrics: kpiMetrics };
  const ask = (operation: string, variables: object) => (): Promise<unknown> =>
    product.ask(documentOf(operation), variables);
  const all = ask('Kpis', tiles);
  const trend = ask('KpiSeries', { query, metric: 'MTTR_FINAL', bucket: 'DAY' });
  const breakdown = ask('KpiBreakdown', { query, metric: 'MTTR_FINAL', by: 'SERVICE' });
  const filtered = { ...tiles, query: { ...query, filter: { services: ['service-7'], severities: ['CRITICAL'] } } };
  return [
    { name: 'all tiles, 90 days', ask: all },
    { name: 'all tiles, 90 days, one service, critical', ask: ask('Kpis', filtered) },
    { name: 'MTTR by day, 90 days', ask: trend },
    { name: 'MTTR by service, 90 days', ask: breakdown },
    { name: 'the whole page at once: tiles, trend, breakdown', ask: () => Promise.all([all(), trend(), breakdown()]) },
  ];
}

async function compare(
  product: Product,
  year: Year,
  seconds: number,
): Promise<{ readonly everything: Spread; readonly postgres: Spread }> {
  const documentOf = await dashboardDocuments();
  const query = { from: iso(year.from), to: iso(year.to + dayMs), timeZone: 'UTC' };
  const all = documentOf('Kpis');
  const everything = await timed(() => product.ask(all, { query, metrics: kpiMetrics }), seconds);
  await product.pool.query(dropIndexes);
  await product.pool.query(incidentsInPostgres, [year.from, year.to - year.from, year.incidents]);
  await product.pool.query('vacuum analyze incident');
  return { everything, postgres: await timed(() => recomputeKpis(product.pool, 'OVERALL'), seconds, 5) };
}

/** The recomputation reads the whole table, so indexes would only make the filling slow. */
const dropIndexes = `do $$ declare name text; begin
  for name in select indexrelid::regclass from pg_index where indrelid = 'incident'::regclass and not indisprimary loop
    execute 'drop index ' || name;
  end loop; end $$`;

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
