import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, type Ask, startApi } from '../support/apiServer.js';
import { personIdOf } from '../support/done.js';
import { addIncident } from '../support/fixtures.js';
import { answer, createTyped, moveTo, saveType, securityType } from '../support/incidentTypeApi.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

describe('types of incidents', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let responder: Ask;
  let manager: Ask;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database);
    responder = await server.as({ handle: 'rita', role: 'responder' });
    manager = await server.as({ handle: 'mona', role: 'manager' });
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  it('keep the version that an incident began with when a new one is saved', async () => {
    const before = await addIncident(database.pool, { type: 'security', severity: 'low' });
    expect(await saveType(manager, securityType(), 0)).toEqual({ key: 'security', version: 1 });
    expect(await saveType(manager, securityType(), 0)).toMatchObject({ code: 'CONFLICT', currentVersion: 1 });
    const after = await createTyped(responder, {
      type: 'security',
      customFields: [{ key: 'impact_text', value: 'all' }],
    });
    expect(after).toMatchObject({ typeVersion: 1, severity: 'HIGH', isRestricted: true, status: { key: 'detected' } });
    const old = await answer(
      responder,
      `query ($id: ID!) { done: incident(id: $id) { typeVersion nextStatuses { status { key } } customFields { key } type { version } } }`,
      { id: String(before.id) },
    );
    expect(old.nextStatuses.map(({ status }) => status.key)).toEqual([
      'triaged',
      'acknowledged',
      'mitigated',
      'resolved',
    ]);
    expect(old).toMatchObject({ typeVersion: 0, customFields: [], type: { version: 1 } });
    await expect(database.pool.query('update incident_type_version set comment = $1', ['x'])).rejects.toThrow(
      /never changed/,
    );
  });

  it('are refused with the place of what is wrong, and nothing is written', async () => {
    const cases: readonly (readonly [object, string])[] = [
      [securityType({ transitions: [] }), 'definition.statuses[0]'],
      [{ ...securityType(), key: 'A b' }, 'key'],
      [{ ...securityType(), title: ' ' }, 'title'],
      [securityType({ fields: [{ key: 'x', title: 'X', kind: 'CHOICE' }] }), 'definition.fields[0].choices'],
      [
        securityType({ fields: [{ key: 'x', title: 'X', kind: 'TEXT', isRequiredInReport: true }] }),
        'definition.fields[0].reportOrder',
      ],
    ];
    for (const [input, field] of cases) {
      expect(await saveType(manager, input, 1)).toMatchObject({ code: 'INVALID_INPUT', field });
    }
    const { rows } = await database.pool.query('select version from incident_type_version where type_key = $1', [
      'security',
    ]);
    expect(rows).toEqual([{ version: 1 }]);
    const problems = await answer(
      responder,
      'query ($input: IncidentTypeInput!) { done: checkIncidentType(input: $input) { code field status } }',
      { input: securityType({ transitions: [] }) },
    );
    expect(problems).toContainEqual({ code: 'UNREACHABLE', field: 'statuses[5]', status: 'closed' });
  });

  it('ask in the report for what the template requires, and check every value', async () => {
    const refused = (customFields: readonly object[]) => createTyped(responder, { type: 'security', customFields });
    expect(await refused([])).toMatchObject({ code: 'INVALID_INPUT', field: 'customFields.impact_text' });
    const given = { key: 'impact_text', value: '<img src=x onerror=alert(1)>' };
    expect(await refused([given, { key: 'vector', value: 'other' }])).toMatchObject({ field: 'customFields.vector' });
    expect(await refused([given, { key: 'lead', value: 'nobody' }])).toMatchObject({ field: 'customFields.lead' });
    expect(await refused([given, { key: 'nothing', value: 'x' }])).toMatchObject({ field: 'customFields.nothing' });
    expect(await createTyped(responder, { type: 'unknown' })).toMatchObject({ code: 'INVALID_INPUT', field: 'type' });
    const made = await refused([given, { key: 'lead', value: 'mona' }]);
    expect(made.customFields).toEqual([
      { key: 'vector', value: null },
      { key: 'impact_text', value: '<img src=x onerror=alert(1)>' },
      { key: 'lead', value: 'mona' },
    ]);
  });

  it('lead a status change by role and required fields, all or nothing', async () => {
    const { id } = await createTyped(responder, {
      type: 'security',
      customFields: [{ key: 'impact_text', value: 'x' }],
    });
    expect(await moveTo(responder, id, 'acknowledged')).toMatchObject({
      phase: 'ACKNOWLEDGED',
      status: { key: 'acknowledged' },
    });
    expect(await moveTo(responder, id, 'contained')).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'customFields.vector',
    });
    const wrong = [
      { key: 'impact_text', value: 'y' },
      { key: 'vector', value: 'no' },
    ];
    expect(await moveTo(responder, id, 'contained', wrong)).toMatchObject({ field: 'customFields.vector' });
    const kept = await database.pool.query('select custom_fields from incident where id = $1', [id]);
    expect(kept.rows).toEqual([{ custom_fields: { impact_text: 'x' } }]);
    expect(await moveTo(responder, id, 'contained', [{ key: 'vector', value: 'malware' }])).toMatchObject({
      phase: 'ACKNOWLEDGED',
      status: { key: 'contained' },
    });
    expect(await moveTo(responder, id, 'resolved')).toMatchObject({ code: 'INVALID_TRANSITION' });
    const byPhase = await answer(responder, `mutation { done: resolveIncident(id: "${id}") { phase } }`);
    expect(byPhase).toMatchObject({ code: 'INVALID_TRANSITION', message: /needs a manager/ });
    expect(await moveTo(manager, id, 'resolved')).toMatchObject({ phase: 'RESOLVED', status: { key: 'resolved' } });
    const kinds = await database.pool.query<{ kind: string }>(
      'select kind from event where incident_id = $1 order by position',
      [id],
    );
    expect(kinds.rows.map(({ kind }) => kind)).toEqual([
      'incident.opened',
      'incident.acknowledged',
      'incident.statusChanged',
      'incident.edited',
      'incident.statusChanged',
      'incident.resolved',
      'incident.statusChanged',
    ]);
  });

  it('keep fields from who may not edit: a status that stays takes none along', async () => {
    const reporter = await server.as({ handle: 'rex', role: 'reporter' });
    const security = await createTyped(responder, {
      type: 'security',
      customFields: [{ key: 'impact_text', value: 'x' }],
    });
    await answer(
      manager,
      `mutation { done: editIncident(id: "${security.id}", patch: { isRestricted: false }) { id } }`,
    );
    const fields = [{ key: 'impact_text', value: 'changed' }];
    expect(await moveTo(reporter, security.id, 'detected', fields)).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'customFields',
    });
    const { rows } = await database.pool.query('select custom_fields from incident where id = $1', [security.id]);
    expect(rows).toEqual([{ custom_fields: { impact_text: 'x' } }]);
    expect(await moveTo(reporter, security.id, 'detected')).toMatchObject({ status: { key: 'detected' } });
  });

  it('give a required role its holder and checklist before closing', async () => {
    const fields = [
      { key: 'impact_text', value: 'x' },
      { key: 'vector', value: 'malware' },
    ];
    const { id } = await createTyped(responder, { type: 'security', customFields: fields });
    for (const status of ['acknowledged', 'contained', 'resolved']) await moveTo(manager, id, status);
    const close = () => answer(manager, `mutation { done: closeIncident(id: "${id}") { phase } }`);
    expect(await close()).toMatchObject({
      code: 'INVALID_TRANSITION',
      message: 'Nobody is manager: assign the role first.',
    });
    const assign = async (handle: string) =>
      answer(
        manager,
        `mutation ($p: ID!) { done: assignIncidentRole(id: "${id}", role: MANAGER, personId: $p) {
          roles { role isRequired holders { handle } checklist { key text tickedBy } } closingObstacles } }`,
        { p: await personIdOf(database, handle) },
      );
    await assign('rita');
    const state = await assign('mona');
    expect(state.roles.find(({ role }) => role === 'MANAGER')).toEqual({
      role: 'MANAGER',
      isRequired: true,
      holders: [{ handle: 'mona' }],
      checklist: [{ key: 'inform', text: 'Inform <b>legal</b>', tickedBy: null }],
    });
    expect(state.closingObstacles).toEqual(['One item is not ticked on the checklists of required roles.']);
    const tick = (item: string) =>
      answer(
        manager,
        `mutation { done: tickChecklist(id: "${id}", role: MANAGER, item: "${item}", isTicked: true) { closingObstacles } }`,
      );
    expect(await tick('nothing')).toMatchObject({ code: 'INVALID_INPUT', field: 'item' });
    expect(await tick('inform')).toEqual({ closingObstacles: [] });
    expect(await close()).toEqual({ phase: 'CLOSED' });
    const { rows } = await database.pool.query<{ kind: string; data: object }>(
      `select kind, data from event where incident_id = $1 and kind like 'incident.role%' order by position`,
      [id],
    );
    expect(rows).toEqual([
      { kind: 'incident.roleAssigned', data: { role: 'manager', handle: 'rita' } },
      { kind: 'incident.roleRemoved', data: { role: 'manager', handle: 'rita' } },
      { kind: 'incident.roleAssigned', data: { role: 'manager', handle: 'mona' } },
    ]);
  });
});
