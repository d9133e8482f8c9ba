import { createECDH, randomBytes } from 'node:crypto';
import { addNotifications } from '@tocsin/schema/postgres/notificationWrite';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createNotifyHarness,
  insertChannel,
  insertIncident,
  insertPerson,
  type NotifyHarness,
  notificationsOf,
  startWebServer,
  type TestWebServer,
} from '../support/notifyHarness.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

let database: TestDatabase;
let web: TestWebServer;
let harness: NotifyHarness;
let serial = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  web = await startWebServer();
});
beforeEach(() => {
  web.requests.length = 0;
  web.answers.clear();
  harness = createNotifyHarness(database, null);
});
afterAll(async () => {
  await web.stop();
  await database.drop();
});

const signingSecret = `whsec_${randomBytes(24).toString('base64')}`;

async function tell(
  to: { kind: 'channel'; channelId: number } | { kind: 'person'; personId: number },
  title = 'Checkout <!channel> & "down"',
) {
  const incidentId = await insertIncident(database, title);
  const key = `event/${++serial}`;
  const ask = {
    key,
    topic: 'update',
    to,
    incidentId,
    pageId: null,
    severity: 'high',
    template: 'incident.update',
  } as const;
  const values = { sentence: 'It was opened.' };
  await inTransaction(database.pool, (db) => addNotifications(db, [{ ...ask, values }], harness.now()));
  return { key, incidentId };
}

const webhook = (settings: object, secret: object | null, mayReachPrivate = true) =>
  insertChannel(
    database,
    harness.sealer,
    'webhook',
    settings,
    secret === null ? null : JSON.stringify(secret),
    mayReachPrivate,
  );

