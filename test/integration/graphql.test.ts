import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, startApi } from '../support/apiServer.js';
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
    const { data, errors } = await server.ask(
      `query ($id: ID!) { incident(id: $id) {
        id number reference version title type severity phase isOpen services openedAt acknowledgedAt autoResolvesAt
        alertCount firingAlertCount sharedLabels { name value } mergedInto { id } mergedFrom { id }
        alerts(first: 1) { totalCount { value isExact } pageInfo { hasNextPage endCursor } nodes { id labels { name value } integration { name } } }
        timeline { nodes { kind summary actor { kind name } alert { id } } edges { cursor } pageInfo { hasNextPage } } } }`,
      { id: String(incident.id) },
    );
    expect(errors).toEqual([]);
    expect(data?.['incident']).toMatchObject({
      id: String(incident.id),
      reference: `INC-${incident.id}`,
      type: 'OPERATIONAL',
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
      system: { isEmpty: false, authRequired: false, clickhouseIsReachable: false },
      overview: { openIncidents: 1, firingAlerts: 2, bySeverity: [{ value: 'high', count: 1 }] },
      labelNames: ['alertname', 'pod'],
      serviceNames: ['checkout'],
    });
  });
});
