import type { NotificationAsk } from '@tocsin/schema/domain/notification';
import { addNotifications } from '@tocsin/schema/postgres/notificationWrite';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createNotifyHarness,
  insertChannel,
  insertContact,
  insertIncident,
  insertPage,
  insertPerson,
  type NotifyHarness,
  startMailServer,
  startWebServer,
  type TestMailServer,
  type TestWebServer,
} from '../support/notifyHarness.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

let database: TestDatabase;
let smtp: TestMailServer;
let web: TestWebServer;
let harness: NotifyHarness;
let serial = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  smtp = await startMailServer();
  web = await startWebServer();
});
beforeEach(() => {
  smtp.mails.length = 0;
  web.requests.length = 0;
  harness = createNotifyHarness(database, smtp.url);
});
afterAll(async () => {
  await smtp.stop();
  await web.stop();
  await database.drop();
});

const add = (...asks: readonly NotificationAsk[]) =>
  inTransaction(database.pool, (db) => addNotifications(db, asks, harness.now()));

async function person(...addresses: readonly string[]) {
  const personId = await insertPerson(database, `s${++serial}`);
  const contacts: number[] = [];
  for (const address of addresses) contacts.push(await insertContact(database, personId, 'email', address));
  return { personId, contacts };
}

async function page(personId: number, title = 'Storm'): Promise<NotificationAsk & { readonly incidentId: number }> {
  const incidentId = await insertIncident(database, title);
  const pageId = await insertPage(database, incidentId, personId);
  const ask = { key: `page/${pageId}`, topic: 'page', to: { kind: 'person', personId }, incidentId, pageId } as const;
  return { ...ask, severity: 'high', template: 'incident.paged', values: {} };
}

async function pages(personId: number, count: number) {
  const asks = [];
  for (let n = 0; n < count; n++) asks.push(await page(personId, `Storm ${n}`));
  return asks;
}

/** To a channel: what an escalation has to say to it, or an update. */
async function toChannel(channelId: number, topic: 'page' | 'update', title: string): Promise<NotificationAsk> {
  const incidentId = await insertIncident(database, title);
  const ask = {
    key: `storm/${++serial}`,
    topic,
    to: { kind: 'channel', channelId },
    incidentId,
    pageId: null,
  } as const;
  return { ...ask, severity: 'high', template: `incident.${topic === 'page' ? 'paged' : 'update'}`, values: {} };
}

const states = async (column: 'person_id' | 'channel_id', id: number) =>
  Object.fromEntries(
    (
      await database.pool.query<{ state: string; count: number }>(
        `select state, count(*)::int from notification where ${column} = $1 group by state`,
        [id],
      )
    ).rows.map(({ state, count }) => [state, count]),
  );

const toldOf = async (asks: readonly NotificationAsk[]) =>
  (
    await database.pool.query<{ count: number }>(
      `select count(distinct incident_id)::int from event where kind = 'incident.notified' and incident_id = any($1::bigint[])`,
      [asks.map(({ incidentId }) => incidentId)],
    )
  ).rows[0]?.count;

