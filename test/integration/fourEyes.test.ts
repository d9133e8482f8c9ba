import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, type Ask, startApi } from '../support/apiServer.js';
import { done, personIdOf } from '../support/done.js';
import { addIncident } from '../support/fixtures.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

interface Update {
  readonly id: string;
  readonly version: number;
  readonly state: string;
}

describe('a second person', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let rita: Ask;
  let max: Ask;
  let mira: Ask;
  let incidentId: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database);
    rita = await server.as({ handle: 'rita', role: 'responder' });
    max = await server.as({ handle: 'max', role: 'manager' });
    mira = await server.as({ handle: 'mira', role: 'manager' });
    await done(
      server.ask,
      'mutation ($input: StatusPageInput!) { done: saveStatusPage(input: $input, expectedVersion: 1) { version } }',
      { input: { isPublic: true, title: 'Status', needsApproval: true, components: [] } },
    );
    incidentId = String((await addIncident(database.pool)).id);
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  const write = (ask: Ask, id: string | null, expectedVersion: number | null, body: string) =>
    done<Update>(
      ask,
      'mutation ($input: UpdateInput!, $v: Int) { done: saveUpdate(input: $input, expectedVersion: $v) { id version state } }',
      {
        input: { id, incidentId, audience: 'PUBLIC', title: 'Slow', body, progress: 'INVESTIGATING' },
        v: expectedVersion,
      },
    );
  const submit = (ask: Ask, { id, version }: Update) =>
    done<Update>(ask, `mutation { done: submitUpdate(id: ${id}, expectedVersion: ${version}) { id version state } }`);
  const approve = (ask: Ask, { id, version }: Update) =>
    done<Update>(
      ask,
      `mutation { done: decideUpdate(id: ${id}, isApproved: true, expectedVersion: ${version}) { state } }`,
    );
  const name = async (ask: Ask, role: string, handle: string) =>
    done(
      ask,
      `mutation ($p: ID!) { done: assignIncidentRole(id: "${incidentId}", role: ${role}, personId: $p) { id } }`,
      {
        p: await personIdOf(database, handle),
      },
    );

  it('is nobody who rewrote the update that they approve', async () => {
    const written = await write(rita, null, null, 'We look.');
    expect(written).toMatchObject({ state: 'DRAFT' });
    const rewritten = await write(max, written.id, written.version, 'Nothing to see.');
    expect(rewritten).toMatchObject({ state: 'DRAFT' });
    const waiting = await submit(max, rewritten);
    expect(waiting).toMatchObject({ state: 'AWAITING_APPROVAL' });
    expect(await approve(max, waiting)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await approve(mira, waiting)).toEqual({ state: 'PUBLISHED' });
  });

  it('is nobody who named themselves reviewer; a manager may, and approves what another wrote', async () => {
    expect(await name(rita, 'REVIEWER', 'rita')).toMatchObject({ code: 'FORBIDDEN' });
    expect(await name(rita, 'COMMUNICATIONS', 'rita')).toEqual({ id: incidentId });
    expect(await name(max, 'REVIEWER', 'max')).toEqual({ id: incidentId });
    const waiting = await submit(rita, await write(rita, null, null, 'We look again.'));
    expect(await approve(rita, waiting)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await approve(max, waiting)).toEqual({ state: 'PUBLISHED' });
    expect(await name(max, 'REVIEWER', 'rita')).toEqual({ id: incidentId });
  });
});
