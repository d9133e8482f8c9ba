import { dashboardDocuments } from './dashboardDocuments.js';
import { fillPostgres, type StoredAmount } from './fillPostgres.js';
import { makeDataDir, startProduct, type Product } from './product.js';
import { p50p99, whole, type Table } from './report.js';
import type { Scope } from './scope.js';
import { timed } from './timedQueries.js';

interface Screen {
  readonly name: string;
  /** Sent at once, as the dashboard does; the screen is there when all are answered. */
  readonly ask: () => Promise<unknown>;
}

/** How long the dashboard's screens wait for GraphQL when a year of alerts is stored. */
export async function measureGraphql(
  scope: Scope,
  { isQuick }: { readonly isQuick: boolean },
): Promise<readonly Table[]> {
  const wanted: StoredAmount = isQuick
    ? { alerts: 20_000, incidents: 2_000 }
    : { alerts: 1_000_000, incidents: 100_000 };
  const dataDir = await makeDataDir(scope);
  await fillPostgres(scope, dataDir, wanted);
  const product = await startProduct(scope, dataDir);
  const stored = await countStored(product);
  const rows: (readonly string[])[] = [];
  for (const { name, ask } of await screensOf(product)) {
    const spread = await timed(ask, isQuick ? 0.5 : 5);
    rows.push([name, p50p99(spread), whole(spread.count)]);
  }
  return [
    {
      title: `GraphQL: ${whole(stored.alerts)} alerts and ${whole(stored.incidents)} incidents`,
      columns: ['what a screen asks', 'p50 / p99 ms', 'times'],
      rows,
      notes: [
        'The dashboard’s own queries, sent at once over HTTP where a screen sends several; one user, the product on embedded stores, warm.',
        `Stored: a year of incidents in 60 services, ${whole(stored.open)} of them open, ${whole(stored.firing)} alerts firing, ${whole(stored.events)} events in the log; the largest incident has ${whole(stored.largest)} alerts.`,
      ],
    },
  ];
}

async function screensOf(product: Product): Promise<readonly Screen[]> {
  const documentOf = await dashboardDocuments();
  const ask = (operation: string, variables: object = {}): Promise<unknown> =>
    product.ask(documentOf(operation), variables);
  const incidents =
    (filter: object, sort = 'NEWEST') =>
    () =>
      Promise.all([ask('IncidentPage', { filter, sort, first: 50, isFirst: true }), ask('IncidentFacets', { filter })]);
  const fields = ['status', 'severity', 'service', 'environment', 'integration', 'alertname', 'cluster', 'namespace'];
  const alerts = (filter: object) => () =>
    Promise.all([
      ask('AlertPage', { filter, sort: 'NEWEST', first: 50, isFirst: true }),
      ask('AlertFacets', { filter, fields }),
    ]);
  const incident = (number: number, id: string) => () =>
    Promise.all([ask('Incident', { number }), ask('Timeline', { id }), ask('IncidentAlerts', { id })]);
  const { ordinary, largest } = await someIncidents(product);
  return [
    { name: 'incident list, 50 open ones with facets', ask: incidents({ isOpen: true }) },
    { name: 'incident list, 50 of all with facets', ask: incidents({}) },
    { name: 'incident list, 50 of one service with facets', ask: incidents({ services: ['service-030'] }) },
    { name: 'incident list, 50 by a word with facets', ask: incidents({ text: 'latency' }) },
    { name: `incident page, ${whole(ordinary.alerts)} alerts`, ask: incident(ordinary.number, ordinary.id) },
    { name: `incident page, ${whole(largest.alerts)} alerts`, ask: incident(largest.number, largest.id) },
    { name: 'alert list, 50 firing with facets', ask: alerts({ statuses: ['FIRING'] }) },
    { name: 'alert list, 50 of all with facets', ask: alerts({}) },
    {
      name: 'alert list, 50 by a label with facets',
      ask: alerts({ matchers: [{ name: 'cluster', op: 'EQ', value: 'cluster-1' }] }),
    },
    { name: 'overview', ask: () => Promise.all([ask('Overview'), ask('Burning')]) },
  ];
}

interface SomeIncident {
  readonly number: number;
  readonly id: string;
  readonly alerts: number;
}

async function someIncidents({ pool, ask }: Product): Promise<Readonly<Record<'ordinary' | 'largest', SomeIncident>>> {
  const { rows } = await pool.query<{ incident_id: number; n: number }>(
    'select incident_id, count(*) as n from alert group by incident_id order by count(*) desc, incident_id',
  );
  const largest = rows[0];
  const ordinary = rows[Math.floor(rows.length / 2)];
  if (largest === undefined || ordinary === undefined) throw new Error('Nothing was stored.');
  const found = async ({
    incident_id: number,
    n: alerts,
  }: {
    incident_id: number;
    n: number;
  }): Promise<SomeIncident> => {
    // Asked by number, so that the opaque id is the API's own.
    const incident = (await ask('query ($number: Int!) { incident(number: $number) { id } }', { number })) as {
      id: string;
    };
    return { number, id: incident.id, alerts };
  };
  return { largest: await found(largest), ordinary: await found(ordinary) };
}

async function countStored({ pool }: Product) {
  const { rows } = await pool.query<Record<'alerts' | 'incidents' | 'events' | 'open' | 'firing' | 'largest', number>>(
    `select (select count(*) from alert) as alerts, (select count(*) from incident) as incidents,
            (select count(*) from event) as events, (select count(*) from alert where closed_at is null) as firing,
            (select count(*) from incident where phase in ('detected', 'triaged', 'acknowledged', 'mitigated')) as open,
            (select max(n) from (select count(*) as n from alert group by incident_id) as sizes) as largest`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('Nothing was counted.');
  return row;
}
