import type { NotificationAsk } from '@tocsin/schema/domain/notification';
import { claimNotification } from '@tocsin/schema/postgres/notificationClaim';
import { addNotifications, cancelNotifications } from '@tocsin/schema/postgres/notificationWrite';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createNotifyHarness,
  insertContact,
  insertIncident,
  insertPage,
  insertPerson,
  leaseSeconds,
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

/** A person with these addresses as contacts, an incident and a page about it. */
async function paged(addresses: readonly string[], email: string | null = null) {
  const personId = await insertPerson(database, `p${++serial}`, email);
  const contacts: number[] = [];
  for (const address of addresses) contacts.push(await insertContact(database, personId, 'email', address));
  const incidentId = await insertIncident(database, `Checkout <b>down</b> ${serial}`);
  const pageId = await insertPage(database, incidentId, personId);
  const ask: NotificationAsk = {
    key: `page/${pageId}`,
    topic: 'page',
    to: { kind: 'person', personId },
    incidentId,
    pageId,
    severity: 'high',
    template: 'incident.paged',
    values: { because: 'You are on call' },
  };
  return { personId, contacts, incidentId, pageId, ask };
}

const add = (...asks: readonly NotificationAsk[]) =>
  inTransaction(database.pool, (db) => addNotifications(db, asks, harness.now()));

const eventsOf = async (incidentId: number) =>
  (
    await database.pool.query<{ kind: string; data: Record<string, unknown> }>(
      'select kind, data from event where incident_id = $1 order by position',
      [incidentId],
    )
  ).rows;

describe('a page by e-mail', () => {
  it('arrives, with a link to acknowledge, and is on the timeline', async () => {
    const { ask, incidentId, personId } = await paged(['ada@example.com']);
    expect(await add(ask)).toEqual({ added: [expect.any(Number)], unreachable: [] });
    expect(await add(ask)).toEqual({ added: [], unreachable: [] });
    await harness.runDue();
    const [mail] = smtp.mails;
    expect(smtp.mails).toHaveLength(1);
    expect(mail?.subject).toBe(`HIGH INC-${incidentId} Checkout <b>down</b> ${serial}`);
    expect(mail?.text).toMatch(/^You are on call\.\n\nServices: checkout/);
    expect(mail?.text).toMatch(/Acknowledge: https:\/\/tocsin\.example\.com\/act\/tkl_[\w-]{43}\n/);
    expect(mail?.text).toContain(`\nOpen: https://tocsin.example.com/incidents/${incidentId}`);
    expect(mail?.html).toContain(`href="https://tocsin.example.com/incidents/${incidentId}"`);
    expect(mail?.html).toContain('Checkout &lt;b&gt;down&lt;/b&gt;');
    expect(mail?.html).not.toContain('<b>');
    const links = await database.pool.query('select incident_id from one_time_link where person_id = $1', [personId]);
    expect(links.rows).toEqual([{ incident_id: incidentId }]);
    expect(await eventsOf(incidentId)).toMatchObject([
      {
        kind: 'incident.notified',
        data: { to: `P${serial}`, via: 'my email', topic: 'page', isRepeat: false, bundled: 0 },
      },
    ]);
    expect(await notificationsOf(database, ask.key)).toMatchObject([
      { state: 'sent', attempts: [{ outcome: 'sent', status: 250, isRepeat: false }] },
    ]);
  });

  it('goes to the address of the account where nobody named a contact, and to nobody without one', async () => {
    const { ask } = await paged([], 'account@example.com');
    expect(await add(ask)).toEqual({ added: [expect.any(Number)], unreachable: [] });
    await harness.runDue();
    expect(smtp.mails.map(({ to }) => to)).toMatchObject([{ text: 'account@example.com' }]);
    const nobody = await paged([]);
    expect(await add(nobody.ask)).toEqual({ added: [], unreachable: [nobody.personId] });
  });

  it('is not sent when it was acknowledged before it was due', async () => {
    const cancelled = await paged(['ada@example.com']);
    await add(cancelled.ask);
    await inTransaction(database.pool, (db) =>
      cancelNotifications(db, { pageIds: [cancelled.pageId], incidentIds: [] }, 'acknowledged by Eve'),
    );
    const late = await paged(['ada@example.com']);
    await add(late.ask);
    await database.pool.query(`update page set state = 'acknowledged', acknowledged_at = now() where id = $1`, [
      late.pageId,
    ]);
    await harness.runDue();
    expect(smtp.mails).toEqual([]);
    expect(await notificationsOf(database, cancelled.ask.key)).toMatchObject([
      { state: 'cancelled', reason: 'acknowledged by Eve' },
    ]);
    expect(await notificationsOf(database, late.ask.key)).toMatchObject([{ state: 'cancelled', attempts: [] }]);
    const { rows } = await database.pool.query(`select 1 from timer where kind = 'notification.send'`);
    expect(rows).toEqual([]);
  });
});

