import { calendarRoutes } from '@tocsin/server/calendarRoutes';
import type { RouteDeps } from '@tocsin/server/routes';
import { createFeed, deleteFeed, feedsOf } from '@tocsin/schema/postgres/calendarFeed';
import { createOverride } from '@tocsin/schema/postgres/override';
import { saveSchedule } from '@tocsin/schema/postgres/scheduleWrite';
import fastify, { type FastifyInstance } from 'fastify';
import ical from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const now = Date.parse('2026-03-20T12:00:00Z');
const edit = { actor: { kind: 'person', name: 'ada' }, now } as const;

describe('a calendar feed', () => {
  let database: TestDatabase;
  let app: FastifyInstance;
  let ada: number;
  let bob: number;
  let schedule: number;
  beforeAll(async () => {
    database = await createTestDatabase();
    [ada = 0, bob = 0] = await people();
    const layer = {
      name: 'Primary',
      startsOn: '2026-03-02',
      endsOn: null,
      handoffMinute: 150,
      turnUnit: 'week',
      turnLength: 1,
      members: [ada, bob],
      restrictions: [],
    } as const;
    const input = { id: null, name: 'Checkout, web; “night”', team: null, timeZone: 'Europe/Berlin', layers: [layer] };
    schedule = (await saveSchedule(database.pool, input, null, edit)).id;
    app = fastify();
    // Of all that routes may use these need the database and the clock.
    await calendarRoutes(app, { services: { pool: database.pool }, now: () => now } as unknown as RouteDeps);
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  async function people(): Promise<readonly number[]> {
    const { rows } = await database.pool.query<{ id: number }>(
      `insert into person (handle, name, role) values ('ada', 'Ada 🦉 Lovelace', 'viewer'), ('bob', 'Bob', 'viewer') returning id`,
    );
    return rows.map(({ id }) => id);
  }

  async function read(token: string) {
    const response = await app.inject(`/calendar/${token}.ics`);
    const calendar = ical.Component.fromString(response.body);
    const events = calendar.getAllSubcomponents('vevent').map((each) => new ical.Event(each));
    return { response, calendar, events };
  }
  const feed = async (person: number, of: number | null): Promise<string> =>
    (await createFeed(database.pool, person, of))?.token ?? '';

  it('holds the own shifts of half a year in UTC, over a night in which the clock changes', async () => {
    const { response, calendar, events } = await read(await feed(bob, null));
    expect(response.headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-store',
    });
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
    expect(events[0]?.summary).toBe('On call: Checkout, web; “night”');
    expect(events.slice(0, 2).map(({ startDate, endDate }) => [startDate.toString(), endDate.toString()])).toEqual([
      ['2026-03-09T01:30:00Z', '2026-03-16T01:30:00Z'],
      ['2026-03-23T01:30:00Z', '2026-03-30T00:30:00Z'],
    ]);
    expect(events.at(-1)?.endDate.toString() ?? '').toMatch(/^2026-0[89]/);
  });

  it('of a schedule names who, says an override, and calls a shift the same at every reading', async () => {
    const token = await feed(ada, schedule);
    const before = await read(token);
    expect(new Set(before.events.map(({ summary }) => summary))).toEqual(
      new Set(['Checkout, web; “night”: Ada 🦉 Lovelace', 'Checkout, web; “night”: Bob']),
    );
    const startsAt = Date.parse('2026-04-01T08:00:00Z');
    const override = { scheduleId: schedule, personId: ada, startsAt, endsAt: startsAt + 3_600_000, reason: null };
    await createOverride(database.pool, override, edit);
    const after = await read(token);
    const uids = after.events.map(({ uid }) => uid);
    expect(new Set(uids).size).toBe(uids.length);
    expect(uids).toEqual(expect.arrayContaining(before.events.map(({ uid }) => uid)));
    expect(after.events).toHaveLength(before.events.length + 2);
    expect(after.events.some(({ startDate }) => startDate.toString() === '2026-04-01T08:00:00Z')).toBe(true);
  });

  it('opens to its own token alone, while its person is active and until it is deleted', async () => {
    const token = await feed(bob, null);
    const { rows } = await database.pool.query<{ found: number }>(
      `select count(*)::int as found from calendar_feed where hash::text like '%' || $1 || '%'`,
      [token],
    );
    expect(rows[0]?.found).toBe(0);
    const status = async (path: string) => (await app.inject(`/calendar/${path}`)).statusCode;
    expect(await status(`${token}.ics`)).toBe(200);
    expect((await feedsOf(database.pool, bob))[0]?.lastReadAt).not.toBeNull();
    for (const path of [token, `${'A'.repeat(43)}.ics`, `${token.slice(1)}.ics`, '%00.ics', `${token}x.ics`]) {
      expect(await status(path)).toBe(404);
    }
    await database.pool.query('update person set is_active = false where id = $1', [bob]);
    expect(await status(`${token}.ics`)).toBe(404);
    await database.pool.query('update person set is_active = true where id = $1', [bob]);
    const [own] = await feedsOf(database.pool, bob);
    await expect(deleteFeed(database.pool, own?.id ?? 0, ada)).rejects.toThrow('There is no calendar feed');
    await deleteFeed(database.pool, own?.id ?? 0, bob);
    expect(await status(`${token}.ics`)).toBe(404);
  });
});
