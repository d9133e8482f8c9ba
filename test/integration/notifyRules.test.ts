import type { NotificationAsk } from '@tocsin/schema/domain/notification';
import { addNotifications, cancelNotifications } from '@tocsin/schema/postgres/notificationWrite';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createNotifyHarness,
  insertContact,
  insertIncident,
  insertPage,
  insertPerson,
  type NotifyHarness,
  notificationsOf,
  startMailServer,
  type TestMailServer,
} from '../support/notifyHarness.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

let database: TestDatabase;
let smtp: TestMailServer;
let harness: NotifyHarness;
let serial = 0;
beforeAll(async () => {
  database = await createTestDatabase();
  smtp = await startMailServer();
});
beforeEach(() => {
  smtp.mails.length = 0;
  harness = createNotifyHarness(database, smtp.url);
});
afterAll(async () => {
  await smtp.stop();
  await database.drop();
});

const minute = 60_000;
const hour = 60 * minute;

/** Two addresses: the desk at once, the phone after five minutes from severity high on. */
async function onCall() {
  const personId = await insertPerson(database, `r${++serial}`);
  const desk = await insertContact(database, personId, 'email', `desk${serial}@example.com`);
  const phone = await insertContact(database, personId, 'email', `phone${serial}@example.com`);
  await database.pool.query(
    `insert into notification_rule (person_id, ordinal, topic, contact_id, delay_seconds, min_severity)
     values ($1, 0, 'page', $2, 0, 4), ($1, 1, 'page', $3, 300, 1), ($1, 2, 'update', $2, 0, 0)`,
    [personId, desk, phone],
  );
  return { personId, desk, phone };
}

async function tell(personId: number, topic: 'page' | 'update', severity: NotificationAsk['severity']) {
  const incidentId = await insertIncident(database, `Rules ${++serial}`);
  const pageId = topic === 'page' ? await insertPage(database, incidentId, personId) : null;
  const ask = { key: `rules/${serial}`, topic, to: { kind: 'person', personId }, incidentId, pageId } as const;
  const message = { ...ask, severity, template: 'incident.paged', values: {} };
  await inTransaction(database.pool, (db) => addNotifications(db, [message], harness.now()));
  return { key: ask.key, pageId: pageId ?? 0 };
}

const addresses = () => smtp.mails.map(({ to }) => /(desk|phone)/.exec(JSON.stringify(to))?.[0]);

describe('a person’s own rules', () => {
  it('say through what, after how long and from which severity', async () => {
    const { personId } = await onCall();
    await tell(personId, 'page', 'high');
    await harness.runDue();
    expect(addresses()).toEqual(['desk']);
    harness.moveClock(5 * minute - 1);
    await harness.runDue();
    expect(addresses()).toEqual(['desk']);
    harness.moveClock(1);
    await harness.runDue();
    expect(addresses()).toEqual(['desk', 'phone']);

    await tell(personId, 'page', 'low');
    await tell(personId, 'update', 'high');
    harness.moveClock(10 * minute);
    await harness.runDue();
    expect(addresses()).toEqual(['desk', 'phone', 'desk']);
  });

  it('keep the phone quiet when the page was acknowledged at the desk', async () => {
    const { personId } = await onCall();
    const { key, pageId } = await tell(personId, 'page', 'critical');
    await harness.runDue();
    harness.moveClock(minute);
    await inTransaction(database.pool, (db) =>
      cancelNotifications(db, { pageIds: [pageId], incidentIds: [] }, 'acknowledged by Ada'),
    );
    harness.moveClock(10 * minute);
    await harness.runDue();
    expect(addresses()).toEqual(['desk']);
    expect((await notificationsOf(database, key)).map(({ state, reason }) => [state, reason])).toEqual([
      ['sent', null],
      ['cancelled', 'acknowledged by Ada'],
    ]);
  });

  it('let the worst through in quiet hours, and say in the morning what they held back', async () => {
    const { personId } = await onCall();
    await database.pool.query(
      `insert into quiet_hours (person_id, ordinal, weekdays, from_minute, until_minute, pages_from)
       values ($1, 0, '{1,2,3,4,5,6,7}', 1320, 420, 0)`,
      [personId],
    );
    harness.moveClock(11 * hour); // 23:00
    await tell(personId, 'page', 'critical');
    const { key } = await tell(personId, 'page', 'medium');
    await tell(personId, 'update', 'critical');
    await harness.runDue();
    expect(addresses()).toEqual(['desk']);
    expect(await notificationsOf(database, key)).toMatchObject([{ state: 'waiting', reason: 'quiet hours' }]);
    harness.moveClock(8 * hour - 1);
    await harness.runDue();
    expect(addresses()).toEqual(['desk', 'phone']);
    harness.moveClock(1);
    await harness.runDue();
    expect(addresses()).toEqual(['desk', 'phone', 'desk', 'desk']);
  });
});
