import { permissions } from '@tocsin/schema/domain/permission';
import { createSealer } from '@tocsin/schema/runtime/sealer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, type Ask, startApi } from '../support/apiServer.js';
import { securityType } from '../support/incidentTypeApi.js';
import { createTestPerson, createTestToken } from '../support/people.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

/** What is done, in order; `$name` is what the first answer under that name gave as its id, text or secret. */
const steps: readonly (readonly [mutation: string, document: string, sets?: string])[] = [
  [
    'invitePerson',
    'invitePerson(input: { email: "new@example.com", role: VIEWER }) { invitation { id } }',
    'invitation',
  ],
  ['revokeInvitation', 'revokeInvitation(id: "$invitation")'],
  ['setPersonRole', 'setPersonRole(id: "$guest", role: REPORTER) { id }'],
  ['deactivatePerson', 'deactivatePerson(id: "$guest") { id }'],
  ['reactivatePerson', 'reactivatePerson(id: "$guest") { id }'],
  ['createPasswordLink', 'createPasswordLink(personId: "$guest") { expiresAt }'],
  ['createApiToken', 'createApiToken(input: { name: "robot", scopes: [READ] }) { apiToken { id } }', 'token'],
  ['revokeApiToken', 'revokeApiToken(id: "$token")'],
  ['saveTeam', 'saveTeam(input: { name: "Shop" }) { id }'],
  ['saveSchedule', 'saveSchedule(input: { name: "Days", timeZone: "UTC", layers: [] }) { id }', 'schedule'],
  [
    'createOverride',
    'createOverride(input: { scheduleId: "$schedule", personId: "$guest", startsAt: "2030-01-01T00:00:00Z", endsAt: "2030-01-02T00:00:00Z" }) { id }',
    'override',
  ],
  ['deleteOverride', 'deleteOverride(id: "$override")'],
  [
    'saveEscalationPolicy',
    'saveEscalationPolicy(input: { name: "P", steps: [{ delaySeconds: 0, targets: [{ personId: "$guest" }] }] }) { id }',
    'policy',
  ],
  ['deleteEscalationPolicy', 'deleteEscalationPolicy(id: "$policy")'],
  ['deleteSchedule', 'deleteSchedule(id: "$schedule")'],
  [
    'saveNotificationChannel',
    'saveNotificationChannel(input: { name: "Hook", kind: WEBHOOK, settings: [{ name: "url", value: "https://example.com/x" }] }) { id }',
    'channel',
  ],
  ['rotateChannelSecret', 'rotateChannelSecret(id: "$channel")'],
  ['deleteNotificationChannel', 'deleteNotificationChannel(id: "$channel")'],
  [
    'saveMessageTemplate',
    'saveMessageTemplate(input: { kind: "stakeholder", key: "first", title: "t", body: "b" }) { id }',
    'template',
  ],
  ['deleteMessageTemplate', 'deleteMessageTemplate(id: "$template")'],
  ['saveIncidentType', 'saveIncidentType(input: $type, expectedVersion: 0) { key }'],
  ['archiveIncidentType', 'archiveIncidentType(key: "security", isArchived: true) { key }'],
  [
    'savePriorityMatrix',
    'savePriorityMatrix(cells: [[1, 1, 2], [1, 2, 3], [2, 3, 4]], expectedVersion: 0) { version }',
  ],
  ['saveSeverityCriteria', 'saveSeverityCriteria(criteria: [{ severity: HIGH, criteria: "x" }]) { severity }'],
  [
    'saveAutomationRule',
    'saveAutomationRule(input: { name: "R", kinds: [INCIDENT_OPENED], actions: [{ kind: ADD_TAG, parameters: "{\\"tag\\":\\"x\\"}" }] }) { id }',
    'rule',
  ],
  ['reorderAutomationRules', 'reorderAutomationRules(ids: ["$rule"]) { id }'],
  ['deleteAutomationRule', 'deleteAutomationRule(id: "$rule")'],
  ['saveRunbook', 'saveRunbook(input: { title: "Restart", body: "x" }) { id }', 'runbook'],
  ['archiveRunbook', 'archiveRunbook(id: "$runbook", isArchived: true) { id }'],
  [
    'saveStatusPage',
    'saveStatusPage(input: { isPublic: false, title: "Shop", needsApproval: true, components: [] }, expectedVersion: 1) { title }',
  ],
  [
    'createIntegration',
    'createIntegration(input: { name: "prod", source: GENERIC }) { integration { id } }',
    'integration',
  ],
  ['updateIntegration', 'updateIntegration(id: "$integration", input: { name: "production" }) { id }'],
  ['rotateIntegrationSecret', 'rotateIntegrationSecret(id: "$integration") { integration { id } }'],
  ['setSigningSecret', 'setSigningSecret(integrationId: "$integration", secret: "hidden-hidden") { id }'],
  [
    'saveMapping',
    'saveMapping(integrationId: "$integration", mapping: [{ field: TITLE, expression: "body.t" }]) { id }',
  ],
  ['saveService', 'saveService(input: { name: "checkout", kind: "api" }) { name }'],
  ['importServices', 'importServices(document: "services:\\n  - name: cart\\n", dryRun: false) { __typename }'],
  ['deleteService', 'deleteService(name: "checkout")'],
  ['saveRuleSet', 'saveRuleSet(rules: [{ name: "A" }], expectedVersion: 0) { version }'],
  [
    'applyConfiguration',
    'applyConfiguration(document: "services:\\n  - name: basket\\n", dryRun: false) { __typename }',
  ],
  [
    'createMaintenanceWindow',
    'createMaintenanceWindow(input: { kind: WINDOW, name: "M", match: "true", startsAt: "2030-01-01T00:00:00Z", endsAt: "2030-01-02T00:00:00Z" }) { id }',
    'window',
  ],
  [
    'updateMaintenanceWindow',
    'updateMaintenanceWindow(id: "$window", expectedVersion: 1, input: { kind: WINDOW, name: "N", match: "true", startsAt: "2030-01-01T00:00:00Z", endsAt: "2030-01-02T00:00:00Z" }) { id }',
  ],
  ['endMaintenanceWindow', 'endMaintenanceWindow(id: "$window") { id }'],
  ['deleteTeam', 'deleteTeam(name: "Shop")'],
];

