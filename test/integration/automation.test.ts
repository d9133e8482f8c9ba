import { executeCommand } from '@tocsin/schema/postgres/incidentCommands';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { automationHandler } from '@tocsin/server/respond/types/handler';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, type Ask, startApi } from '../support/apiServer.js';
import { type AutomationReader, createAutomationReader } from '../support/automationReader.js';
import { addIncident } from '../support/fixtures.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const person = { kind: 'person', name: 'rita' } as const;
const now = Date.now();

describe('automation', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let manager: Ask;
  let reader: AutomationReader;
  beforeAll(async () => {
    database = await createTestDatabase();
    reader = createAutomationReader(database.pool, now);
    server = await startApi(database);
    manager = await server.as({ handle: 'mona', role: 'manager' });
    await server.as({ handle: 'rita', role: 'responder' });
  });
  afterEach(async () => {
    await database.pool.query('delete from automation_rule');
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  async function save(name: string, kinds: readonly string[], actions: readonly object[], more: object = {}) {
    const input = { name, kinds, actions, ...more };
    const { data, errors } = await manager(
      `mutation ($input: AutomationRuleInput!) { saveAutomationRule(input: $input) { id version actions { sentence } } }`,
      { input },
    );
    return errors[0]?.extensions ?? data?.['saveAutomationRule'];
  }
  const action = (kind: string, parameters: object) => ({ kind, parameters: JSON.stringify(parameters) });
  const runs = async (id: number) =>
    (
      await database.pool.query<Record<string, unknown>>(
        `select name, state, depth, results, refusal from automation_run r join automation_rule a on a.id = r.rule_id
          where incident_id = $1 order by r.id`,
        [id],
      )
    ).rows;

  it('does what the rule says, in order, and tells of it', async () => {
    expect(
      await save(
        'Security lead',
        ['INCIDENT_OPENED'],
        [
          action('ASSIGN', { handle: 'rita' }),
          action('ADD_TAG', { tag: '<b>lead</b>' }),
          action('ADD_ROLE', { role: 'manager', handle: 'mona' }),
          action('SET_FIELD', { field: 'nothing', value: 'x' }),
          action('ROUTE', { team: 'security' }),
          action('SET_TYPE', { type: 'security' }),
        ],
        { condition: 'severity >= high && "checkout" in services' },
      ),
    ).toMatchObject({ version: 1, actions: [{ sentence: 'assign rita' }, {}, {}, {}, {}, {}] });
    const { id } = await addIncident(database.pool, { severity: 'high' });
    const low = await addIncident(database.pool, { severity: 'low' });
    await reader.drain();
    const { rows } = await database.pool.query(
      'select assignee, tags, team, type, is_restricted from incident where id = $1',
      [id],
    );
    expect(rows).toEqual([
      { assignee: 'rita', tags: ['<b>lead</b>'], team: 'security', type: 'security', is_restricted: true },
    ]);
    expect(await runs(low.id)).toEqual([]);
    expect(await runs(id)).toMatchObject([{ name: 'Security lead', state: 'failed', depth: 1, refusal: null }]);
    const results = (await runs(id))[0]?.['results'];
    expect(results).toContainEqual({
      action: 'set nothing to x',
      outcome: 'failed',
      message: 'This type of incident has no field "nothing".',
    });
    const told = await database.pool.query(
      `select actor_kind, actor, data->>'state' as state from event where incident_id = $1 and kind = 'incident.automated'`,
      [id],
    );
    expect(told.rows).toEqual([{ actor_kind: 'system', actor: 'automation/Security lead', state: 'failed' }]);
    const log = await manager(
      `{ automationRuns(incidentId: "${id}") { nodes { state rule { name runCount } incident { id } } } }`,
    );
    expect(log.errors).toEqual([]);
    expect(log.data?.['automationRuns']).toEqual({
      nodes: [{ state: 'FAILED', rule: { name: 'Security lead', runCount: 1 }, incident: { id: String(id) } }],
    });
  });

  it('acts once on an event, however often it is read', async () => {
    await save('Tag', ['INCIDENT_OPENED'], [action('ADD_TAG', { tag: 'seen' })]);
    const goBack = reader.mark();
    const { id } = await addIncident(database.pool);
    await reader.drain();
    goBack();
    await reader.drain();
    expect(await runs(id)).toHaveLength(1);
  });

  it('rolls back with the reader: a batch that is not committed did nothing', async () => {
    await save('Tag', ['INCIDENT_OPENED'], [action('ADD_TAG', { tag: 'seen' })]);
    const { id } = await addIncident(database.pool);
    const events = await reader.readable();
    const killed = inTransaction(database.pool, async (db) => {
      await automationHandler.handle(db, events, now);
      throw new Error('killed before the cursor moved');
    });
    await expect(killed).rejects.toThrow('killed');
    expect(await runs(id)).toEqual([]);
    await reader.drain();
    expect(await runs(id)).toHaveLength(1);
  });

  it('stops two rules that set each other off, three deep, and a rule that sets off itself', async () => {
    await save('Up', ['INCIDENT_SEVERITY_CHANGED'], [action('SET_SEVERITY', { severity: 'high' })], {
      condition: 'severity == low',
    });
    await save('Down', ['INCIDENT_SEVERITY_CHANGED'], [action('SET_SEVERITY', { severity: 'low' })], {
      condition: 'severity == high',
    });
    await save('Self', ['INCIDENT_EDITED'], [action('ADD_TAG', { tag: 'x' }), action('ROUTE', { team: 'a' })]);
    const { id } = await addIncident(database.pool, { severity: 'medium', team: null });
    await executeCommand(database.pool, id, { type: 'changeSeverity', severity: 'low' }, person, now, null);
    await reader.drain();
    expect(await runs(id)).toMatchObject([
      { name: 'Up', state: 'done', depth: 1 },
      { name: 'Down', state: 'done', depth: 2 },
      { name: 'Up', state: 'done', depth: 3 },
      { name: 'Down', state: 'refused', depth: 4, refusal: 'Rules set each other off more than 3 deep.' },
    ]);
    const other = await addIncident(database.pool, { severity: 'info' });
    await executeCommand(database.pool, other.id, { type: 'edit', fields: { title: 'Other' } }, person, now, null);
    await reader.drain();
    expect(await runs(other.id)).toMatchObject([
      { name: 'Self', state: 'done' },
      { name: 'Self', state: 'refused', refusal: 'The rule itself caused the event.' },
      { name: 'Self', state: 'refused' },
    ]);
    const told = await database.pool.query(
      `select count(*)::int as n from event where incident_id = $1 and kind = 'incident.automated' and data->>'state' = 'refused'`,
      [other.id],
    );
    expect(told.rows).toEqual([{ n: 1 }]);
  });

  it('runs twenty times an hour on one incident at most', async () => {
    await save('Often', ['INCIDENT_NOTE_ADDED'], [action('ADD_TAG', { tag: 'noted' })]);
    const { id } = await addIncident(database.pool);
    for (let n = 0; n < 22; n++) {
      await executeCommand(database.pool, id, { type: 'note', text: String(n) }, person, now, null);
    }
    await reader.drain();
    const states = (await runs(id)).map(({ state }) => state);
    expect(states.filter((state) => state === 'done')).toHaveLength(20);
    expect(states.filter((state) => state === 'refused')).toHaveLength(2);
  });

  it('of a team acts on its own incidents alone', async () => {
    await server.as({ handle: 'pia', role: 'responder', teams: { payments: 'manager' } });
    await save('Ours', ['INCIDENT_OPENED'], [action('ADD_TAG', { tag: 'ours' })], { team: 'Payments' });
    const ours = await addIncident(database.pool, { team: 'payments' });
    const theirs = await addIncident(database.pool, { team: 'core' });
    await reader.drain();
    expect(await runs(ours.id)).toHaveLength(1);
    expect(await runs(theirs.id)).toEqual([]);
  });

  it('says what it would have done, and does nothing', async () => {
    const { id } = await addIncident(database.pool, { title: 'Dry', tags: ['dry'] });
    await reader.readable();
    const input = {
      name: 'Dry',
      kinds: ['INCIDENT_OPENED'],
      condition: '"dry" in tags && hour >= 0',
      actions: [action('ADD_TAG', { tag: 'wet' })],
    };
    const { data, errors } = await manager(
      `query ($input: AutomationRuleInput!) { dryRunAutomation(input: $input) { eventCount failures matches { incident { id } event { kind } wouldDo } } }`,
      { input },
    );
    expect(errors).toEqual([]);
    expect(data?.['dryRunAutomation']).toMatchObject({
      failures: [],
      matches: [{ incident: { id: String(id) }, event: { kind: 'INCIDENT_OPENED' }, wouldDo: ['tag it wet'] }],
    });
    const { rows } = await database.pool.query('select tags from incident where id = $1', [id]);
    expect(rows).toEqual([{ tags: ['dry'] }]);
  });

  it('refuses a rule that cannot work, naming the place', async () => {
    const tag = action('ADD_TAG', { tag: 'x' });
    const cases: readonly (readonly [string, string, readonly string[], readonly object[], object])[] = [
      ['name', ' ', ['INCIDENT_OPENED'], [tag], {}],
      ['kinds', 'a', [], [tag], {}],
      ['kinds', 'a', ['INCIDENT_AUTOMATED'], [tag], {}],
      ['kinds', 'a', ['MAINTENANCE_CREATED'], [tag], {}],
      ['actions', 'a', ['INCIDENT_OPENED'], [], {}],
      ['actions[0].parameters', 'a', ['INCIDENT_OPENED'], [{ kind: 'ADD_TAG', parameters: '{' }], {}],
      ['actions[0].parameters', 'a', ['INCIDENT_OPENED'], [action('ADD_TAG', { tag: 'x', more: 1 })], {}],
      [
        'actions[1].parameters',
        'a',
        ['INCIDENT_OPENED'],
        [tag, action('ADD_LINK', { title: 'x', url: 'javascript:1' })],
        {},
      ],
      ['actions[0].parameters', 'a', ['INCIDENT_OPENED'], [action('POST_UPDATE', {})], {}],
      ['actions[0].parameters', 'a', ['INCIDENT_OPENED'], [action('WEBHOOK', { channelId: '999999' })], {}],
      ['actions[0].parameters', 'a', ['INCIDENT_OPENED'], [action('START_ESCALATION', { policyId: '999999' })], {}],
      ['actions[0].parameters', 'a', ['INCIDENT_OPENED'], [action('ASSIGN', { scheduleId: '999999' })], {}],
      ['actions[0].parameters', 'a', ['INCIDENT_OPENED'], [action('ATTACH_RUNBOOK', { runbookId: '999999' })], {}],
      ['condition', 'a', ['INCIDENT_OPENED'], [tag], { condition: 'titel == ""' }],
      ['team', 'a', ['INCIDENT_OPENED'], [tag], { team: 'nowhere' }],
    ];
    for (const [field, name, kinds, actions, more] of cases) {
      expect(await save(name, kinds, actions, more), field).toMatchObject({ field });
    }
    const first = await save('One', ['INCIDENT_OPENED'], [tag]);
    expect(await save('One', ['INCIDENT_OPENED'], [tag])).toMatchObject({ field: 'name' });
    const stale = await manager(
      `mutation ($input: AutomationRuleInput!) { saveAutomationRule(input: $input, expectedVersion: 7) { id } }`,
      { input: { id: (first as { id: string }).id, name: 'One', kinds: ['INCIDENT_OPENED'], actions: [tag] } },
    );
    expect(stale.errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', currentVersion: 1 });
  });
});
