import { permissions } from '@tocsin/schema/domain/permission';
import { type Role, roles } from '@tocsin/schema/domain/role';
import { buildApiSchema } from '@tocsin/server/buildSchema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, startApi } from '../support/apiServer.js';
import { keepSending } from '../support/keepSending.js';
import { createNotifyHarness, startWebServer, type TestWebServer } from '../support/notifyHarness.js';
import { documentFor } from '../support/permissionDocuments.js';
import { expectedPermissions, type ExpectedRow } from '../support/permissionMatrix.js';
import { createTestPerson, createTestToken } from '../support/people.js';
import { seed } from '../support/permissionSeeds.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

/** What has a team: the role within it counts as well. */
const ofTeam = new Set(
  `incident newIncident incidents alertsIncident team integration service schedule policy channel runbook automationRule note task
   attachment pin link incidentRunbook update review actionItem newTeamThing teamsOfInvitation`.split(/\s+/),
);

const rows = expectedPermissions();
const schema = buildApiSchema();

describe('the permission table', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let sink: TestWebServer;
  let stopSending: () => Promise<void>;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database);
    // Who tries a channel waits until its message went out.
    sink = await startWebServer();
    stopSending = keepSending(createNotifyHarness(database, null));
    await createTestPerson(database.pool, { handle: 'author' });
    await createTestPerson(database.pool, { handle: 'second' });
    for (const role of roles) {
      await createTestPerson(database.pool, { handle: `global-${role}`, role });
      await createTestPerson(database.pool, { handle: `own-${role}`, role: 'viewer', teams: { Payments: role } });
      await createTestPerson(database.pool, { handle: `other-${role}`, role: 'viewer', teams: { Search: role } });
    }
  });
  afterAll(async () => {
    await stopSending();
    await sink.stop();
    await server.stop();
    await database.drop();
  });

  it('is in the code as it is in the text', () => {
    const ofCode = Object.entries(permissions).map(([key, row]) => ({
      key,
      roles: new Set(roles.slice(roles.indexOf(row.role))),
      scope: row.scope,
      subject: row.subject,
      or: 'or' in row ? row.or : '',
      and: 'and' in row ? row.and : '',
    }));
    expect(ofCode).toEqual(rows);
  });

  it('has a field for every row', () => {
    const missing = rows.filter(({ key }) => {
      const [type = '', field = ''] = key.split('.');
      const found = schema.getType(type);
      return type !== 'Route' && field !== '*' && !(found && 'getFields' in found && field in found.getFields());
    });
    expect(missing.map(({ key }) => key)).toEqual([]);
  });

  const asked = rows.filter(({ key, or }) => /^(Mutation|Query)\.\w+$/.test(key) && or !== 'self');
  it.each(asked.filter(({ key }) => documentFor(schema, key, () => undefined) !== null))(
    'holds for $key',
    async (row) => {
      let seeded = await seed(database, row, sink.url);
      const cases = roles.flatMap((role) => {
        const byRole = row.roles.has(role);
        const forViewer = row.roles.has('viewer');
        return [
          { who: `global-${role}`, isAllowed: byRole },
          { who: `own-${role}`, isAllowed: forViewer || (byRole && ofTeam.has(row.subject)) },
          { who: `other-${role}`, isAllowed: forViewer },
        ];
      });
      // What those who may do takes away what it is done to, or its team: each of them has a thing of their own.
      for (const { who, isAllowed } of cases.toSorted((a, b) => Number(a.isAllowed) - Number(b.isAllowed))) {
        if (isAllowed) seeded = await seed(database, row, sink.url);
        const { query, variables } = documentFor(schema, row.key, (name) => seeded[name]) ?? {
          query: '',
          variables: {},
        };
        const { data, errors, status } = await ask(who, query, variables);
        const code = errors[0]?.extensions['code'];
        if (isAllowed) expect([who, code === 'FORBIDDEN' ? errors : 'allowed']).toEqual([who, 'allowed']);
        else expect([who, status, code, data]).toEqual([who, 200, 'FORBIDDEN', expect.not.objectContaining({ x: 1 })]);
      }
    },
  );

  const sessions = new Map<string, string>();
  /** By session: some rows refuse every token. */
  const ask = async (who: string, query: string, variables: Readonly<Record<string, unknown>>) => {
    const cookie = sessions.get(who) ?? (await openSession(database, who));
    sessions.set(who, cookie);
    return server.anonymous(query, variables, { cookie: `tocsin=${cookie}` });
  };

  it('refuses a token what its scopes or its teams do not hold', async () => {
    const row = rows.find(({ key }) => key === 'Mutation.addIncidentNote') ?? noRow;
    const seeded = await seed(database, row, sink.url);
    const { rows: people } = await database.pool.query<{ id: number }>(
      `select id from person where handle = 'global-admin'`,
    );
    const id = people[0]?.id ?? 0;
    const note = 'mutation ($id: ID!) { addIncidentNote(id: $id, text: "x") { id } }';
    const codes: unknown[] = [];
    for (const options of [
      { scopes: ['read'] },
      { scopes: ['read', 'respond'] },
      { scopes: ['respond'], teams: ['payments'] },
      { scopes: ['respond'], teams: ['search'] },
    ] as const) {
      const as = await server.as({ token: await createTestToken(database.pool, id, options) });
      const { data, errors } = await as(note, { id: seeded['id'] });
      codes.push(errors[0]?.extensions['code'] ?? (data === null ? 'nothing' : 'done'));
    }
    expect(codes).toEqual(['FORBIDDEN', 'done', 'done', 'NOT_FOUND']);
    const narrowed = await server.as({ token: await createTestToken(database.pool, id, { teams: ['search'] }) });
    expect((await narrowed('{ incidents { nodes { id } totalCount { value } } }')).data).toEqual({
      incidents: { nodes: [], totalCount: { value: 0 } },
    });
  });

  it('notes every refusal in the audit trail, repetitions as one', async () => {
    for (let n = 0; n < 5; n++)
      await ask('global-viewer', 'mutation { applyConfiguration(document: "x", dryRun: true) { __typename } }', {});
    await server.api.stop();
    const { rows: noted } = await database.pool.query<{ data: unknown; actor: string }>(
      `select actor, data from event where kind = 'access.refused' and actor = 'global-viewer'
         and data ->> 'permission' = 'Mutation.applyConfiguration'`,
    );
    expect(noted.length).toBeLessThanOrEqual(3);
    expect(noted[0]).toMatchObject({
      data: { what: 'permission', detail: 'Needs admin; you are viewer.' },
    });
  });
});

const noRow: ExpectedRow = { key: '', roles: new Set<Role>(), scope: '', subject: '', or: '', and: '' };

async function openSession({ pool }: TestDatabase, handle: string): Promise<string> {
  const secret = `session-of-${handle}-for-the-table`;
  await pool.query(
    `insert into session (hash, person_id, method, expires_at, address, user_agent)
     select sha256($1::bytea), id, 'password', now() + interval '1 hour', '', '' from person where handle = $2`,
    [Buffer.from(secret), handle],
  );
  return secret;
}
