import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiServer } from '../support/apiServer.js';
import { codeOf, type NotifyApi, only, onlyOf, saveChannel, signedIn, startNotifyApi } from '../support/notifyApi.js';
import type { TestMailServer, TestWebServer } from '../support/notifyHarness.js';
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

const contact = `mutation ($input: ContactInput!) { addContact(input: $input) { id isVerified } }`;
const verify = `mutation ($id: ID!, $code: String!) { verifyContact(id: $id, code: $code) { isVerified } }`;

describe('channels', () => {
  it('are saved with a sealed secret, tried, rotated, and kept from two people at once', async () => {
    const url = 'https://hooks.example.com/T000/secret-part';
    const input = { name: 'Operations', kind: 'SLACK_WEBHOOK', settings: [], secret: url };
    const created = only(await api.ask(saveChannel, { input }));
    expect(created).toMatchObject({ hasSecret: true, version: 2 });
    const { rows } = await database.pool.query<{ all: string }>(`select string_agg(e::text, '') as all from event e`);
    expect(rows[0]?.all).toContain('configuration.changed');
    expect(rows[0]?.all).not.toContain('secret-part');
    const stored = await database.pool.query<{ secret: Buffer }>(
      'select secret from notification_channel where id = $1',
      [created['id']],
    );
    expect(stored.rows[0]?.secret.includes('secret-part')).toBe(false);

    const id = created['id'];
    const changed = { id, ...input, name: 'Ops', secret: null };
    expect(only(await api.ask(saveChannel, { input: changed, v: 2 }))).toMatchObject({ version: 3, hasSecret: true });
    expect(codeOf(await api.ask(saveChannel, { input: changed, v: 2 }))).toBe('CONFLICT');
    expect(codeOf(await api.ask(saveChannel, { input: { ...input, name: 'OPS' } }))).toBe('INVALID_INPUT');

    const settings = [{ name: 'url', value: `${web.url}/hook` }];
    const hook = only(
      await api.ask(saveChannel, { input: { name: 'Hook', kind: 'WEBHOOK', settings, mayReachPrivate: true } }),
    );
    const rotated = await api.ask('mutation ($id: ID!) { rotateChannelSecret(id: $id) }', { id: hook['id'] });
    expect(onlyOf(rotated)).toMatch(/^whsec_/);
    const tried = await api.ask('mutation ($id: ID!) { testNotificationChannel(id: $id) { isSent status error } }', {
      id: hook['id'],
    });
    expect(only(tried)).toEqual({ isSent: true, status: 200, error: null });
    expect(web.requests[0]?.headers['webhook-signature']).toMatch(/^v1,/);
  });

  it('reach a private network only where an admin says so, and refuse what is no setting', async () => {
    const manager = await api.as({ handle: 'max', role: 'manager' });
    const input = {
      name: 'Inside',
      kind: 'WEBHOOK',
      settings: [{ name: 'url', value: 'http://10.0.0.1/' }],
      mayReachPrivate: true,
    };
    expect(codeOf(await manager(saveChannel, { input }))).toBe('FORBIDDEN');
    for (const settings of [
      [{ name: 'url', value: 'file:///etc/passwd' }],
      [{ name: 'url', value: 'https://user:password@example.com/' }],
      [{ name: 'nonsense', value: 'x' }],
      [{ name: 'template', value: '{% include "x" %}' }],
    ]) {
      expect(codeOf(await api.ask(saveChannel, { input: { ...input, name: 'Wrong', settings } }))).toBe(
        'INVALID_INPUT',
      );
    }
    const mail = {
      name: 'Mail',
      kind: 'EMAIL',
      settings: [{ name: 'address', value: 'a@example.com\r\nBcc: b@example.com' }],
    };
    expect(codeOf(await api.ask(saveChannel, { input: mail }))).toBe('INVALID_INPUT');
    const subscriptions = [{ kinds: ['INCIDENT_OPENED'], condition: 'severity >= ' }];
    expect(
      codeOf(await api.ask(saveChannel, { input: { ...input, name: 'S', mayReachPrivate: false, subscriptions } })),
    ).toBe('EXPRESSION_INVALID');
  });

  it('are told what they asked for, once for each event', async () => {
    const settings = [{ name: 'url', value: `${web.url}/events` }];
    const subscriptions = [
      { kinds: ['INCIDENT_OPENED'], condition: 'severity >= high' },
      { kinds: ['INCIDENT_OPENED', 'INCIDENT_ACKNOWLEDGED'], condition: '"db" in services' },
    ];
    await api.ask(saveChannel, {
      input: { name: 'Events', kind: 'WEBHOOK', settings, mayReachPrivate: true, subscriptions },
    });
    const create = `mutation ($t: String!, $s: [String!]!, $v: Severity!) { createIncident(input: { title: $t, services: $s, severity: $v }) { id } }`;
    const quiet = only(await api.ask(create, { t: 'Quiet', s: ['web'], v: 'LOW' }));
    const loud = only(await api.ask(create, { t: 'Loud', s: ['db'], v: 'CRITICAL' }, { 'x-tocsin-actor': 'Ada' }));
    await api.ask(
      'mutation ($id: ID!) { acknowledgeIncident(id: $id) { id } }',
      { id: loud['id'] },
      { 'x-tocsin-actor': 'Ada' },
    );
    await expect.poll(() => web.requests.length, { timeout: 10_000 }).toBe(2);
    const bodies = web.requests.map(({ body }) => body);
    expect(bodies.some((body) => body.includes(`INC-${String(quiet['id'])} `))).toBe(false);
    expect(bodies.join()).toContain('Ada acknowledged');
    const log = only(
      await api.ask(
        `query ($id: ID!) { incident(id: $id) { notifications { nodes { topic state via title channel { name } attempts { number outcome status } } } } }`,
        { id: loud['id'] },
      ),
    );
    expect(JSON.stringify(log)).toContain('"via":"Events"');
    expect(JSON.stringify(log)).toContain('"outcome":"sent","status":200');
  });
});

