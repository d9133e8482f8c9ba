import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiServer, Ask } from '../support/apiServer.js';
import { codeOf, type NotifyApi, only, onlyOf, saveChannel, startNotifyApi } from '../support/notifyApi.js';
import type { TestWebServer } from '../support/notifyHarness.js';

let notify: NotifyApi;
let web: TestWebServer;
let api: ApiServer;
beforeAll(async () => {
  notify = await startNotifyApi();
  ({ web, api } = notify);
});
beforeEach(() => notify.clear());
afterAll(() => notify.stop());

const create = `mutation ($t: String!) { createIncident(input: { title: $t, services: [], severity: HIGH }) { id } }`;
const again = `mutation ($id: ID!) { retryNotification(id: $id) { id state } }`;
const tryOut = 'mutation ($id: ID!) { testNotificationChannel(id: $id) { isSent status error } }';

/** A webhook that is told of incidents that open; signed, if it has a secret. */
async function hook(name: string, settings: Readonly<Record<string, string>>, secret: string | null = null) {
  const list = Object.entries(settings).map(([key, value]) => ({ name: key, value }));
  const subscriptions = [{ kinds: ['INCIDENT_OPENED'], condition: null }];
  const input = { name, kind: 'WEBHOOK', settings: list, mayReachPrivate: true, subscriptions, secret };
  const saved = only(await api.ask(saveChannel, { input }));
  return String(saved['id']);
}

const remove = (id: string) => api.ask('mutation ($id: ID!) { deleteNotificationChannel(id: $id) }', { id });

/** The delivery log of an incident, newest first. */
async function deliveriesOf(ask: Ask, id: unknown) {
  const query = `query ($id: ID!) { incident(id: $id) { notifications { nodes { id state reason via title attempts { number isRepeat outcome status } } } } }`;
  const { notifications } = only(await ask(query, { id })) as { notifications: { nodes: Record<string, unknown>[] } };
  return notifications.nodes;
}

describe('the delivery log', () => {
  it('sends again what failed: the same webhook-id, marked as a repetition, and only what failed', async () => {
    const id = await hook('Ledger', { url: `${web.url}/ledger` }, `whsec_${'A'.repeat(32)}`);
    web.answers.set('/ledger', { status: 400 });
    const incident = only(await api.ask(create, { t: 'Replay' }));
    await expect
      .poll(async () => (await deliveriesOf(api.ask, incident['id']))[0]?.['state'], { timeout: 10_000 })
      .toBe('FAILED');
    const [failed] = await deliveriesOf(api.ask, incident['id']);
    expect(failed).toMatchObject({ reason: 'answered 400', via: 'Ledger' });

    const responder = await api.as({ handle: 'resp', role: 'responder' });
    expect(codeOf(await responder(again, { id: failed?.['id'] }))).toBe('FORBIDDEN');
    web.answers.set('/ledger', { status: 200 });
    expect(only(await api.ask(again, { id: failed?.['id'] }))).toMatchObject({ id: failed?.['id'] });
    await expect
      .poll(async () => (await deliveriesOf(api.ask, incident['id']))[0]?.['state'], { timeout: 10_000 })
      .toBe('SENT');
    expect((await deliveriesOf(api.ask, incident['id']))[0]?.['attempts']).toEqual([
      { number: 1, isRepeat: false, outcome: 'failed', status: 400 },
      { number: 2, isRepeat: true, outcome: 'sent', status: 200 },
    ]);
    expect(new Set(web.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(web.requests.map(({ body }) => body.includes('"isRepeat":true'))).toEqual([false, true]);
    expect(web.requests[1]?.headers['webhook-signature']).toMatch(/^v1,/);
    const twice = await api.ask(again, { id: failed?.['id'] });
    expect(twice.errors[0]?.message).toMatch(/Only a failed message is sent again: this one is sent/);
    expect(codeOf(await api.ask(again, { id: '999999' }))).toBe('NOT_FOUND');
    await remove(id);
  });
});

describe('targets without an adapter, by a template', () => {
  it('Telegram: a bot sends a message to a chat, and its test button says so', async () => {
    const template =
      '{"chat_id":"-100123","text":"{{ title }}\\n{{ text }}\\n{{ url }}","disable_notification":{{ isRepeat }}}';
    const secret = JSON.stringify({ url: `${web.url}/bot123:KEY/sendMessage` });
    const id = await hook('Telegram', { template, contentType: 'application/json' }, secret);
    expect(only(await api.ask(tryOut, { id }))).toEqual({ isSent: true, status: 200, error: null });
    expect(JSON.parse(web.requests[0]?.body ?? '')).toMatchObject({
      chat_id: '-100123',
      text: expect.stringMatching(/^Test from Tocsin\n/) as unknown,
    });
    notify.clear();
    const incident = only(await api.ask(create, { t: 'He said "stop"\\' }));
    await expect.poll(() => web.requests.length, { timeout: 10_000 }).toBe(1);
    expect(web.requests[0]?.path).toBe('/bot123:KEY/sendMessage');
    const reference = `INC-${String(incident['id'])}`;
    const sent: unknown = JSON.parse(web.requests[0]?.body ?? '');
    expect(sent).toEqual({
      chat_id: '-100123',
      text: expect.stringContaining(`${reference} He said "stop"\\`) as unknown,
      disable_notification: false,
    });
    expect((sent as { text: string }).text).toContain(`${notify.site}/incidents/${String(incident['id'])}`);
    const settings = onlyOf(await api.ask('{ notificationChannels { name settings { value } lastError } }'));
    expect(JSON.stringify(settings)).not.toContain('KEY');
    await remove(id);
  });

  it('ntfy: a topic gets title, text, priority by severity and a link', async () => {
    const template = `{"topic":"ops","title":"{{ title }}","message":"{{ text }}","click":"{{ url }}","priority":{% if incident.severity == "critical" or incident.severity == "high" %}5{% else %}3{% endif %}}`;
    const id = await hook('ntfy', { url: `${web.url}/`, template, contentType: 'application/json' });
    const incident = only(await api.ask(create, { t: 'Disk' }));
    await expect.poll(() => web.requests.length, { timeout: 10_000 }).toBe(1);
    expect(JSON.parse(web.requests[0]?.body ?? '')).toMatchObject({
      topic: 'ops',
      title: `INC-${String(incident['id'])} Disk`,
      priority: 5,
      click: `${notify.site}/incidents/${String(incident['id'])}`,
    });
    await remove(id);
  });

  it('ntfy by its plain form: the text is the body', async () => {
    const settings = { url: `${web.url}/ops`, template: '{{ title }}: {{ text }}', contentType: 'text/plain' };
    const id = await hook('Plain', settings);
    const incident = only(await api.ask(create, { t: 'Fan "1"' }));
    await expect.poll(() => web.requests.length, { timeout: 10_000 }).toBe(1);
    expect(web.requests[0]?.headers['content-type']).toBe('text/plain');
    expect(web.requests[0]?.body).toContain(`INC-${String(incident['id'])} Fan "1": `);
    await remove(id);
  });
});
