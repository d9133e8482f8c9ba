import { createHmac } from 'node:crypto';
import { addNotifications } from '@tocsin/schema/postgres/notificationWrite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiServer } from '../support/apiServer.js';
import { codeOf, type NotifyApi, only, saveChannel, startNotifyApi } from '../support/notifyApi.js';
import { insertIncident, insertPage, type TestMailServer, type TestWebServer } from '../support/notifyHarness.js';
import type { TestDatabase } from '../support/testDatabase.js';

let notify: NotifyApi;
let database: TestDatabase;
let smtp: TestMailServer;
let web: TestWebServer;
let api: ApiServer;
beforeAll(async () => {
  notify = await startNotifyApi();
  ({ database, smtp, web, api } = notify);
});
beforeEach(() => notify.clear());
afterAll(() => notify.stop());

describe('acknowledging from a message', () => {
  it('by e-mail: opening the link changes nothing, its button does, once', async () => {
    await api.as({ handle: 'onc' });
    await database.pool.query(
      `update person set email = 'onc@example.com', email_key = 'onc@example.com' where handle = 'onc'`,
    );
    const { rows } = await database.pool.query<{ id: number }>(`select id from person where handle = 'onc'`);
    const personId = rows[0]?.id ?? 0;
    const incidentId = await insertIncident(database, 'Checkout <img src=x onerror=alert(1)>');
    const pageId = await insertPage(database, incidentId, personId);
    const ask = { key: `page/${pageId}`, topic: 'page', to: { kind: 'person', personId }, incidentId, pageId } as const;
    await addNotifications(
      database.pool,
      [{ ...ask, severity: 'high', template: 'incident.paged', values: {} }],
      Date.now(),
    );
    await expect.poll(() => smtp.mails.length, { timeout: 10_000 }).toBe(1);
    const link = /Acknowledge: (\S+)/.exec(smtp.mails[0]?.text ?? '')?.[1] ?? '';
    const phase = async () =>
      (await database.pool.query<{ phase: string }>('select phase from incident where id = $1', [incidentId])).rows[0]
        ?.phase;

    const opened = await fetch(link);
    const html = await opened.text();
    expect([opened.status, opened.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(html).toContain('<button>Acknowledge</button>');
    expect(html).not.toContain('<img');
    expect(opened.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await phase()).toBe('detected');

    const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: '' };
    expect(await (await fetch(link, form)).text()).toContain('Acknowledged by');
    expect(await phase()).toBe('acknowledged');
    expect((await fetch(link, form)).status).toBe(404);
    expect((await fetch(`${notify.site}/act/tkl_${'x'.repeat(43)}`)).status).toBe(404);
    const event = await database.pool.query(
      `select actor from event where incident_id = $1 and kind = 'incident.acknowledged'`,
      [incidentId],
    );
    expect(event.rows).toEqual([{ actor: 'onc' }]);
  });

  it('by a button in Slack: signed, fresh, told of there, and by somebody who is known and may', async () => {
    await api.as({ handle: 'onc' });
    await api.as({ handle: 'sid', role: 'responder' });
    await api.as({ handle: 'lou', role: 'viewer' });
    const secret = JSON.stringify({ token: 'xoxb', signingSecret: 'shh' });
    const settings = [
      { name: 'room', value: 'C1' },
      { name: 'apiUrl', value: web.url },
    ];
    const channel = only(
      await api.ask(saveChannel, {
        input: { name: 'Bot', kind: 'SLACK_BOT', settings, secret, mayReachPrivate: true },
      }),
    );
    const incidentId = await insertIncident(database, 'From Slack');
    const untold = await insertIncident(database, 'Not for Slack');
    const update = {
      topic: 'update',
      incidentId,
      pageId: null,
      severity: 'high',
      template: 'incident.update',
    } as const;
    const to = { kind: 'channel', channelId: Number(channel['id']) } as const;
    await addNotifications(database.pool, [{ ...update, key: 'slack', to, values: { sentence: 'x' } }], Date.now());
    const press = async (
      member: string,
      { key = 'shh', at = Math.floor(Date.now() / 1_000), incident = incidentId } = {},
    ) => {
      const payload = {
        type: 'block_actions',
        user: { id: member },
        actions: [{ action_id: 'acknowledge', value: String(incident) }],
        response_url: `${web.url}/answer`,
      };
      const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
      const signature = `v0=${createHmac('sha256', key).update(`v0:${at}:${body}`).digest('hex')}`;
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': String(at),
        'x-slack-signature': signature,
      };
      return (await fetch(`${notify.site}/hooks/slack/${String(channel['id'])}`, { method: 'POST', headers, body }))
        .status;
    };
    const said = () => web.requests.filter(({ path }) => path === '/answer').map(({ body }) => body);
    expect(await press('U0KNOWN', { key: 'wrong' })).toBe(401);
    expect(await press('U0KNOWN', { at: Math.floor(Date.now() / 1_000) - 301 })).toBe(401);
    expect(await press('U0STRANGER')).toBe(200);
    await expect.poll(() => said().length).toBe(1);
    expect(said()[0]).toMatch(/"ephemeral".*does not know you/);
    await database.pool.query(
      `insert into contact (person_id, kind, name, address, channel_id, verified_at)
       select id, 'slack', 'Slack', case handle when 'onc' then 'U0KNOWN' when 'sid' then 'U0OTHER' else 'U0LOOKER' end, $1, now()
         from person where handle in ('onc', 'sid', 'lou')`,
      [channel['id']],
    );
    const restrict = (to: boolean) =>
      database.pool.query('update incident set is_restricted = $2 where id = $1', [incidentId, to]);
    const phases = async () =>
      (
        await database.pool.query<{ phase: string }>('select phase from incident where id in ($1, $2) order by id', [
          incidentId,
          untold,
        ])
      ).rows.map(({ phase }) => phase);
    const answer = async (...pressed: Parameters<typeof press>) => {
      const before = said().length;
      expect(await press(...pressed)).toBe(200);
      await expect.poll(() => said().length).toBe(before + 1);
      return said()[before];
    };
    // What the channel was not told of, what they may not, and what does not show to them: nobody else sees the answer.
    expect(await answer('U0KNOWN', { incident: untold })).toMatch(/"ephemeral".*There is no such thing/);
    expect(await answer('U0LOOKER')).toMatch(/"ephemeral".*Needs responder/);
    await restrict(true);
    expect(await answer('U0OTHER')).toMatch(/"ephemeral".*There is no such thing/);
    await restrict(false);
    expect(await phases()).toEqual(['detected', 'detected']);
    expect(await answer('U0KNOWN')).toMatch(/"in_channel".*acknowledged INC-/);
    expect(await phases()).toEqual(['acknowledged', 'detected']);
    const remove = await api.ask('mutation ($id: ID!) { deleteNotificationChannel(id: $id) }', { id: channel['id'] });
    expect(codeOf(remove)).toBe('IN_USE');
  });
});
