import { createSession, sessionIdleMs } from '@tocsin/schema/postgres/session';
import { createLink, hashOfSecret } from '@tocsin/schema/postgres/oneTimeLink';
import { showPresence } from '@tocsin/schema/postgres/presence';
import { createRespond } from '@tocsin/server/respond/respond';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addIncident } from '../support/fixtures.js';
import { createTestPerson } from '../support/people.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const day = 24 * 3_600_000;

describe('what is over', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('is deleted every hour: sessions and links after a month, presence of whoever went without a word', async () => {
    const { pool } = database;
    const now = Date.now();
    const { id: personId } = await createTestPerson(pool, { handle: 'ada' });
    const session = { personId, method: 'link', address: '', userAgent: '' } as const;
    await createSession(pool, { ...session, hash: hashOfSecret('old') }, now - 31 * day - sessionIdleMs);
    await createSession(pool, { ...session, hash: hashOfSecret('new') }, now);
    await createLink(pool, { purpose: 'sign_in', personId, expiresAt: now - 31 * day });
    await createLink(pool, { purpose: 'sign_in', personId, expiresAt: now + day });
    for (const seen of [now - 3_600_000, now]) {
      const { id } = await addIncident(pool);
      await showPresence(pool, id, personId, false, seen);
    }
    const respond = createRespond({
      databaseUrl: database.url,
      sealer: null,
      dashboardUrl: () => 'http://localhost',
      smtpUrl: null,
      mailFrom: 'tocsin@example.com',
      logger: pino({ level: 'silent' }),
      now: () => now,
    });
    await respond.start();
    await pool.query(`update timer set due_at = now() - interval '1 minute' where kind = 'identity.sweep'`);
    await respond.drain();
    await respond.stop();
    const { rows } = await pool.query(`select (select count(*)::int from session) as sessions,
      (select count(*)::int from one_time_link) as links, (select count(*)::int from presence) as present`);
    expect(rows).toEqual([{ sessions: 1, links: 1, present: 1 }]);
  });
});
