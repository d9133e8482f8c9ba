import { createLink } from '@tocsin/schema/postgres/oneTimeLink';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, type Ask, startApi } from '../support/apiServer.js';
import { done, personIdOf } from '../support/done.js';
import { createTestPerson } from '../support/people.js';
import { sessionOf } from '../support/tocsin.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

describe('who gives rights', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let base: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database);
    base = new URL(server.url).origin;
    for (const handle of ['ann', 'ben']) await createTestPerson(database.pool, { handle, role: 'viewer' });
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  const post = (path: string, body: object): Promise<Response> =>
    fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const saveTeam = async (ask: Ask, members: Readonly<Record<string, string>>, name = 'payments') => {
    const input = {
      name,
      members: await Promise.all(
        Object.entries(members).map(async ([handle, role]) => ({ personId: await personIdOf(database, handle), role })),
      ),
    };
    return done(ask, 'mutation ($input: TeamInput!) { done: saveTeam(input: $input) { members { role } } }', { input });
  };

  it('gives and takes no more in a team than they have there', async () => {
    const tina = await server.as({
      handle: 'tina',
      role: 'viewer',
      teams: { payments: 'manager', search: 'responder' },
    });
    expect(await saveTeam(tina, { tina: 'MANAGER', ann: 'RESPONDER' })).toMatchObject({ members: [{}, {}] });
    expect(await saveTeam(tina, { tina: 'ADMIN' })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await saveTeam(tina, { tina: 'MANAGER', ann: 'ADMIN' })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await saveTeam(tina, { tina: 'RESPONDER' }, 'search')).toMatchObject({ code: 'FORBIDDEN' });
    expect(await saveTeam(tina, { tina: 'MANAGER' }, 'a new team')).toMatchObject({ code: 'FORBIDDEN' });
    // Nor does a manager throw an admin out.
    expect(await saveTeam(server.ask, { tina: 'MANAGER', ben: 'ADMIN' })).toMatchObject({ members: [{}, {}] });
    expect(await saveTeam(tina, { tina: 'MANAGER' })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await saveTeam(tina, { tina: 'MANAGER', ben: 'VIEWER' })).toMatchObject({ code: 'FORBIDDEN' });
    const { rows } = await database.pool.query(
      `select p.handle, m.role from team_member m join person p on p.id = m.person_id join team t on t.id = m.team_id
        where t.name_key = 'payments' order by 1`,
    );
    expect(rows).toEqual([
      { handle: 'ben', role: 'admin' },
      { handle: 'tina', role: 'manager' },
    ]);
  });

  it('finds no role in an old invitation that they may not give any more', async () => {
    const ines = await createTestPerson(database.pool, { handle: 'ines', role: 'manager' });
    const invite = async (role: 'manager' | 'viewer') =>
      createLink(database.pool, {
        purpose: 'invitation',
        role,
        createdBy: ines.id,
        expiresAt: Date.now() + 3_600_000,
      });
    const links = [await invite('manager'), await invite('manager'), await invite('viewer'), await invite('viewer')];
    const accept = async (n: number) =>
      (await post('/auth/accept-invitation', { token: links[n], name: `Guest ${n}`, password: 'a very good password' }))
        .status;
    expect(await accept(0)).toBe(200);
    await database.pool.query(`update person set role = 'responder' where id = $1`, [ines.id]);
    expect(await accept(1)).toBe(404);
    expect(await accept(2)).toBe(200);
    await database.pool.query('update person set is_active = false where id = $1', [ines.id]);
    expect(await accept(3)).toBe(404);
    const { rows } = await database.pool.query(`select name, role from person where name like 'Guest %' order by 1`);
    expect(rows).toEqual([
      { name: 'Guest 0', role: 'manager' },
      { name: 'Guest 2', role: 'viewer' },
    ]);
  });

  it('does not guess a password at an open browser, however many are asked at once', async () => {
    const link = await createLink(database.pool, {
      purpose: 'invitation',
      role: 'viewer',
      expiresAt: Date.now() + 3_600_000,
    });
    const password = 'a very good password';
    const cookie = `tocsin=${sessionOf(await post('/auth/accept-invitation', { token: link, name: 'Olga', password }))}`;
    const other = `tocsin=${sessionOf(await post('/auth/sign-in', { account: 'olga', password }))}`;
    const change = (current: string, alias = 'done') =>
      `${alias}: changePassword(current: "${current}", new: "another good one")`;
    const ask = async (fields: string) => {
      const { errors } = await server.anonymous(`mutation { ${fields} }`, {}, { cookie });
      return errors.map(({ extensions }) => extensions['code']);
    };
    const guesses = Array.from({ length: 8 }, (_, n) => change(`guess ${n}`, `a${n}`)).join(' ');
    expect(await ask(guesses)).toContain('INVALID_INPUT');
    for (let n = 0; n < 5; n++) await ask(change('wrong'));
    expect(await ask(change(password))).toEqual(['RATE_LIMITED']);
    await database.pool.query('delete from sign_in_limit');
    expect(await ask(change(password))).toEqual([]);
    // The new one ends what the old one had opened elsewhere.
    const isIn = async (header: string) => (await server.anonymous('{ logCursor }', {}, { cookie: header })).status;
    await expect.poll(() => isIn(other)).toBe(401);
    expect(await isIn(cookie)).toBe(200);
  });

  it('deletes no team that something still belongs to, and names it', async () => {
    const { pool } = database;
    await pool.query(`insert into team (name, name_key) values ('Old', 'old')`);
    const team = `(select id from team where name_key = 'old')`;
    await pool.query(
      `insert into notification_channel (name, name_key, kind, team_id, settings) values ('Room', 'room', 'webhook', ${team}, '{}')`,
    );
    await pool.query(`insert into runbook (title, body, team_id, updated_by) values ('Restart', '', ${team}, 'x')`);
    await pool.query(`insert into automation_rule (name, ordinal, on_kinds, actions, team_id, created_by)
      values ('Route', 1, '{incident.opened}', '[{}]', ${team}, 'x'), ('To old', 2, '{incident.opened}', '[{"kind": "route", "team": "Old"}]', null, 'x')`);
    expect(await done(server.ask, 'mutation { done: deleteTeam(name: "old") }')).toMatchObject({
      code: 'IN_USE',
      usedBy: ['channel Room', 'runbook Restart', 'automation Route', 'automation To old'],
    });
  });
});
