import { startOfLog } from '@tocsin/schema/domain/event';
import { logHead } from '@tocsin/schema/postgres/log';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, startApi } from '../support/apiServer.js';
import { countStatements } from '../support/countedPool.js';
import { addAlert, addIncident, addIntegration } from '../support/fixtures.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

describe('the GraphQL API', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let integrationId: number;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database);
    integrationId = (await addIntegration(database.pool)).id;
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  it('answers the incident page in one query', async () => {
    const incident = await addIncident(database.pool);
    const alertId = await addAlert(database.pool, {
      integrationId,
      incidentId: incident.id,
      labels: { alertname: 'HighLatency', pod: 'a' },
    });
    await addAlert(database.pool, {
      integrationId,
      incidentId: incident.id,
      labels: { alertname: 'HighLatency', pod: 'b' },
    });
    // Another test's transaction may hold the log's horizon for a moment.
    await expect.poll(() => logHead(database.pool)).not.toEqual(startOfLog);
    const { data, errors } = await server.ask(
      `query ($id: ID!) { incident(id: $id) {
        id number reference version title type { key } severity phase isOpen services openedAt acknowledgedAt autoResolvesAt
        alertCount firingAlertCount sharedLabels { name value } mergedInto { id } mergedFrom { id }
        alerts(first: 1) { totalCount { value isExact } pageInfo { hasNextPage endCursor } nodes { id labels { name value } integration { name } } }
        timeline { nodes { kind summary actor { kind name } alert { id } } edges { cursor } pageInfo { hasNextPage } } } }`,
      { id: String(incident.id) },
    );
    expect(errors).toEqual([]);
    expect(data?.['incident']).toMatchObject({
      id: String(incident.id),
      reference: `INC-${incident.id}`,
      type: { key: 'operational' },
      severity: 'HIGH',
      phase: 'DETECTED',
      isOpen: true,
      openedAt: new Date(incident.openedAt).toISOString(),
      acknowledgedAt: null,
      alertCount: 2,
      firingAlertCount: 2,
      sharedLabels: [{ name: 'alertname', value: 'HighLatency' }],
      alerts: {
        totalCount: { value: 2, isExact: true },
        pageInfo: { hasNextPage: true },
        nodes: [{ id: String(alertId + 1), integration: { name: 'prod' } }],
      },
      timeline: { nodes: [{ kind: 'INCIDENT_OPENED', summary: 'ada reported the incident (high)' }] },
    });
  });

  it('answers what the first page of the dashboard asks', async () => {
    const { data, errors } = await server.ask(`{
      system { version isEmpty demoIsRunning ingestUrl authRequired horizonLagSeconds relayLagSeconds clickhouseIsReachable }
      overview { openIncidents unacknowledgedIncidents firingAlerts bySeverity { value count } openedLastHour resolvedLastHour
                 receivedLastHour silentIntegrations { name } recentEvents(first: 5) { kind summary } }
      logCursor serviceNames kpiDefinitions { metric unit }
      integrations { id name source snippets { code } secrets { hint } deliveries { id } outcomes { outcome count }
                     deadLetters { totalCount { value } nodes { id } } }
      labelNames labelValues(name: "pod")
    }`);
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      system: { isEmpty: false, authRequired: true, clickhouseIsReachable: false },
      overview: { openIncidents: 1, firingAlerts: 2, bySeverity: [{ value: 'high', count: 1 }] },
      labelNames: ['alertname', 'pod'],
      serviceNames: ['checkout'],
    });
  });

  it('reads a list of fifty incidents, with all that the dashboard shows of them, in a handful of statements', async () => {
    for (let n = 0; n < 50; n++) {
      const { id } = await addIncident(database.pool, { title: `Counted ${n}` });
      await addAlert(database.pool, { integrationId, incidentId: id });
    }
    const query = `query { incidents(first: 50, filter: { text: "counted" }) { totalCount { value isExact } pageInfo { endCursor }
      edges { cursor node { id title alertCount firingAlertCount autoResolvesAt sharedLabels { name } mergedInto { id } mergedFrom { id }
        alerts(first: 3) { totalCount { value } nodes { id integration { name lastReceivedAt } incident { id } } }
        timeline(first: 3) { nodes { summary alert { id } } } } } } }`;
    let data: unknown;
    const count = await countStatements(database.pool, async () => ({ data } = await server.ask(query)));
    expect(data).toMatchObject({ incidents: { totalCount: { value: 50, isExact: true } } });
    // list, count, alert counts, auto-resolves, shared labels, merged, alert pages, timelines, integrations, people
    expect(count).toBeLessThanOrEqual(10);
  });

  it('pages without a gap or a repeat while rows are added, in every order', async () => {
    for (const sort of ['NEWEST', 'OLDEST', 'SEVERITY', 'UPDATED']) {
      const text = `paged${sort}`;
      const expected: string[] = [];
      for (let n = 0; n < 12; n++) {
        const severity = n % 2 === 0 ? 'low' : 'critical';
        expected.push(
          String(
            (await addIncident(database.pool, { title: `${text} ${n}`, severity }, 1_790_000_000_000 + (n >> 1))).id,
          ),
        );
      }
      const seen: string[] = [];
      let after: unknown = null;
      do {
        const { data, errors } = await server.ask(
          `query ($sort: IncidentSort, $after: Cursor, $text: String) {
            incidents(sort: $sort, first: 5, after: $after, filter: { text: $text }) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
          { sort, after, text },
        );
        expect(errors).toEqual([]);
        const page = data?.['incidents'] as {
          nodes: { id: string }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
        seen.push(...page.nodes.map(({ id }) => id));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
        await addIncident(database.pool, { title: `${text} newer`, severity: 'critical' }, 1_800_000_000_000);
      } while (after !== null && seen.length < 100);
      expect(seen.filter((id) => expected.includes(id)).toSorted()).toEqual(expected.toSorted());
      expect(new Set(seen).size).toBe(seen.length);
    }
  });

  it('refuses a cursor of another list, a damaged one, and pages beyond two hundred', async () => {
    const { data } = await server.ask('{ incidents(first: 1) { pageInfo { endCursor } } }');
    const cursor = (data as { incidents: { pageInfo: { endCursor: string } } }).incidents.pageInfo.endCursor;
    const forged = Buffer.from(`{"s":"incidents.NEWEST","r":0,"t":"now()","i":1}`).toString('base64url');
    for (const [after, sort] of [
      [cursor, 'OLDEST'],
      ['abc', 'NEWEST'],
      [forged, 'NEWEST'],
    ]) {
      const { errors } = await server.ask(
        'query ($after: Cursor, $sort: IncidentSort) { incidents(after: $after, sort: $sort) { nodes { id } } }',
        { after, sort },
      );
      expect(errors[0]?.extensions).toEqual({ code: 'INVALID_INPUT', field: 'after' });
    }
    const { errors } = await server.ask('{ incidents(first: 201) { nodes { id } } }');
    expect(errors[0]?.extensions).toEqual({ code: 'INVALID_INPUT', field: 'first' });
  });

  it('finds incidents by words, wild cards taken literally, and by number', async () => {
    const { id } = await addIncident(database.pool, { title: 'Disk 100% full on db_1' });
    const find = async (text: string) => {
      const { data } = await server.ask(
        'query ($text: String) { incidents(filter: { text: $text }) { nodes { id } } }',
        { text },
      );
      return (data as { incidents: { nodes: { id: string }[] } }).incidents.nodes.map((node) => node.id);
    };
    expect(await find('FULL disk')).toEqual([String(id)]);
    expect(await find('100%')).toEqual([String(id)]);
    expect(await find('db_1')).toEqual([String(id)]);
    expect(await find('db%1')).toEqual([]);
    expect(await find(`inc-${id}`)).toEqual([String(id)]);
    expect(await find('INC-999999')).toEqual([]);
  });
});