describe('a storm of pages to a person', () => {
  it('that comes at once is one message that says 40 more, and each incident knows of it', async () => {
    const { personId } = await person('ada@example.com');
    const asks = await pages(personId, 41);
    await add(...asks);
    await harness.runDue();
    expect(smtp.mails).toHaveLength(1);
    expect(smtp.mails[0]?.subject).toMatch(/ and 40 more$/);
    expect(smtp.mails[0]?.text).toContain('40 more:\n- INC-');
    expect(smtp.mails[0]?.text).not.toContain('/act/');
    expect(await states('person_id', personId)).toEqual({ bundled: 40, sent: 1 });
    expect(await toldOf(asks)).toBe(41);
  });

  it('under the address of the account is one message too', async () => {
    const personId = await insertPerson(database, `s${++serial}`, `s${serial}@example.com`);
    await add(...(await pages(personId, 41)));
    await harness.runDue();
    expect(smtp.mails.map(({ subject }) => subject)).toEqual([expect.stringMatching(/ and 40 more$/)]);
  });

  it('after a first one: that one has gone at once, and the 40 are one message without a wait', async () => {
    const { personId } = await person('ada@example.com');
    const [first, ...rest] = await pages(personId, 41);
    if (first === undefined) throw new Error('no page');
    await add(first);
    await harness.runDue();
    expect(smtp.mails.map(({ subject }) => subject)).toEqual([`HIGH INC-${first.incidentId} Storm 0`]);
    await add(...rest);
    await harness.runDue();
    expect(smtp.mails).toHaveLength(2);
    expect(smtp.mails[1]?.subject).toMatch(/ and 39 more$/);
    expect(await states('person_id', personId)).toEqual({ bundled: 39, sent: 2 });
  });

  it('that drips goes out page by page, and after thirty in the minute together, five seconds late at most', async () => {
    const { personId } = await person('ada@example.com');
    const asks = await pages(personId, 41);
    for (const [index, ask] of asks.entries()) {
      if (index === 31) expect(smtp.mails).toHaveLength(30);
      await add(ask);
      await harness.runDue();
      harness.moveClock(100);
    }
    expect(smtp.mails).toHaveLength(30);
    // The first that was held back came 1.1 s ago.
    harness.moveClock(3_800);
    await harness.runDue();
    expect(smtp.mails).toHaveLength(30);
    harness.moveClock(100);
    await harness.runDue();
    expect(smtp.mails).toHaveLength(31);
    expect(smtp.mails[30]?.subject).toMatch(/ and 10 more$/);
    expect(await states('person_id', personId)).toEqual({ bundled: 10, sent: 31 });
    expect(await toldOf(asks)).toBe(41);
  });

  it('whose message fails takes the others along to the next contact', async () => {
    const { personId, contacts } = await person('unknown550@example.com', 'second@example.com');
    await database.pool.query(
      `insert into notification_rule (person_id, ordinal, topic, contact_id) values ($1, 0, 'page', $2)`,
      [personId, contacts[0]],
    );
    await add(...(await pages(personId, 10)));
    await harness.runDue();
    expect(smtp.mails).toHaveLength(1);
    expect(smtp.mails[0]?.subject).toMatch(/ and 9 more$/);
  });

  it('gives back what it stood for when its own page is acknowledged before it goes out', async () => {
    const { personId } = await person('ada@example.com');
    for (const ask of await pages(personId, 30)) {
      await add(ask);
      await harness.runDue();
    }
    const held = await pages(personId, 3);
    await add(...held);
    await harness.runDue();
    expect(await states('person_id', personId)).toEqual({ sent: 30, waiting: 1, bundled: 2 });
    await database.pool.query(`update page set state = 'acknowledged', acknowledged_at = now() where id = $1`, [
      held[0]?.pageId,
    ]);
    harness.moveClock(5_000);
    await harness.runDue();
    harness.moveClock(5_000);
    await harness.runDue();
    expect(await states('person_id', personId)).toEqual({ cancelled: 1, sent: 31, bundled: 1 });
    expect(smtp.mails.at(-1)?.subject).toMatch(/ and 1 more$/);
  });
});

describe('a storm in a channel', () => {
  const hook = () => insertChannel(database, harness.sealer, 'webhook', { url: `${web.url}/storm` }, null);
  const titles = () =>
    web.requests.map(({ body }) => {
      const said: unknown = JSON.parse(body);
      return (said as { data: { title: string; more: number } }).data;
    });

  it.each(['page', 'update'] as const)(
    'of 41, each of them one %s that drips in, is six messages, the last of which says how many',
    async (topic) => {
      const channelId = await hook();
      const asks: NotificationAsk[] = [];
      for (let n = 0; n < 41; n++) {
        const ask = await toChannel(channelId, topic, `Drip ${n}`);
        asks.push(ask);
        await add(ask);
        await harness.runDue();
        harness.moveClock(200);
      }
      expect(titles().map(({ more }) => more)).toEqual([0, 0, 0, 0, 0]);
      // Ten seconds after the sixth, which came one second after the first.
      harness.moveClock(11_000 - 41 * 200 - 1);
      await harness.runDue();
      expect(titles()).toHaveLength(5);
      harness.moveClock(1);
      await harness.runDue();
      expect(titles()).toHaveLength(6);
      expect(titles()[5]).toMatchObject({ more: 35, title: expect.stringMatching(/ and 35 more$/) as unknown });
      expect(await states('channel_id', channelId)).toEqual({ sent: 6, bundled: 35 });
      expect(await toldOf(asks)).toBe(41);
    },
  );

  it('names what each of those it stands for says', async () => {
    const channelId = await hook();
    const asks = [];
    for (let n = 0; n < 6; n++) {
      const ask = await toChannel(channelId, 'update', `Storm ${n}`);
      asks.push({ ...ask, values: { sentence: `Ada acknowledged it, ${n}.` } });
    }
    await add(...asks);
    await harness.runDue();
    expect(web.requests).toHaveLength(1);
    expect(web.requests[0]?.body).toContain(`- INC-${asks[5]?.incidentId ?? ''} Storm 5: Ada acknowledged it, 5.`);
  });

  it('keeps nobody from trying the channel', async () => {
    const channelId = await hook();
    const to = { kind: 'channel', channelId } as const;
    const ask = { topic: 'test', to, incidentId: null, pageId: null, severity: 'info', template: 'test' } as const;
    const tries = Array.from({ length: 7 }, (_, n) => {
      return { ...ask, key: `test/${++serial}`, values: { title: `Test ${n}`, text: 'It works.' } };
    });
    await add(...tries);
    await harness.runDue();
    expect(
      titles()
        .map(({ title }) => title)
        .toSorted(),
    ).toEqual(tries.map(({ values }) => values.title));
  });
});
