import { applyConfiguration, exportConfiguration } from '@tocsin/server/configurationApply';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wholeDocument } from '../support/configurationDocument.js';
import { createTestPerson } from '../support/people.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const people = ['ada', 'grace', 'linus'];

async function databaseWithPeople(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  for (const handle of people) await createTestPerson(database.pool, { handle });
  return database;
}

function apply({ pool }: TestDatabase, text: string, dryRun = false) {
  return applyConfiguration(pool, text, { dryRun, actor: { kind: 'person', name: 'ada' }, now: Date.now() });
}

function said(changes: readonly { readonly kind: string; readonly what: string; readonly name: string }[]) {
  return changes.map(({ kind, what, name }) => `${kind} ${what} ${name}`);
}

const recorded = async ({ pool }: TestDatabase) =>
  (
    await pool.query<{ said: string }>(
      `select (data ->> 'action') || ' ' || (data ->> 'topic') || ' ' || (data ->> 'name') as said from event
        where kind = 'configuration.changed' order by position`,
    )
  ).rows.map((row) => row.said);

describe('people and process in the configuration file', () => {
  let database: TestDatabase;
  let other: TestDatabase;
  beforeAll(async () => {
    database = await databaseWithPeople();
    other = await databaseWithPeople();
  });
  afterAll(async () => {
    await database.drop();
    await other.drop();
  });

  it('are told apart in a dry run, which writes nothing', async () => {
    const before = await exportConfiguration(database.pool);
    const { isApplied, changes } = await apply(database, wholeDocument, true);
    expect(isApplied).toBe(false);
    expect(said(changes)).toEqual(
      expect.arrayContaining([
        'added team Platform',
        'added schedule Platform primary',
        'added escalation policy Around the clock',
        'added channel #ops',
        'added incident type request',
        'changed priority matrix impact × urgency',
        'changed severity criteria all severities',
        'added message template stakeholder outage for security',
        'added runbook Failover',
        'added automation rule Z first',
        'changed status page Shop status',
        'removed incident type customer_service',
      ]),
    );
    expect(changes.find(({ name }) => name === 'Platform')?.diff).toContain('+escalationPolicy: Around the clock');
    expect(await exportConfiguration(database.pool)).toBe(before);
    expect(await recorded(database)).toEqual([]);
  });

  it('are applied as one, recorded as the screens record them, and come out as they are', async () => {
    expect((await apply(database, wholeDocument)).isApplied).toBe(true);
    expect(await recorded(database)).toEqual(
      expect.arrayContaining([
        'created team Platform',
        'created schedule Platform primary',
        'created escalationPolicy Around the clock',
        'created channel #ops',
        'changed incidentType Security',
        'changed priorityMatrix Priority matrix',
        'created template page',
        'created runbook Failover',
        'created automationRule Z first',
        'changed statusPage Shop status',
      ]),
    );
    const exported = await exportConfiguration(database.pool);
    expect(exported).toContain('- weekdays: [ 1, 2, 3, 4, 5 ]\n');
    expect(exported).toMatch(/automation:\n {2}- name: Z first\n[^]*- name: A second\n/);
    const before = await recorded(database);
    expect(await apply(database, exported)).toEqual({ isApplied: false, changes: [] });
    expect(await apply(database, wholeDocument)).toEqual({ isApplied: false, changes: [] });
    expect(await recorded(database)).toEqual(before);
  });

  it('are the same in an empty database that has the people', async () => {
    const exported = await exportConfiguration(database.pool);
    await apply(other, exported);
    expect(await exportConfiguration(other.pool)).toBe(exported);
  });

  it('keep the secret of a channel, the turns of a schedule and the id of what is only changed', async () => {
    const idOf = async () => {
      const { rows } = await database.pool.query<Record<string, unknown>>(
        `select (select id from schedule) as s, (select id from team where name_key = 'platform') as t,
                (select array_agg(id order by id) from status_component) as c,
                (select secret from notification_channel where name = '#ops') as k`,
      );
      return rows;
    };
    await database.pool.query(`update notification_channel set secret = '\\x01' where name = '#ops'`);
    const before = await idOf();
    const edited = (await exportConfiguration(database.pool))
      .replace('handoff: 09:00', 'handoff: 10:00')
      .replace('databases, queues', 'databases')
      .replace('title: Storage', 'title: Store')
      .replace('room: "#ops"', 'room: "#alarms"');
    const { changes } = await apply(database, edited);
    expect(said(changes)).toEqual([
      'changed channel #ops',
      'changed schedule Platform primary',
      'changed team Platform',
      'changed status page Shop status',
    ]);
    expect(await idOf()).toEqual(before);
  });

  it('tell of a new order of the automation, and take it', async () => {
    const exported = await exportConfiguration(database.pool);
    const [, first = '', second = ''] =
      /automation:\n( {2}- name: Z first\n[^]*)( {2}- name: A second\n[^]*?)\nstatusPage/.exec(exported) ?? [];
    const { changes } = await apply(database, `automation:\n${second}${first}`);
    expect(changes).toEqual([
      { kind: 'moved', what: 'automation rule', name: 'order', diff: ['-Z first', ' A second', '+Z first'] },
    ]);
    expect(await exportConfiguration(database.pool)).toMatch(
      /automation:\n {2}- name: A second\n[^]*- name: Z first\n/,
    );
    await apply(database, exported);
  });

  it.each([
    ['teams: [{ name: A, members: [{ person: nobody, role: manager }] }]', 'teams[0].members[0].person'],
    ['teams: [{ name: A, members: [{ person: ada, role: boss }] }]', 'teams[0].members[0].role'],
    ['teams: [{ name: A, escalationPolicy: None }]', 'teams[0].escalationPolicy'],
    ['teams: [{ name: A, colour: red }]', 'teams[0]'],
    ['teams: [{ name: A }, { name: " a" }]', 'teams[1]'],
    ['schedules: [{ name: S, timeZone: Mars/Base }]', 'schedules[0].timeZone'],
    ['schedules: [{ name: S, timeZone: UTC, team: None }]', 'schedules[0].team'],
    [
      'schedules: [{ name: S, timeZone: UTC, layers: [{ name: L, startsOn: 2026-02-30, handoff: "9", turnUnit: day }] }]',
      'schedules[0].layers[0].handoff',
    ],
    [
      'schedules: [{ name: S, timeZone: UTC, layers: [{ name: L, startsOn: 2026-02-30, handoff: 09:00, turnUnit: day }] }]',
      'schedules[0].layers[0].startsOn',
    ],
    ['escalationPolicies: [{ name: P, steps: [] }]', 'escalationPolicies[0].steps'],
    [
      'escalationPolicies: [{ name: P, steps: [{ targets: [{ schedule: None }] }] }]',
      'escalationPolicies[0].steps[0].targets[0].schedule',
    ],
    [
      'escalationPolicies: [{ name: P, steps: [{ targets: [{ person: ada, team: Platform }] }] }]',
      'escalationPolicies[0].steps[0].targets[0]',
    ],
    [
      'escalationPolicies: [{ name: P, pageWhen: "oops", steps: [{ targets: [{ person: ada }] }] }]',
      'escalationPolicies[0].pageWhen',
    ],
    ['channels: [{ name: C, kind: pigeon }]', 'channels[0].kind'],
    ['channels: [{ name: C, kind: email, settings: { address: nowhere } }]', 'channels[0].settings.address'],
    ['channels: [{ name: C, kind: teams, secret: x }]', 'channels[0]'],
    [
      'channels: [{ name: C, kind: teams, subscriptions: [{ kinds: [incident.eaten] }] }]',
      'channels[0].subscriptions[0].kinds[0]',
    ],
    ['incidentTypes: [{ key: x y, title: X }]', 'incidentTypes[0].key'],
    ['incidentTypes: [{ key: xx, title: X, transitions: [] }]', 'incidentTypes[0].statuses[0]'],
    ['priorityMatrix: [[1, 1, 2], [1, 2, 3], [2, 3, 5]]', 'priorityMatrix[2][2]'],
    ['priorityMatrix: [[2, 1, 2], [1, 2, 3], [2, 3, 4]]', 'priorityMatrix.cells[0][1]'],
    ['severityCriteria: { awful: x }', 'severityCriteria'],
    ['messageTemplates: [{ kind: notification, key: page, title: T, body: "{% if" }]', 'messageTemplates[0].body'],
    [
      'messageTemplates: [{ kind: notification, key: page, type: none, title: T, body: B }]',
      'messageTemplates[0].type',
    ],
    ['runbooks: [{ title: R, body: B, types: [none] }]', 'runbooks[0].types[0]'],
    ['runbooks: [{ title: R, body: " " }]', 'runbooks[0].body'],
    [
      'automation: [{ name: A, kinds: [incident.opened], actions: [{ kind: dance }] }]',
      'automation[0].actions[0].kind',
    ],
    [
      'automation: [{ name: A, kinds: [incident.opened], actions: [{ kind: webhook, channel: None }] }]',
      'automation[0].actions[0].channel',
    ],
    [
      'automation: [{ name: A, kinds: [incident.opened], actions: [{ kind: addTag }] }]',
      'automation[0].actions[0].parameters',
    ],
    ['automation: [{ name: A, kinds: [alert.opened], actions: [{ kind: addTag, tag: t }] }]', 'automation[0].kinds'],
    [
      'statusPage: { title: T, components: [{ service: db, title: A }, { service: DB, title: B }] }',
      'statusPage.components[1].service',
    ],
    ['statusPage: [{ title: T }]', 'statusPage'],
  ])('refuse %s with its place, and keep everything', async (text, field) => {
    const before = await exportConfiguration(database.pool);
    const failure = await apply(database, text).catch((error: unknown) => error);
    expect(failure).toMatchObject({ error: { field } });
    expect(await exportConfiguration(database.pool)).toBe(before);
  });

  it('name what still uses a policy that the file no longer has', async () => {
    const text = `escalationPolicies:
  - { name: Payments first, steps: [{ targets: [{ team: payments }] }] }
`;
    await expect(apply(database, text)).rejects.toThrow('Around the clock is still used by team Platform');
  });

  it('go together: team and policy, schedule and channel name each other to the end', async () => {
    const { changes } = await apply(
      database,
      'rules: []\nservices: []\nteams: []\nschedules: []\nescalationPolicies: []\nchannels: []\nrunbooks: []\nautomation: []\n',
    );
    expect(said(changes)).toEqual(
      expect.arrayContaining([
        'removed team Platform',
        'removed team payments',
        'removed schedule Platform primary',
        'removed escalation policy Around the clock',
        'removed channel #ops',
        'removed runbook Failover',
        'removed automation rule A second',
      ]),
    );
    // What incidents have had is archived, and says so; what is archived already stays.
    expect(await exportConfiguration(database.pool)).toMatch(/title: Failover\n[^]*isArchived: true/);
    expect(await apply(database, 'runbooks: []')).toEqual({ isApplied: false, changes: [] });
  });
});
