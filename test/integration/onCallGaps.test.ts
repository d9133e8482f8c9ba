import { addTimers } from '@tocsin/schema/postgres/timer';
import { expect, it } from 'vitest';
import { addPeople, addPolicy, addSchedule, respondOn } from '../support/onCall.js';
import { createTestDatabase } from '../support/testDatabase.js';

const hour = 3_600_000;

it('warns managers a week before nobody would be woken, once a week, and not where another step covers it', async () => {
  const database = await createTestDatabase();
  const { pool } = database;
  // A Monday.
  let now = Date.parse('2026-03-02T12:00:00Z');
  const respond = respondOn(database.url, () => now);
  try {
    const people = await addPeople(pool, 'ann', 'ben', 'mona');
    await pool.query(`update person set role = 'manager' where handle = 'mona'`);
    const members = [people.get('ann') ?? 0];
    const onDays = (...weekdays: number[]) => ({
      members,
      restrictions: [{ weekdays, fromMinute: 0, untilMinute: 0 }],
    });
    const week = await addSchedule(pool, 'Week', 'Europe/Berlin', onDays(1, 2, 3, 4, 5));
    const saturday = await addSchedule(pool, 'Saturday', 'Europe/Berlin', onDays(6));
    const target = (id: number) => ({ kind: 'schedule', id }) as const;
    await addPolicy(pool, 'sundays', { steps: [{ targets: [target(week)] }, { targets: [target(saturday)] }] });
    const ben = { kind: 'person', id: people.get('ben') ?? 0 } as const;
    await addPolicy(pool, 'covered', { steps: [{ targets: [target(week)] }, { targets: [ben] }] });
    await addPolicy(pool, 'unused', { steps: [{ targets: [target(week)] }] });
    await pool.query(`update team set escalation_policy_id = null where name = 'unused'`);

    await addTimers(pool, [{ kind: 'onCall.gaps', key: 'all', dueAt: now }]);
    for (let turn = 0; turn < 8; turn++) {
      await respond.drain();
      now += 6 * hour;
    }
    const { rows } = await pool.query(
      `select handle, content->'values'->>'title' as title, content->'values'->>'text' as text
         from notification n join person p on p.id = n.person_id order by n.id`,
    );
    expect(rows).toEqual([
      {
        handle: 'mona',
        title: 'Nobody is on call for “sundays policy” at times of the next seven days',
        text: 'Nobody would be woken:\n2026-03-07 23:00 UTC to 2026-03-08 23:00 UTC',
      },
    ]);
  } finally {
    await respond.stop();
    await database.drop();
  }
});
