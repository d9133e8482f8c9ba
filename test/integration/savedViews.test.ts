import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiServer, type Ask, startApi } from '../support/apiServer.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

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

async function run(ask: Ask, query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
  const { data, errors } = await ask(query, variables);
  return errors[0]?.extensions ?? data?.['done'];
}

it("keeps views of one's own, and shows those that a team shares", async () => {
  const eve = await server.as({ handle: 'eve', role: 'viewer', teams: { Search: 'viewer' } });
  const joe = await server.as({ handle: 'joe', role: 'viewer', teams: { Search: 'viewer' } });
  const viewOf = (name: string, team: string | null) => ({
    screen: 'incidents',
    name,
    search: 'phase=detected',
    team,
  });
  const save = (ask: Ask, input: object) =>
    run(ask, 'mutation ($input: SavedViewInput!) { done: saveView(input: $input) { id name } }', { input });
  expect(await save(eve, viewOf('Mine', null))).toMatchObject({ code: 'FORBIDDEN' });
  // Views are of sessions alone, so they are written here as a session would.
  await database.pool.query(
    `insert into saved_view (person_id, team_id, screen, name, search)
       select p.id, t.id, 'incidents', n, '' from person p left join (values ('Mine', null), ('Ours', 'search')) v (n, k) on true
         left join team t on t.name_key = v.k where p.handle = 'eve'`,
  );
  expect(await run(joe, '{ done: savedViews(screen: "incidents") { name } }')).toEqual([{ name: 'Ours' }]);
  expect(await run(eve, '{ done: savedViews(screen: "incidents") { name } }')).toEqual([
    { name: 'Mine' },
    { name: 'Ours' },
  ]);
});
