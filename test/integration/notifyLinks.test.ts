import { executeCommand } from '@tocsin/schema/postgres/incidentCommands';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type NotifyApi, only, signedIn, startNotifyApi } from '../support/notifyApi.js';

let notify: NotifyApi;
beforeAll(async () => {
  notify = await startNotifyApi();
});
beforeEach(() => notify.clear());
afterAll(() => notify.stop());

/** Everything that the outbox holds, and everything that the delivery log shows an admin, as text. */
async function readable(): Promise<string> {
  const { rows } = await notify.database.pool.query<{ all: string }>(
    `select coalesce(string_agg(n::text, ' '), '') || (select coalesce(string_agg(t::text, ' '), '') from timer t) as all from notification n`,
  );
  const query = '{ notifications { nodes { id topic via state reason title attempts { error } } } }';
  const log = await notify.api.ask(query);
  expect(log.errors).toEqual([]);
  return `${rows[0]?.all} ${JSON.stringify(log.data)}`;
}

async function personWithMail(handle: string, email: string): Promise<void> {
  await notify.api.as({ handle });
  await notify.database.pool.query('update person set email = $2, email_key = lower($2) where handle = $1', [
    handle,
    email,
  ]);
}

/** Reported and closed by the same person. */
async function closed(handle: string): Promise<number> {
  const create = `mutation { createIncident(input: { title: "Printer", services: [], severity: LOW }) { id } }`;
  const id = Number(only(await notify.api.ask(create))['id']);
  for (const type of ['acknowledge', 'resolve', 'close'] as const) {
    await executeCommand(notify.database.pool, id, { type }, { kind: 'person', name: handle }, Date.now(), null);
  }
  return id;
}

const mailTo = (address: string) =>
  notify.smtp.mails.find(
    ({ to, subject }) => JSON.stringify(to).includes(address) && subject?.startsWith('How did') === true,
  );

describe('a link that opens something by itself', () => {
  it('stands in the letter alone: neither outbox nor delivery log can be read for it', async () => {
    await personWithMail('cora', 'cora@example.com');
    const id = await closed('cora');
    await expect.poll(() => mailTo('cora@'), { timeout: 15_000 }).toBeDefined();
    const mail = mailTo('cora@');
    expect(mail?.subject).toBe(`How did INC-${id} go?`);
    const link = /Open: (\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
    expect(link).toMatch(/\/csat\/tkl_[\w-]{43}$/);
    expect((await fetch(link)).status).toBe(200);
    const all = await readable();
    expect(all).toContain('How did INC-');
    expect(all).not.toMatch(/tkl_/);
  });

  it('works in the letter that is sent again after one that failed', async () => {
    await personWithMail('dora', 'unknown550@example.com');
    const id = await closed('dora');
    const stateOf = async () =>
      (
        await notify.database.pool.query<{ id: number; state: string }>(
          `select id, state from notification where incident_id = $1 and key like 'csat/%' and email = 'unknown550@example.com'`,
          [id],
        )
      ).rows[0];
    await expect.poll(async () => (await stateOf())?.state, { timeout: 15_000 }).toBe('failed');
    expect(await readable()).not.toMatch(/tkl_/);
    const failed = await stateOf();
    await notify.database.pool.query(`update notification set email = 'dora@example.com' where id = $1`, [failed?.id]);
    await notify.api.ask('mutation ($id: ID!) { retryNotification(id: $id) { state } }', { id: failed?.id });
    await expect.poll(() => mailTo('dora@'), { timeout: 15_000 }).toBeDefined();
    const link = /Open: (\S+)/.exec(mailTo('dora@')?.text ?? '')?.[1] ?? '';
    expect((await fetch(link)).status).toBe(200);
  });
});

it('a code that confirms an address is not in the delivery log while it waits to be sent', async () => {
  const eva = await signedIn(notify, 'eva');
  const add = `mutation { addContact(input: { kind: EMAIL, name: "Busy", address: "busy451@example.com" }) { id } }`;
  expect((await eva(add)).errors).toEqual([]);
  const log = await notify.api.ask('{ notifications { nodes { title } } }');
  expect(JSON.stringify(log.data)).toContain('A code that confirms an address');
  expect(JSON.stringify(log.data)).not.toMatch(/\d{6} confirms/);
});

it('one’s own messages are in the delivery log of a viewer, and nobody else’s', async () => {
  await notify.api.as({ handle: 'vic', role: 'viewer' });
  const vic = await signedIn(notify, 'vic');
  await notify.database.pool.query(`update person set role = 'viewer' where handle = 'vic'`);
  const add = `mutation { addContact(input: { kind: EMAIL, name: "Vic at home", address: "vic@example.com" }) { id } }`;
  expect((await vic(add)).errors).toEqual([]);
  const log = `{ notifications { nodes { via person { handle } attempts { outcome } } } }`;
  await expect
    .poll(async () => (await vic(log)).data, { timeout: 15_000 })
    .toEqual({
      notifications: { nodes: [{ via: 'Vic at home', person: { handle: 'vic' }, attempts: [{ outcome: 'sent' }] }] },
    });
});