describe('a provider that fails', () => {
  it('for now is tried four times, then the next contact is told', async () => {
    const { ask, contacts, incidentId } = await paged(['busy451@example.com', 'second@example.com']);
    await database.pool.query(
      `insert into notification_rule (person_id, ordinal, topic, contact_id) select person_id, 0, 'page', id from contact where id = $1`,
      [contacts[0]],
    );
    await add(ask);
    for (const wait of [0, 1_000, 5_000, 30_000]) {
      harness.moveClock(wait);
      await harness.runDue();
    }
    const [first, second] = await notificationsOf(database, ask.key);
    expect(first).toMatchObject({ state: 'failed' });
    expect(first?.attempts.map(({ outcome, status }) => [outcome, status])).toEqual(
      Array.from({ length: 4 }, () => ['retry', 451]),
    );
    expect(first?.attempts.some(({ isRepeat }) => isRepeat)).toBe(false);
    expect(second).toMatchObject({ state: 'sent', fallback_of: first?.id, contact_id: contacts[1] });
    expect(smtp.mails.map(({ to }) => to)).toMatchObject([{ text: 'second@example.com' }]);
    expect((await eventsOf(incidentId)).map(({ kind, data }) => [kind, data['fallsBackTo']])).toEqual([
      ['incident.notifyFailed', 'my email'],
      ['incident.notified', undefined],
    ]);
    const { rows } = await database.pool.query(
      'select failing_since is not null as failing from contact where id = $1',
      [contacts[0]],
    );
    expect(rows).toEqual([{ failing: true }]);
  });

  it('for good falls at once, through every contact to the account, and then says that nothing is left', async () => {
    const { ask, incidentId } = await paged(['unknown550@example.com'], 'unknown551@example.com');
    await add(ask);
    await harness.runDue();
    const stored = await notificationsOf(database, ask.key);
    expect(stored.map(({ state, email }) => [state, email])).toEqual([
      ['failed', null],
      ['failed', 'unknown551@example.com'],
    ]);
    expect((await eventsOf(incidentId)).map(({ data }) => data['fallsBackTo'])).toEqual(['e-mail', null]);
  });
});

describe('a process that dies between attempt and outcome', () => {
  it('leaves the message to another, which says that it may be a repetition', async () => {
    const { ask } = await paged(['ada@example.com']);
    await add(ask);
    const timer = await harness.claimTimer();
    if (timer === undefined) throw new Error('no timer was due');
    await inTransaction(database.pool, (db) => claimNotification(db, timer, harness.now()));
    expect(await harness.runDue()).toBe(0);
    harness.moveClock(leaseSeconds * 1_000 + 1);
    await harness.runDue();
    expect(smtp.mails).toHaveLength(1);
    expect(smtp.mails[0]?.text).toContain('This may be a repetition');
    expect(await notificationsOf(database, ask.key)).toMatchObject([
      {
        state: 'sent',
        attempts: [
          { outcome: null, isRepeat: false },
          { outcome: 'sent', isRepeat: true },
        ],
      },
    ]);
  });
});
