import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, type Ask, startApi } from '../support/apiServer.js';
import { type AutomationReader, createAutomationReader } from '../support/automationReader.js';
import { done } from '../support/done.js';
import { addIncident } from '../support/fixtures.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const now = Date.now();
const action = (kind: string, parameters: object) => ({ kind, parameters: JSON.stringify(parameters) });
const tag = action('ADD_TAG', { tag: 'x' });

describe('what rules of automation do, and for whom', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let manager: Ask;
  let owner: Ask;
  let reader: AutomationReader;
  beforeAll(async () => {
    database = await createTestDatabase();
    reader = createAutomationReader(database.pool, now);
    server = await startApi(database);
    manager = await server.as({ handle: 'mona', role: 'manager' });
    owner = await server.as({ handle: 'pia', role: 'viewer', teams: { payments: 'manager' } });
    await server.as({ handle: 'rita', role: 'responder', teams: { search: 'responder' } });
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  const save = (ask: Ask, input: object) =>
    done<{ id: string; version: number; team: { name: string } | string | null }>(
      ask,
      'mutation ($input: AutomationRuleInput!) { done: saveAutomationRule(input: $input) { id version } }',
      { input: { kinds: ['INCIDENT_OPENED'], actions: [tag], ...input } },
    );
  const insert = async (sql: string): Promise<string> =>
    String((await database.pool.query<{ id: number }>(`${sql} returning id`)).rows[0]?.id);
  const channelOf = (name: string, team: string | null) =>
    insert(`insert into notification_channel (name, name_key, kind, team_id, settings) values ('${name}', '${name}', 'webhook',
      (select id from team where name_key = '${team ?? ''}'), '{"url": "https://example.com"}')`);

  it('creates action items, starts escalations and posts updates, as people do', async () => {
    const policy = await insert(`insert into escalation_policy (name, name_key) values ('Night', 'night')`);
    await database.pool.query(
      `with s as (insert into escalation_step (policy_id, ordinal, delay_seconds, mode) values (${policy}, 1, 0, 'all') returning id)
       insert into escalation_target (step_id, ordinal, person_id) select s.id, 1, p.id from s, person p where p.handle = 'rita'`,
    );
    // Then nothing goes out on one person's word, and on a rule's neither.
    await database.pool.query('update status_page set needs_approval = true');
    const actions = [
      action('CREATE_ACTION_ITEM', { title: 'Look <b>why</b>', owner: 'rita', dueInDays: '3' }),
      action('START_ESCALATION', { policyId: policy }),
      action('POST_UPDATE', { audience: 'public', title: 'We look into it', body: '**Soon** more' }),
    ];
    expect(await save(manager, { name: 'All hands', condition: '"call" in tags', actions })).toMatchObject({
      version: 1,
    });
    const { id } = await addIncident(database.pool, { tags: ['call'] });
    await reader.drain();
    const { rows: runs } = await database.pool.query(
      'select state, results from automation_run where incident_id = $1',
      [id],
    );
    expect(runs).toMatchObject([{ state: 'done' }]);
    const { data } = await manager(
      `{ incident(number: ${id}) { actionItems { title owner { handle } dueOn } escalation { reason policyName }
          updates { title audience state author } } }`,
    );
    const dueOn = new Date(now + 3 * 86_400_000).toISOString().slice(0, 10);
    expect(data?.['incident']).toMatchObject({
      actionItems: [{ title: 'Look <b>why</b>', owner: { handle: 'rita' }, dueOn }],
      escalation: { reason: 'automation', policyName: 'Night' },
      updates: [
        { title: 'We look into it', audience: 'PUBLIC', state: 'AWAITING_APPROVAL', author: 'automation/All hands' },
      ],
    });
    // What it acts through goes only after it.
    expect(
      await done(manager, 'mutation ($id: ID!) { done: deleteEscalationPolicy(id: $id) }', { id: policy }),
    ).toMatchObject({ code: 'IN_USE', usedBy: ['automation All hands'] });
  });

  it('lets who manages a team write rules of that team alone, and keep them there', async () => {
    expect(await save(owner, { name: 'Everybody’s' })).toMatchObject({ code: 'FORBIDDEN' });
    const own = await save(owner, { name: 'Ours', team: 'payments' });
    expect(own).toMatchObject({ version: 1 });
    // Left out, the team would be gone and the rule would act on everybody's incidents.
    expect(await save(owner, { id: own.id, name: 'Ours' })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await save(owner, { id: own.id, name: 'Ours', team: null })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await save(owner, { id: own.id, name: 'Ours', team: 'search' })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await save(owner, { id: own.id, name: 'Ours', team: 'payments' })).toMatchObject({ version: 2 });
    expect(await save(manager, { id: own.id, name: 'Ours' })).toMatchObject({ version: 3 });
  });

  it('lets a rule of a team speak through its own channels and shared ones alone', async () => {
    const [ours, theirs, shared] = [
      await channelOf('ours', 'payments'),
      await channelOf('theirs', 'search'),
      await channelOf('shared', null),
    ];
    const by = (ask: Ask, channelId: string, team: string | null) =>
      save(ask, { name: `by ${channelId} ${team}`, team, actions: [action('WEBHOOK', { channelId })] });
    expect(await by(owner, theirs, 'payments')).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'actions[0].parameters',
    });
    expect(await by(owner, ours, 'payments')).toMatchObject({ version: 1 });
    expect(await by(owner, shared, 'payments')).toMatchObject({ version: 1 });
    expect(await by(manager, theirs, null)).toMatchObject({ version: 1 });
    expect(
      await done(manager, 'mutation ($id: ID!) { done: deleteNotificationChannel(id: $id) }', { id: theirs }),
    ).toMatchObject({ code: 'IN_USE', usedBy: [`automation by ${theirs} null`] });
  });
});
