import { recordConfigurationChange } from '@tocsin/schema/postgres/configurationEvent';
import { demoLink } from '@tocsin/server/demo/seedPeople';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, startApi } from '../support/apiServer.js';
import { createTestPerson } from '../support/people.js';
import { sessionOf } from '../support/tocsin.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const ada = { kind: 'person', name: 'ada', tokenId: null, address: '192.0.2.1' } as const;

describe('the audit trail as a file', () => {
  let database: TestDatabase;
  let server: ApiServer;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database);
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  const download = (query: string, token = server.token): Promise<Response> =>
    fetch(`${server.url.replace('/graphql', '')}/export/audit?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
  const change = (name: string): Promise<void> =>
    recordConfigurationChange(database.pool, ada, {
      topic: 'team',
      action: 'changed',
      id: 1,
      name,
      before: { name: 'x', password: 'hunter2' },
      after: { name },
    });

  it('has every row of its period, over more than a page, without secrets and without formulas', async () => {
    const before = new Date().toISOString();
    for (let n = 0; n < 1_100; n++) await change(`=team${n}`);
    const json = await download(`format=json&topics=team&from=${before}`);
    expect(json.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-\d{4}-\d\d-\d\d\.json"$/);
    const rows = (await json.json()) as { kind: string; actor: unknown; data: { name: string } }[];
    expect(rows.map(({ data }) => data.name)).toEqual(Array.from({ length: 1_100 }, (_, n) => `=team${1_099 - n}`));
    expect(rows[0]).toMatchObject({ kind: 'configuration.changed', actor: { kind: 'person', name: 'ada' } });

    const file = await download(`format=csv&topics=team&from=${before}&actors=ada`);
    // `text()` would take the byte order mark away, which spreadsheets read.
    const csv = Buffer.from(await file.arrayBuffer()).toString('utf8');
    expect(csv.startsWith('\uFEFFtime,kind,actor kind,actor,address,token,what happened,data,event\r\n')).toBe(true);
    expect(csv.match(/configuration\.changed,person,ada,192\.0\.2\.1/g)).toHaveLength(1_100);
    expect(csv).not.toContain('hunter2');
    expect(await (await download(`format=json&topics=team&to=${before}`)).json()).toEqual([]);
  });

  it('is an admin’s alone, refuses what it does not understand, and stands in the trail itself', async () => {
    const { token } = await createTestPerson(database.pool, { handle: 'max', role: 'manager' });
    expect((await download('format=csv', token)).status).toBe(403);
    expect((await fetch(`${server.url.replace('/graphql', '')}/export/audit`)).status).toBe(401);
    expect((await download('format=xml')).status).toBe(400);
    expect((await download('from=yesterday')).status).toBe(400);
    await (await download('format=csv')).text();
    const { rows } = await database.pool.query(
      `select data ->> 'detail' as detail from event where kind = 'access.granted' and data ->> 'what' = 'exported' order by xid desc limit 1`,
    );
    expect(rows).toEqual([{ detail: 'the audit trail as csv' }]);
  });

  it('begins with the demo’s own people where nobody is yet, once, and a link that works once', async () => {
    const base = server.url.replace('/graphql', '');
    expect(await demoLink(database.pool, base, Date.now())).toBeNull();
    const empty = await createTestDatabase();
    const demo = await startApi(empty);
    try {
      await empty.pool.query('delete from api_token');
      await empty.pool.query('delete from person');
      const here = demo.url.replace('/graphql', '');
      await demoLink(empty.pool, here, Date.now());
      const [, token] = /#link=(tkl_[\w-]+)$/.exec((await demoLink(empty.pool, here, Date.now())) ?? '') ?? [];
      const open = (): Promise<Response> =>
        fetch(`${here}/auth/link`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ token }),
        });
      const session = sessionOf(await open());
      expect((await open()).status).toBe(404);
      const query = `{ people { handle role } teams { name escalationPolicy { name } onCallNow { person { handle } } services { name } }
        runbooks { title } statusPage { isPublic components { title } } }`;
      const { data } = await demo.anonymous(query, {}, { cookie: `tocsin=${session}` });
      expect(data).toMatchObject({
        teams: [
          {
            name: 'Ticket shop',
            escalationPolicy: { name: 'Ticket shop' },
            onCallNow: [{ person: { handle: 'demo' } }],
            services: [{}, {}, {}, {}],
          },
        ],
        runbooks: [{ title: 'The payment database is full' }],
        statusPage: { isPublic: true, components: [{}, {}, {}, {}] },
      });
      expect(data?.['people']).toHaveLength(5);
    } finally {
      await demo.stop();
      await empty.drop();
    }
  });
});
