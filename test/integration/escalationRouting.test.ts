import { editIncident } from '@tocsin/schema/postgres/incidentEdit';
import { executeCommand } from '@tocsin/schema/postgres/incidentCommands';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { expect, it } from 'vitest';
import { addIncident } from '../support/fixtures.js';
import { addPeople, addPolicy, eventsOfKind, pagesSince, respondOn } from '../support/onCall.js';
import { createTestDatabase } from '../support/testDatabase.js';

const minute = 60_000;

it('calls those whom an incident is given to, instead of those who had it, unless somebody works on it', async () => {
  const database = await createTestDatabase();
  const { pool } = database;
  const start = Date.UTC(2026, 2, 2, 9);
  let now = start;
  const respond = respondOn(database.url, () => now);
  const actor = { kind: 'person', name: 'ada' } as const;
  try {
    const people = await addPeople(pool, 'ann', 'ben', 'cleo');
    const person = (handle: string) => ({ kind: 'person', id: people.get(handle) ?? 0 }) as const;
    await addPolicy(pool, 'web', {
      steps: [{ targets: [person('ann')] }, { targets: [person('ben')], delaySeconds: 300 }],
    });
    await addPolicy(pool, 'data', { steps: [{ targets: [person('cleo')] }] });
    const { id } = await addIncident(pool, { team: null, services: [] }, now);
    const give = async (team: string): Promise<void> => {
      now += minute;
      await inTransaction(pool, (db) =>
        editIncident(db, { incidentId: id, patch: { team }, expectedVersion: null }, actor, now),
      );
      await respond.drain();
    };
    await respond.drain();
    expect(await pagesSince(pool, start)).toEqual([]);
    await give('web');
    expect(await pagesSince(pool, start)).toEqual(['60 ann 0/0']);
    await give('data');
    now += 10 * minute;
    await respond.drain();
    // The second step of the web's policy was not taken any more.
    expect(await pagesSince(pool, start)).toEqual(['60 ann 0/0', '120 cleo 0/0']);
    expect((await eventsOfKind(pool, 'incident.escalated')).map(({ reason }) => reason)).toEqual([
      'reassignment',
      'reassignment',
    ]);
    await executeCommand(pool, id, { type: 'acknowledge' }, { kind: 'person', name: 'cleo' }, now, null);
    await respond.drain();
    await give('web');
    expect(await pagesSince(pool, start)).toHaveLength(2);
    const { rows } = await pool.query('select state from page order by id');
    expect(rows).toEqual([{ state: 'ended' }, { state: 'acknowledged' }]);
  } finally {
    await respond.stop();
    await database.drop();
  }
});