describe('contacts', () => {
  it('are confirmed by the code that was sent, which is in no log, and wrong codes run out', async () => {
    const ada = await signedIn(notify, 'ada-c');
    const added = only(await ada(contact, { input: { kind: 'EMAIL', name: 'Work', address: 'ada@work.example' } }));
    expect(added['isVerified']).toBe(false);
    await expect.poll(() => smtp.mails.length, { timeout: 10_000 }).toBe(1);
    const code = /^(\d{6})/.exec(smtp.mails[0]?.subject ?? '')?.[1] ?? '';
    const wrong = code === '000000' ? '111111' : '000000';
    expect(codeOf(await ada(verify, { id: added['id'], code: wrong }))).toBe('INVALID_INPUT');
    const eve = await signedIn(notify, 'eve-c');
    expect(codeOf(await eve(verify, { id: added['id'], code }))).toBe('NOT_FOUND');
    expect(only(await ada(verify, { id: added['id'], code }))).toEqual({ isVerified: true });
    const { rows } = await database.pool.query<{ all: string }>(
      `select (select string_agg(content::text, '') from notification) || (select string_agg(settings::text, '') from contact) as all`,
    );
    expect(rows[0]?.all).not.toContain(code);
    const tried = await ada('mutation ($id: ID!) { testContact(id: $id) { isSent status } }', { id: added['id'] });
    expect(only(tried)).toEqual({ isSent: true, status: 250 });

    const second = only(await ada(contact, { input: { kind: 'EMAIL', name: 'Home', address: 'ada@home.example' } }));
    await expect
      .poll(() => smtp.mails.some(({ to }) => JSON.stringify(to).includes('home')), { timeout: 10_000 })
      .toBe(true);
    const right = smtp.mails.find(({ to }) => JSON.stringify(to).includes('home'))?.subject?.slice(0, 6) ?? '';
    for (let attempt = 0; attempt < 5; attempt++) {
      await ada(verify, { id: second['id'], code: right === '000000' ? '111111' : '000000' });
    }
    expect((await ada(verify, { id: second['id'], code: right })).errors[0]?.message).toMatch(/no longer valid/);
  });

  it('send a person, and an address, five codes an hour', async () => {
    const remove = 'mutation ($id: ID!) { removeContact(id: $id) }';
    const again = async (ask: typeof api.ask, address: string) => {
      const answer = await ask(contact, { input: { kind: 'EMAIL', name: 'Work', address } });
      if (answer.errors.length > 0) return codeOf(answer);
      await ask(remove, { id: only(answer)['id'] });
      return 'sent';
    };
    const codes: unknown[] = [];
    const mallory = await signedIn(notify, 'mallory-c');
    const trudy = await signedIn(notify, 'trudy-c');
    for (let n = 0; n < 6; n++) codes.push(await again(mallory, `victim${n}@work.example`));
    expect(codes.splice(0)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent', 'RATE_LIMITED']);
    await database.pool.query(`delete from sign_in_limit where key like 'c:%'`);
    for (let n = 0; n < 3; n++) {
      codes.push(await again(mallory, 'victim@work.example'), await again(trudy, 'VICTIM@work.example'));
    }
    expect(codes).toEqual(['sent', 'sent', 'sent', 'sent', 'sent', 'RATE_LIMITED']);
  });

  it('rules and quiet hours are one’s own and name one’s own contacts', async () => {
    const ada = await signedIn(notify, 'ada-c');
    const mine = only(await ada('{ viewer { person { notificationSettings { contacts { id } } } } }'));
    const [first] = /\d+/.exec(JSON.stringify(mine)) ?? [];
    const withToken = await api.as({ handle: 'ada-c' });
    expect(codeOf(await withToken(contact, { input: { kind: 'EMAIL', name: 'W', address: 'w@work.example' } }))).toBe(
      'FORBIDDEN',
    );
    const rule = { topic: 'PAGE', delaySeconds: 60, minSeverity: 'HIGH' };
    const rules = [{ ...rule, contactId: first }];
    const quietHours = [{ weekdays: [1, 2], from: '22:00', until: '07:00', pagesFrom: 'CRITICAL' }];
    const set = `mutation ($r: [NotificationRuleInput!], $q: [QuietHoursInput!]) { saveNotificationRules(rules: $r, quietHours: $q) {
      rules { topic delaySeconds minSeverity contact { id } } quietHours { weekdays from until pagesFrom } webPushKey } }`;
    expect(only(await ada(set, { r: rules, q: quietHours }))).toMatchObject({
      rules: [{ ...rule, contact: { id: first } }],
      quietHours,
      webPushKey: expect.stringMatching(/^[\w-]{87}$/) as unknown,
    });
    const eve = await signedIn(notify, 'eve-c');
    expect(codeOf(await eve(set, { r: rules, q: null }))).toBe('INVALID_INPUT');
    expect(codeOf(await ada(set, { r: null, q: [{ weekdays: [8], from: '22:00', until: '7:00' }] }))).toBe(
      'INVALID_INPUT',
    );
  });
});

describe('templates', () => {
  it('are previewed, saved, used, and given back to the built-in', async () => {
    const input = {
      kind: 'notification',
      key: 'incident.update',
      title: 'Now: {{ incident.reference }}',
      body: '{{ sentence }}',
    };
    const preview = 'query ($input: MessageTemplateInput!) { previewTemplate(input: $input) { title body error } }';
    expect(only(await api.ask(preview, { input }))).toEqual({
      title: 'Now: INC-42',
      body: 'It was acknowledged by Ada.',
      error: null,
    });
    expect(only(await api.ask(preview, { input: { ...input, body: '{% if %}' } }))['error']).toMatch(/\S/);
    const absent = preview.replace('input: $input', 'input: $input, incidentId: "999999"');
    for (const [role, code] of [
      ['manager', undefined],
      ['responder', 'FORBIDDEN'],
    ] as const) {
      const ask = await api.as({ handle: `templates-${role}`, role });
      expect([role, codeOf(await ask(preview, { input })), codeOf(await ask(absent, { input }))]).toEqual([
        role,
        code,
        'NOT_FOUND',
      ]);
    }
    const slow = '{% for a in (1..9999) %}{% for b in (1..9999) %}{% endfor %}{% endfor %}';
    const began = performance.now();
    expect(only(await api.ask(preview, { input: { ...input, body: slow } }))['error']).toMatch(/limit/);
    expect(performance.now() - began).toBeLessThan(900);
    const saveTemplate =
      'mutation ($input: MessageTemplateInput!, $v: Int) { saveMessageTemplate(input: $input, expectedVersion: $v) { id version isBuiltIn } }';
    const saved = only(await api.ask(saveTemplate, { input }));
    expect(saved).toMatchObject({ version: 1, isBuiltIn: false });
    expect(codeOf(await api.ask(saveTemplate, { input }))).toBe('INVALID_INPUT');
    expect(codeOf(await api.ask(saveTemplate, { input: { ...input, id: saved['id'] }, v: 7 }))).toBe('CONFLICT');
    const remove = await api.ask('mutation ($id: ID!) { deleteMessageTemplate(id: $id) }', { id: saved['id'] });
    expect(remove.errors).toEqual([]);
    const all = await api.ask('{ messageTemplates { id key isBuiltIn } }');
    expect(JSON.stringify(all.data)).toContain('"id":"builtin:incident.update"');
  });
});