/** At a browser alone. */
const bySession: typeof steps = [
  ['updateProfile', 'updateProfile(input: { name: "Max" }) { id }'],
  ['createCalendarFeed', 'createCalendarFeed { id }', 'feed'],
  ['deleteCalendarFeed', 'deleteCalendarFeed(id: "$feed")'],
  ['addContact', 'addContact(input: { kind: EMAIL, name: "Work", address: "max@example.com" }) { id }', 'contact'],
  ['removeContact', 'removeContact(id: "$contact")'],
  ['saveNotificationRules', 'saveNotificationRules(rules: [], quietHours: []) { quietHours { __typename } }'],
  ['revokeSession', 'revokeSession(id: "$session")'],
  ['revokeOtherSessions', 'revokeOtherSessions'],
];

/** These configure nothing: they send, try, replay, or are of views that only their owner has. */
const others =
  'sendTestAlert replayDeadLetter replayDeadLetters startDemo testNotificationChannel retryNotification testContact verifyContact saveView deleteView changePassword'.split(
    ' ',
  );

interface Row {
  readonly kind: string;
  readonly actor: string;
  readonly address: string | null;
  readonly token_id: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

describe('what is configured', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let ask: Ask;
  let tokenId: string;
  const known = new Map<string, string>();
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database, { sealer: createSealer('k'.repeat(44)) });
    const { id } = await createTestPerson(database.pool, { handle: 'max', role: 'admin' });
    const token = await createTestToken(database.pool, id);
    ask = await server.as({ token });
    const { rows } = await database.pool.query<{ id: number }>('select max(id) as id from api_token');
    tokenId = String(rows[0]?.id);
    known.set('guest', String((await createTestPerson(database.pool, { handle: 'guest', role: 'viewer' })).id));
    await database.pool.query(
      `insert into session (hash, person_id, method, expires_at, address, user_agent)
       select sha256(h::bytea), $1, 'password', now() + interval '1 hour', '', '' from unnest($2::text[]) as h`,
      [id, ['a-session-of-max-for-this-test', 'another-that-is-to-end-here', 'one-more-that-is-to-end-here']],
    );
    const open = await database.pool.query<{ id: number }>('select max(id) as id from session');
    known.set('session', String(open.rows[0]?.id));
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  const audit = async (): Promise<readonly Row[]> =>
    (
      await database.pool.query<Row>(
        `select kind, actor, address, token_id::text, data from event
          where kind like 'configuration.%' or kind like 'access.%' or kind like 'maintenance.%' order by xid, position`,
      )
    ).rows;

  /** What was appended while the step was done. */
  async function perform(by: Ask, [name, document, sets]: (typeof steps)[number]): Promise<readonly Row[]> {
    const before = (await audit()).length;
    const text = document.replaceAll(/\$(\w+)/g, (whole, key: string) => known.get(key) ?? whole);
    const isTyped = text.includes('$type');
    const { data, errors } = await by(
      `mutation ${isTyped ? '($type: IncidentTypeInput!)' : ''} { done: ${text} }`,
      isTyped ? { type: securityType() } : {},
    );
    expect([name, errors]).toEqual([name, []]);
    const id = /"id":"([^"]+)"/.exec(JSON.stringify(data))?.[1];
    if (sets !== undefined && id !== undefined) known.set(sets, id);
    return (await audit()).slice(before);
  }

  it('leaves who did it, from where, with which token, what was and what is; secrets never', async () => {
    for (const step of steps) {
      const rows = await perform(ask, step);
      expect([step[0], rows.length > 0]).toEqual([step[0], true]);
      for (const row of rows) {
        expect([step[0], row]).toMatchObject([step[0], { actor: 'max', address: '127.0.0.1', token_id: tokenId }]);
      }
      const changed = rows.filter(({ kind }) => kind.startsWith('configuration.'));
      for (const { data } of changed) {
        expect([step[0], data['before'] ?? null, data['after'] ?? null]).not.toEqual([step[0], null, null]);
      }
    }
    expect(JSON.stringify(await audit())).not.toContain('hidden-hidden');
  });

  it('leaves it of what one configures for oneself as well', async () => {
    const secret = 'a-session-of-max-for-this-test';
    const cookie: Ask = (query, variables = {}) => server.anonymous(query, variables, { cookie: `tocsin=${secret}` });
    for (const step of bySession) {
      const rows = await perform(cookie, step);
      expect([step[0], rows.map(({ actor, address }) => [actor, address])]).toEqual([
        step[0],
        expect.arrayContaining([['max', '127.0.0.1']]),
      ]);
    }
  });

  it('was every mutation that configures or administers', () => {
    const asked = new Set([...steps, ...bySession].map(([name]) => name));
    const wanted = Object.entries(permissions).flatMap(([key, { scope }]) =>
      key.startsWith('Mutation.') && ['configure', 'administer', 'session'].includes(scope) ? [key.slice(9)] : [],
    );
    expect(wanted.filter((name) => !asked.has(name) && !others.includes(name))).toEqual([]);
  });
});
