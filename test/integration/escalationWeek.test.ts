import { executeCommand } from '@tocsin/schema/postgres/incidentCommands';
import { nextTimerAt } from '@tocsin/schema/postgres/timer';
import { expect, it } from 'vitest';
import { addIncident } from '../support/fixtures.js';
import { addPeople, addPolicy, addSchedule, respondOn } from '../support/onCall.js';
import { createTestDatabase } from '../support/testDatabase.js';

const minute = 60_000;
const at = (text: string): number => Date.parse(`${text}:00Z`);

/** Who is called from when on, by hand from the calendar: in the night to the 29th Berlin's clocks go from 02:00 to 03:00. */
const daily: readonly (readonly [number, string])[] = [
  [at('2026-03-25T08:00'), 'cleo'],
  [at('2026-03-26T08:00'), 'ann'],
  [at('2026-03-27T08:00'), 'ben'],
  [at('2026-03-28T08:00'), 'cleo'],
  [at('2026-03-29T07:00'), 'ann'],
  [at('2026-03-30T07:00'), 'ben'],
  [at('2026-03-31T07:00'), 'cleo'],
  [at('2026-04-01T07:00'), 'ann'],
  [at('2026-04-02T07:00'), 'ben'],
];
/** Following the sun: 06:00, 14:00 and 22:00 in Berlin. */
const sun: readonly (readonly [number, string])[] = [26, 27, 28, 29, 30, 31, 32, 33].flatMap((day) => {
  const date = day > 31 ? `2026-04-0${day - 31}` : `2026-03-${day}`;
  const early = day >= 29 ? ['04', '12', '20'] : ['05', '13', '21'];
  return ['dan', 'eve', 'fay'].map((who, index) => [at(`${date}T${early[index]}:00`), who] as const);
});
const onDuty = (table: typeof daily, instant: number): string =>
  table.findLast(([from]) => from <= instant)?.[1] ?? 'fay';

it('pages whom the calendar says through a week with a night that is an hour short', { timeout: 300_000 }, async () => {
  const database = await createTestDatabase();
  const { pool } = database;
  let now = at('2026-03-26T09:00');
  const respond = respondOn(database.url, () => now);
  try {
    const ids = await addPeople(pool, 'ann', 'ben', 'cleo', 'dan', 'eve', 'fay', 'gil');
    const id = (handle: string): number => ids.get(handle) ?? 0;
    const zone = 'Europe/Berlin';
    const byDay = await addSchedule(pool, 'Daily', zone, {
      startsOn: '2026-03-26',
      handoffMinute: 540,
      members: ['ann', 'ben', 'cleo'].map(id),
    });
    const everyDay = [1, 2, 3, 4, 5, 6, 7];
    const bySun = await addSchedule(
      pool,
      'Sun',
      zone,
      ...['dan', 'eve', 'fay'].map((who, index) => ({
        startsOn: '2026-03-01',
        members: [id(who)],
        restrictions: [{ weekdays: everyDay, fromMinute: 360 + index * 480, untilMinute: (840 + index * 480) % 1_440 }],
      })),
    );
    await addPolicy(pool, 'checkout', {
      steps: [
        { targets: [{ kind: 'schedule', id: byDay }] },
        { targets: [{ kind: 'person', id: id('gil') }], delaySeconds: 900 },
      ],
    });
    await addPolicy(pool, 'search', {
      steps: [
        { targets: [{ kind: 'schedule', id: bySun }], delaySeconds: 300 },
        { targets: [{ kind: 'schedule', id: byDay }], delaySeconds: 1_800 },
      ],
    });

    const expected: string[] = [];
    const script: { readonly at: number; readonly run: () => Promise<unknown> }[] = [];
    for (let n = 0; n < 60; n++) {
      const openedAt = now + n * 167 * minute;
      const team = n % 2 === 0 ? 'checkout' : 'search';
      const endsAfter = [10, 40, 3][n % 3] ?? 0;
      let made = 0;
      const actor = { kind: 'person', name: 'gil' } as const;
      const type = n % 3 === 1 ? 'resolve' : 'acknowledge';
      script.push(
        {
          at: openedAt,
          run: async () => (made = (await addIncident(pool, { title: `n${n}`, team, services: [] }, now)).id),
        },
        { at: openedAt + endsAfter * minute, run: () => executeCommand(pool, made, { type }, actor, now, null) },
      );
      const due: readonly (readonly [number, string])[] =
        team === 'checkout'
          ? [
              [0, onDuty(daily, openedAt)],
              [15, 'gil'],
            ]
          : [
              [5, onDuty(sun, openedAt + 5 * minute)],
              [35, onDuty(daily, openedAt + 35 * minute)],
            ];
      for (const [after, who] of due) {
        if (after < endsAfter) expected.push(`n${n} ${who} ${new Date(openedAt + after * minute).toISOString()}`);
      }
    }
    script.sort((a, b) => a.at - b.at);
    for (const { at: scriptedAt, run } of script) {
      for (;;) {
        const next = await nextTimerAt(pool, ['escalation.step']);
        if (next === null || next >= scriptedAt) break;
        now = next;
        await respond.drain();
      }
      now = scriptedAt;
      await run();
      await respond.drain();
    }

    const { rows } = await pool.query<{ title: string; handle: string; due_at: number }>(
      `select i.title, p.handle, g.due_at from page g join incident i on i.id = g.incident_id join person p on p.id = g.person_id`,
    );
    const paged = rows.map(({ title, handle, due_at: due }) => `${title} ${handle} ${new Date(due).toISOString()}`);
    expect(paged.toSorted()).toEqual(expected.toSorted());
    expect(expected.length).toBeGreaterThan(60);
    // The short night and both who hand over in it took part.
    expect(new Set(expected.map((each) => each.split(' ')[1])).size).toBe(7);
  } finally {
    await respond.stop();
    await database.drop();
  }
});
