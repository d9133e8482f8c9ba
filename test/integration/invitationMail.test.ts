import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type NotifyApi, only, startNotifyApi } from '../support/notifyApi.js';
import { createTestPerson } from '../support/people.js';

describe('links that let somebody in', () => {
  let notify: NotifyApi;
  beforeAll(async () => {
    notify = await startNotifyApi();
  });
  afterAll(() => notify.stop());

  const mailTo = async (address: string) => {
    const find = () =>
      notify.smtp.mails.find(({ to }) => to !== undefined && !Array.isArray(to) && to.text === address);
    await expect.poll(find, { timeout: 20_000 }).toBeDefined();
    return find();
  };
  const kept = async () =>
    (await notify.database.pool.query<{ text: string }>('select content::text as text from notification')).rows;

  it('go to who is invited by mail, and are nowhere to be read after', async () => {
    const mutation = 'mutation ($input: InvitationInput!) { invitePerson(input: $input) { url } }';
    const input = { email: 'new@example.com', role: 'RESPONDER', teams: [] };
    const { url } = only(await notify.api.ask(mutation, { input }));
    const mail = await mailTo('new@example.com');
    expect(mail?.subject).toBe('operator invites you to Tocsin');
    expect(mail?.text).toContain(String(url));
    await expect.poll(kept, { timeout: 20_000 }).toEqual([{ text: expect.stringContaining('"values": {}') }]);
  });

  it('go to who needs a new password', async () => {
    const { id } = await createTestPerson(notify.database.pool, { handle: 'grace' });
    await notify.database.pool.query(
      `update person set email = 'grace@example.com', email_key = 'grace@example.com' where id = $1`,
      [id],
    );
    const mutation = 'mutation ($id: ID!) { createPasswordLink(personId: $id) { url } }';
    const { url } = only(await notify.api.ask(mutation, { id: String(id) }));
    expect((await mailTo('grace@example.com'))?.text).toContain(String(url));
    await expect.poll(async () => JSON.stringify(await kept()), { timeout: 20_000 }).not.toContain('tkl_');
    const log = await notify.api.ask('{ notifications(first: 5) { nodes { title } } }');
    expect(JSON.stringify(log.data)).toContain('A link to sign in with');
  });

  it('are only shown where nobody says an address', async () => {
    const before = (await kept()).length;
    const mutation = 'mutation ($input: InvitationInput!) { invitePerson(input: $input) { url } }';
    only(await notify.api.ask(mutation, { input: { email: null, role: 'VIEWER', teams: [] } }));
    expect(await kept()).toHaveLength(before);
  });
});