describe('a webhook', () => {
  it('is signed as Standard Webhooks say, by both secrets while a rotation lasts', async () => {
    const channelId = await webhook({ url: `${web.url}/signed` }, { signingSecret });
    const old = `whsec_${randomBytes(24).toString('base64')}`;
    await database.pool.query(
      'update notification_channel set previous_secret = $2, previous_secret_until = $3 where id = $1',
      [
        channelId,
        harness.sealer.seal(JSON.stringify({ signingSecret: old }), `channel:${channelId}`),
        new Date(harness.now() + 60_000),
      ],
    );
    const { key } = await tell({ kind: 'channel', channelId });
    await harness.runDue();
    const [request] = web.requests;
    if (request === undefined) throw new Error('nothing was received');
    expect(request.headers['webhook-id']).toBe(`${key}/channel/${channelId}`);
    expect(Number(request.headers['webhook-timestamp'])).toBe(harness.now() / 1_000);
    const signatures = String(request.headers['webhook-signature']).split(' ');
    const at = new Date(harness.now());
    const id = String(request.headers['webhook-id']);
    expect(signatures).toEqual([signingSecret, old].map((secret) => new Webhook(secret).sign(id, at, request.body)));
    expect(JSON.parse(request.body)).toMatchObject({
      type: 'notification',
      data: { text: 'It was opened.', isRepeat: false, incident: { severity: 'high' } },
    });
  });

  it('is tried again after 5xx, 429 and silence with the same id, and not after a redirect', async () => {
    const channelId = await webhook({ url: `${web.url}/busy` }, { signingSecret });
    const { key } = await tell({ kind: 'channel', channelId });
    web.answers.set('/busy', { status: 503 });
    await harness.runDue();
    web.answers.set('/busy', { status: 429, headers: { 'retry-after': '60' } });
    harness.moveClock(1_000);
    await harness.runDue();
    harness.moveClock(59_000);
    expect(await harness.runDue()).toBe(0);
    web.answers.set('/busy', { status: 204 });
    harness.moveClock(1_000);
    await harness.runDue();
    const [stored] = await notificationsOf(database, key);
    expect(stored?.state).toBe('sent');
    expect(stored?.attempts.map(({ status }) => status)).toEqual([503, 429, 204]);
    expect(new Set(web.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);

    const moved = await webhook({ url: `${web.url}/moved` }, null);
    web.answers.set('/moved', { status: 302, headers: { location: `${web.url}/elsewhere` } });
    const second = await tell({ kind: 'channel', channelId: moved });
    await harness.runDue();
    expect(await notificationsOf(database, second.key)).toMatchObject([
      { state: 'failed', reason: 'answered 302: redirects are not followed' },
    ]);
    expect(web.requests.some(({ path }) => path === '/elsewhere')).toBe(false);
  });

  it('that answers 410 is switched off', async () => {
    const channelId = await webhook({ url: `${web.url}/gone` }, null);
    web.answers.set('/gone', { status: 410 });
    await tell({ kind: 'channel', channelId });
    await harness.runDue();
    const { rows } = await database.pool.query('select is_enabled from notification_channel where id = $1', [
      channelId,
    ]);
    expect(rows).toEqual([{ is_enabled: false }]);
    const again = await tell({ kind: 'channel', channelId });
    await harness.runDue();
    expect(await notificationsOf(database, again.key)).toMatchObject([
      { state: 'failed', reason: 'the channel is switched off' },
    ]);
  });

  it('says what its template makes of the message: ntfy and Telegram need no adapter', async () => {
    const template = '{"chat_id":"42","text":"{{ title }} {{ text }}"}';
    const secret = { url: `${web.url}/bot-key/sendMessage`, authorization: 'Bearer t' };
    await tell({ kind: 'channel', channelId: await webhook({ template, contentType: 'application/json' }, secret) });
    await harness.runDue();
    expect(web.requests[0]?.path).toBe('/bot-key/sendMessage');
    expect(web.requests[0]?.headers.authorization).toBe('Bearer t');
    const said: unknown = JSON.parse(web.requests[0]?.body ?? '');
    expect(said).toMatchObject({ chat_id: '42', text: expect.stringContaining('"down" It was opened.') as unknown });
  });

  it('reaches no private address unless an admin allowed it', async () => {
    const { key } = await tell({
      kind: 'channel',
      channelId: await webhook({ url: `${web.url}/private` }, null, false),
    });
    await harness.runDue();
    expect(web.requests).toEqual([]);
    expect(await notificationsOf(database, key)).toMatchObject([
      { state: 'failed', attempts: [{ status: null, outcome: 'failed' }] },
    ]);
    expect((await notificationsOf(database, key))[0]?.reason).toMatch(/is an address of a private network/);
  });
});

describe('chat', () => {
  it('in Slack names nobody that a title names, and the bot has a button', async () => {
    const hook = await insertChannel(database, harness.sealer, 'slack_webhook', {}, `${web.url}/hook`);
    await tell({ kind: 'channel', channelId: hook });
    const secret = JSON.stringify({ token: 'xoxb-1', signingSecret: 's' });
    const bot = await insertChannel(database, harness.sealer, 'slack_bot', { room: 'C1', apiUrl: web.url }, secret);
    web.answers.set('/chat.postMessage', { status: 200, body: '{"ok":true}' });
    const { incidentId } = await tell({ kind: 'channel', channelId: bot });
    await harness.runDue();
    const [toHook, toBot] = [
      web.requests.find(({ path }) => path === '/hook'),
      web.requests.find(({ path }) => path === '/chat.postMessage'),
    ];
    expect(toHook?.body).toContain('Checkout &lt;!channel&gt; &amp;');
    expect(toHook?.body).not.toContain('"acknowledge"');
    expect(toBot?.headers.authorization).toBe('Bearer xoxb-1');
    expect(JSON.parse(toBot?.body ?? '')).toMatchObject({ channel: 'C1' });
    expect(toBot?.body).toContain(`"action_id":"acknowledge","value":"${incidentId}"`);
  });

  it('that Slack refuses in a 200 is not sent', async () => {
    const bot = await insertChannel(
      database,
      harness.sealer,
      'slack_bot',
      { room: 'C1', apiUrl: web.url },
      '{"token":"t"}',
    );
    web.answers.set('/chat.postMessage', { status: 200, body: '{"ok":false,"error":"channel_not_found"}' });
    const { key } = await tell({ kind: 'channel', channelId: bot });
    await harness.runDue();
    expect(await notificationsOf(database, key)).toMatchObject([
      { state: 'failed', reason: 'Slack says channel_not_found' },
    ]);
  });

  it('in Teams is a card whose title is no markdown', async () => {
    const teams = await insertChannel(database, harness.sealer, 'teams', {}, `${web.url}/teams`);
    await tell({ kind: 'channel', channelId: teams }, '[click](https://evil.example)');
    await harness.runDue();
    const body: unknown = JSON.parse(web.requests[0]?.body ?? '');
    expect(body).toMatchObject({
      attachments: [{ content: { type: 'AdaptiveCard', actions: [{ type: 'Action.OpenUrl' }] } }],
    });
    expect(web.requests[0]?.body).not.toContain('"TextBlock"');
  });
});

describe('a browser', () => {
  it('is pushed to, encrypted and signed by the key of the installation; one that is gone is not tried again', async () => {
    const personId = await insertPerson(database, `push${++serial}`);
    const browser = createECDH('prime256v1');
    const keys = { p256dh: browser.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') };
    const { rows } = await database.pool.query<{ id: number }>(
      `insert into contact (person_id, kind, name, address, settings, verified_at)
       values ($1, 'web_push', 'Firefox', $2, '{"mayReachPrivate":true}', now()) returning id`,
      [personId, `${web.url}/push`],
    );
    const contactId = rows[0]?.id ?? 0;
    await database.pool.query('update contact set secret = $2 where id = $1', [
      contactId,
      harness.sealer.seal(JSON.stringify(keys), `contact:${contactId}`),
    ]);
    await tell({ kind: 'person', personId });
    await harness.runDue();
    // Push services live in public networks: this one is refused, and nothing of it was asked.
    expect(web.requests).toEqual([]);
    const { rows: made } = await database.pool.query('select length(public_key) as length from installation_key');
    expect(made).toEqual([{ length: 87 }]);
  });
});
