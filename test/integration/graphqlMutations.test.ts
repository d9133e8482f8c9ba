import { hashSecret } from '@tocsin/schema/postgres/secret';
import { integrationOfSecretHash } from '@tocsin/schema/postgres/integration';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, startApi } from '../support/apiServer.js';
import { addAlert, addIncident, addIntegration } from '../support/fixtures.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

describe('mutations', () => {
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

  /** The changed entity, or the error's extensions. */
  async function run(
    field: string,
    selection = '{ id phase version }',
    variables: Readonly<Record<string, unknown>> = {},
  ) {
    const declared = Object.keys(variables).length > 0 ? '($input: CreateIncidentInput!)' : '';
    const answer = await server.ask(`mutation ${declared} { done: ${field} ${selection} }`, variables, {
      'x-tocsin-actor': encodeURIComponent('Zoë'),
    });
    return answer.errors[0]?.extensions ?? answer.data?.['done'];
  }
  const incident = async () => String((await addIncident(database.pool)).id);
  const timers = async () =>
    (await database.pool.query<Record<string, unknown>>('select kind, key, data from timer order by id')).rows;

  it('create an incident from a report, with defaults', async () => {
    const input = { title: ' Login fails ', severity: 'CRITICAL', services: ['auth', 'auth', ' '], team: '' };
    const made = await run(
      'createIncident(input: $input)',
      '{ title severity type { key } status { key } priority services team reporter phase impactStartedAt openedAt }',
      { input },
    );
    expect(made).toMatchObject({
      title: 'Login fails',
      severity: 'CRITICAL',
      type: { key: 'operational' },
      status: { key: 'detected' },
      priority: 1,
      services: ['auth'],
      team: null,
      reporter: 'zoe',
      phase: 'DETECTED',
    });
  });

  it('name the field of a report that is wrong', async () => {
    const good = { title: 'x', severity: 'LOW', services: [] };
    const bad: readonly (readonly [object, string])[] = [
      [{ title: '  ' }, 'title'],
      [{ title: 'x'.repeat(201) }, 'title'],
      [{ title: 'a\u0000b' }, 'title'],
      [{ description: '\ud800' }, 'description'],
      [{ services: Array.from({ length: 51 }, (_, n) => `s${n}`) }, 'services'],
      [{ impactStartedAt: '2100-01-01T00:00:00Z' }, 'impactStartedAt'],
    ];
    for (const [change, field] of bad) {
      expect(await run('createIncident(input: $input)', '{ id }', { input: { ...good, ...change } })).toEqual({
        code: 'INVALID_INPUT',
        field,
      });
    }
  });

  it('take an incident through its phases, each by the person who asked', async () => {
    const id = await incident();
    const selection =
      '{ phase version assignee severity severityIsManual acknowledgedBy resolvedBy { name } isOpen reopenedCount }';
    expect(await run(`acknowledgeIncident(id: ${id}, expectedVersion: 1)`, selection)).toMatchObject({
      phase: 'ACKNOWLEDGED',
      acknowledgedBy: 'zoe',
    });
    expect(await run(`assignIncident(id: ${id}, assignee: "ada")`, selection)).toMatchObject({ assignee: 'ada' });
    expect(await run(`assignIncident(id: ${id}, assignee: null)`, selection)).toMatchObject({ assignee: null });
    expect(await run(`changeIncidentSeverity(id: ${id}, severity: LOW)`, selection)).toMatchObject({
      severity: 'LOW',
      severityIsManual: true,
    });
    expect(await run(`addIncidentNote(id: ${id}, text: "looking")`, selection)).toMatchObject({
      phase: 'ACKNOWLEDGED',
    });
    expect(await run(`mitigateIncident(id: ${id})`, selection)).toMatchObject({ phase: 'MITIGATED' });
    expect(await run(`resolveIncident(id: ${id})`, selection)).toMatchObject({
      phase: 'RESOLVED',
      resolvedBy: { name: 'Zoë' },
      isOpen: false,
    });
    expect(await run(`reopenIncident(id: ${id})`, selection)).toMatchObject({
      phase: 'ACKNOWLEDGED',
      reopenedCount: 1,
    });
    expect(await run(`resolveIncident(id: ${id})`, selection)).toMatchObject({ phase: 'RESOLVED' });
    expect(await run(`closeIncident(id: ${id})`, selection)).toMatchObject({ phase: 'CLOSED' });
    // Another test's transaction may hold the log's horizon for a moment.
    await expect
      .poll(async () => JSON.stringify(await server.ask(`{ incident(id: ${id}) { timeline { nodes { summary } } } }`)))
      .toContain('Zoë changed the severity from high to low');
  });

  it('dismiss with a reason, merge and split', async () => {
    expect(
      await run(
        `dismissIncident(id: ${await incident()}, reason: FALSE_ALARM, comment: "a test")`,
        '{ phase dismissReason }',
      ),
    ).toEqual({
      phase: 'DISMISSED',
      dismissReason: 'FALSE_ALARM',
    });
    const [source, target] = [await incident(), await incident()];
    const alertId = await addAlert(database.pool, { integrationId, incidentId: Number(source) });
    await addAlert(database.pool, { integrationId, incidentId: Number(target) });
    expect(
      await run(
        `mergeIncidents(ids: [${source}], into: ${target})`,
        '{ id alertCount mergedFrom { id phase mergedInto { id } } }',
      ),
    ).toEqual({
      id: target,
      alertCount: 2,
      mergedFrom: [{ id: source, phase: 'MERGED', mergedInto: { id: target } }],
    });
    expect(
      await run(
        `splitIncident(id: ${target}, alertIds: [${alertId}], title: "Apart")`,
        '{ title alerts { nodes { id } } }',
      ),
    ).toEqual({
      title: 'Apart',
      alerts: { nodes: [{ id: String(alertId) }] },
    });
  });

  it('refuse with a code: stale versions, phases that do not allow it, what does not exist', async () => {
    const id = await incident();
    await run(`acknowledgeIncident(id: ${id})`);
    expect(await run(`resolveIncident(id: ${id}, expectedVersion: 1)`)).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 2,
    });
    expect(await run(`closeIncident(id: ${id})`)).toMatchObject({ code: 'INVALID_TRANSITION', phase: 'acknowledged' });
    for (const unknown of ['999999', '"abc"', '"-1"', '"99999999999999999999"']) {
      expect(await run(`acknowledgeIncident(id: ${unknown})`)).toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await run(`addIncidentNote(id: ${id}, text: "  ")`)).toEqual({ code: 'INVALID_INPUT', field: 'text' });
    expect(await run(`mergeIncidents(ids: [], into: ${id})`)).toEqual({ code: 'INVALID_INPUT', field: 'ids' });
    expect(await run(`mergeIncidents(ids: [${id}], into: ${id})`)).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('make an integration whose secret is shown once, and rotate it with an overlap', async () => {
    const made = (await run(
      'createIntegration(input: { name: "edge", source: SIGNOZ })',
      '{ secret integration { id source staleAfterSeconds staleAction ignoreLabels secrets { hint expiresAt } } }',
    )) as { secret: string; integration: { id: string } };
    expect(made).toMatchObject({
      integration: { source: 'SIGNOZ', staleAfterSeconds: 28_800, staleAction: 'KEEP', secrets: [{ expiresAt: null }] },
    });
    const ofSecret = async (secret: string) =>
      (await integrationOfSecretHash(database.pool, hashSecret(secret)))?.name ?? null;
    expect(await ofSecret(made.secret)).toBe('edge');
    const rotate = async (overlap: number) =>
      (
        (await run(
          `rotateIntegrationSecret(id: ${made.integration.id}, overlapSeconds: ${overlap})`,
          '{ secret }',
        )) as { secret: string }
      ).secret;
    const second = await rotate(60);
    expect([await ofSecret(made.secret), await ofSecret(second)]).toEqual(['edge', 'edge']);
    const third = await rotate(0);
    expect([await ofSecret(made.secret), await ofSecret(second), await ofSecret(third)]).toEqual([null, null, 'edge']);
    expect(JSON.stringify(await database.pool.query('select * from integration_secret'))).not.toContain(third);
  });

  it('change only what was given of an integration', async () => {
    const selection = '{ name team staleAfterSeconds ignoreLabels }';
    expect(
      await run(
        `updateIntegration(id: ${integrationId}, input: { team: "sre", ignoreLabels: ["replica"] })`,
        selection,
      ),
    ).toMatchObject({
      name: 'prod',
      team: 'sre',
      ignoreLabels: ['replica'],
    });
    expect(await run(`updateIntegration(id: ${integrationId}, input: { team: null })`, selection)).toMatchObject({
      team: null,
      ignoreLabels: ['replica'],
    });
    expect(await run(`updateIntegration(id: ${integrationId}, input: { name: null })`, selection)).toEqual({
      code: 'INVALID_INPUT',
      field: 'name',
    });
    expect(await run('updateIntegration(id: 999, input: {})', selection)).toMatchObject({ code: 'NOT_FOUND' });
    expect(
      await run('createIntegration(input: { name: "x", source: GENERIC, staleAfterSeconds: 1 })', '{ secret }'),
    ).toEqual({
      code: 'INVALID_INPUT',
      field: 'staleAfterSeconds',
    });
  });

  it('leave test alerts, replays and the demo to ingest, as timers', async () => {
    const { rows } = await database.pool.query<{ id: number }>(
      `insert into dead_letter (integration_id, source, received_at, code, message, body)
       values ($1, 'generic', now(), 'MALFORMED_PAYLOAD', 'no', 'x') returning id`,
      [integrationId],
    );
    const deadLetterId = rows[0]?.id;
    expect(await run(`sendTestAlert(integrationId: ${integrationId})`, '')).toBe(true);
    expect(await run(`replayDeadLetter(id: ${deadLetterId})`, '')).toBe(true);
    expect(await run('startDemo', '')).toBe(true);
    expect(await run('sendTestAlert(integrationId: 999)', '')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await run('replayDeadLetter(id: 999)', '')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await timers()).toMatchObject([
      { kind: 'alert.test', data: { integrationId } },
      { kind: 'deadLetter.replay', data: { deadLetterId } },
      { kind: 'demo.start' },
    ]);
    const { data } = await server.ask(
      `{ system { demoIsRunning } integration(id: ${integrationId}) { deadLetters { totalCount { value } nodes { code body } } } }`,
    );
    expect(data).toMatchObject({
      system: { demoIsRunning: true },
      integration: { deadLetters: { totalCount: { value: 1 }, nodes: [{ body: 'x' }] } },
    });
  });
});
