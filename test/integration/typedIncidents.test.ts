import type { IncidentPhase } from '@tocsin/schema/domain/incident';
import { priorityOf } from '@tocsin/schema/domain/priority';
import { severities } from '@tocsin/schema/domain/severity';
import { statusAfter } from '@tocsin/schema/domain/workflow';
import { executeCommand } from '@tocsin/schema/postgres/incidentCommands';
import { typeDefinition } from '@tocsin/schema/postgres/incidentType';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, type Ask, startApi } from '../support/apiServer.js';
import { done } from '../support/done.js';
import { addIncident } from '../support/fixtures.js';
import { answer, createTyped, moveTo, saveType, securityType } from '../support/incidentTypeApi.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const system = { kind: 'system', name: 'tocsin' } as const;

describe('incidents of a type', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let responder: Ask;
  let manager: Ask;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database);
    responder = await server.as({ handle: 'rita', role: 'responder' });
    manager = await server.as({ handle: 'mona', role: 'manager' });
    await saveType(manager, securityType(), 0);
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  it('edit what may be edited, refuse a stale version, and say what changed', async () => {
    const incident = await addIncident(database.pool, { severity: 'medium' });
    const edit = (patch: object, expectedVersion: number | null = null) =>
      answer(
        responder,
        `mutation ($patch: IncidentPatch!, $v: Int) { done: editIncident(id: "${incident.id}", patch: $patch, expectedVersion: $v) {
          title team tags priority impact version } }`,
        { patch, v: expectedVersion },
      );
    expect(await edit({ title: 'Slow', team: null, tags: ['vip', 'vip'], impact: 1, urgency: 1 })).toEqual({
      title: 'Slow',
      team: null,
      tags: ['vip'],
      priority: 1,
      impact: 1,
      version: 2,
    });
    expect(await edit({ title: 'Slower' }, 1)).toMatchObject({ code: 'CONFLICT', currentVersion: 2 });
    expect(await edit({ title: ' ' })).toMatchObject({ code: 'INVALID_INPUT', field: 'title' });
    expect(await edit({ impact: 4 })).toMatchObject({ code: 'INVALID_INPUT', field: 'impact' });
    expect(await edit({ title: 'Slow' })).toMatchObject({ version: 2 });
    const { rows } = await database.pool.query<{ data: object }>(
      `select data from event where incident_id = $1 and kind in ('incident.edited', 'incident.priorityChanged') order by position`,
      [incident.id],
    );
    expect(rows.map(({ data }) => data)).toEqual([
      {
        changes: [
          { field: 'title', from: 'Checkout is slow', to: 'Slow' },
          { field: 'team', from: 'payments', to: null },
          { field: 'tags', from: [], to: ['vip'] },
        ],
      },
      { from: 3, to: 1, impact: 1, urgency: 1 },
    ]);
    const found = await answer(
      responder,
      '{ done: incidents(filter: { tags: ["vip"], priorities: [1] }) { nodes { id } } }',
    );
    expect(found.nodes).toEqual([{ id: String(incident.id) }]);
  });

  it('hide what becomes a matter of security, and keep the phase', async () => {
    const { id } = await addIncident(database.pool, { severity: 'low' });
    await executeCommand(database.pool, id, { type: 'acknowledge' }, system, Date.now(), null);
    const changed = await answer(
      manager,
      `mutation { done: changeIncidentType(id: "${id}", type: "security") { type { key } typeVersion isRestricted phase status { key } } }`,
    );
    expect(changed).toEqual({
      type: { key: 'security' },
      typeVersion: 1,
      isRestricted: true,
      phase: 'ACKNOWLEDGED',
      status: { key: 'acknowledged' },
    });
  });

  it('keep status and priority right whoever writes, as the domain says', async () => {
    const definition = await typeDefinition(database.pool, 'security', 1);
    const { id } = await createTyped(responder, {
      type: 'security',
      customFields: [{ key: 'impact_text', value: 'x' }],
    });
    let status = 'detected';
    for (const type of ['acknowledge', 'resolve', 'reopen', 'mitigate', 'resolve', 'close'] as const) {
      const after = await executeCommand(database.pool, Number(id), { type }, system, Date.now(), null);
      const phase: IncidentPhase = after.phase;
      status = statusAfter(definition.workflow, status, phase);
      expect(after.status).toBe(status);
    }
    const matrix = [
      [1, 1, 1],
      [1, 1, 2],
      [1, 2, 4],
    ] as const;
    const set = (cells: unknown, version: number) =>
      answer(
        manager,
        'mutation ($c: [[Int!]!]!, $v: Int!) { done: savePriorityMatrix(cells: $c, expectedVersion: $v) { version } }',
        { c: cells, v: version },
      );
    expect(
      await set(
        [
          [1, 1, 2],
          [1, 2, 3],
          [2, 3, 1],
        ],
        0,
      ),
    ).toMatchObject({ field: 'cells[2][2]' });
    expect(await set(matrix, 0)).toEqual({ version: 1 });
    expect(await set(matrix, 0)).toMatchObject({ code: 'CONFLICT' });
    for (const severity of severities) {
      const made = await addIncident(database.pool, { severity });
      expect(made.priority).toBe(priorityOf(severity, null, null, matrix));
    }
  });

  it('show the criteria of a severity as somebody wrote them', async () => {
    const saved = await done<readonly object[]>(
      manager,
      'mutation { done: saveSeverityCriteria(criteria: [{ severity: HIGH, criteria: " Many customers " }]) { severity criteria } }',
    );
    expect(saved.slice(0, 2)).toEqual([
      { severity: 'CRITICAL', criteria: '' },
      { severity: 'HIGH', criteria: 'Many customers' },
    ]);
  });

  it('can be archived: no new incidents, those that run go on', async () => {
    const own = { ...securityType(), key: 'own_one', title: 'Own' };
    expect(await saveType(manager, own, 0)).toEqual({ key: 'own_one', version: 1 });
    const { id } = await createTyped(responder, {
      type: 'own_one',
      customFields: [{ key: 'impact_text', value: 'x' }],
    });
    const archive = (key: string) =>
      answer(manager, `mutation { done: archiveIncidentType(key: "${key}", isArchived: true) { isArchived } }`);
    expect(await archive('own_one')).toEqual({ isArchived: true });
    expect(await archive('operational')).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await createTyped(responder, { type: 'own_one' })).toMatchObject({ code: 'INVALID_INPUT', field: 'type' });
    expect(await moveTo(responder, id, 'acknowledged')).toMatchObject({ phase: 'ACKNOWLEDGED' });
    const { rows } = await database.pool.query<{ topic: string }>(
      `select data->>'topic' as topic from event where kind = 'configuration.changed' order by position desc limit 1`,
    );
    expect(rows).toEqual([{ topic: 'incidentType' }]);
  });
});
