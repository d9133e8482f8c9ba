import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, startApi } from '../support/apiServer.js';
import { addAlert, addIncident, addIntegration } from '../support/fixtures.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const day = 86_400_000;

describe('rules over GraphQL', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let integrationId: number;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database);
    integrationId = (await addIntegration(database.pool)).id;
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  async function data(query: string, variables: Readonly<Record<string, unknown>> = {}) {
    const answer = await server.ask(query, variables, { 'x-tocsin-actor': encodeURIComponent('Zoë') });
    expect(answer.errors).toEqual([]);
    return answer.data ?? {};
  }
  const saving = `mutation ($rules: [CorrelationRuleInput!]!, $version: Int!, $comment: String) {
    saveRuleSet(rules: $rules, expectedVersion: $version, comment: $comment) {
      version savedBy comment rules { id name match groupBy thresholdCount thresholdSeconds notify isBuiltIn }
    }
  }`;
  const refusal = async (rules: readonly object[], version: number) =>
    (await server.ask(saving, { rules, version })).errors[0];

  it('show the built-in rule before any is saved', async () => {
    const { ruleSet } = await data('{ ruleSet { version savedAt rules { id isBuiltIn match matchCount } } }');
    expect(ruleSet).toEqual({
      version: 0,
      savedAt: null,
      rules: [{ id: 'default', isBuiltIn: true, match: null, matchCount: 0 }],
    });
  });

  it('save rules, with the usual where nothing is said', async () => {
    const rules = [
      { name: 'Disk full', match: 'labels.alertname == "DiskFull"', groupBy: ['environment', 'labels.k8s.node.name'] },
      { name: 'Storm', thresholdCount: 5, thresholdSeconds: 60, notify: 'RECORD' },
    ];
    const { saveRuleSet } = await data(saving, { rules, version: 0, comment: 'first' });
    expect(saveRuleSet).toMatchObject({
      version: 1,
      savedBy: 'zoe',
      comment: 'first',
      rules: [
        { id: 'disk-full', groupBy: ['environment', 'labels.k8s.node.name'], thresholdCount: null, notify: 'PAGE' },
        { id: 'storm', match: null, thresholdCount: 5, thresholdSeconds: 60, notify: 'RECORD', isBuiltIn: false },
        { id: 'default', isBuiltIn: true },
      ],
    });
  });

  it('refuse a bad expression with its field and place, and save nothing', async () => {
    const bad = [{ name: 'A' }, { name: 'B', match: 'service == "a" &&\n servce == "b"' }];
    expect((await refusal(bad, 1))?.extensions).toEqual({
      code: 'EXPRESSION_INVALID',
      field: 'rules[1].match',
      position: 19,
      line: 2,
      column: 2,
    });
    expect((await refusal([{ name: 'A', match: 'title.matches("(a+)+$")' }], 1))?.message).toMatch(/write re\(text/);
    expect((await refusal([{ name: 'A', groupBy: ['nothing'] }], 1))?.extensions).toEqual({
      code: 'INVALID_INPUT',
      field: 'rules[0].groupBy',
    });
    expect((await refusal([{ name: 'A', thresholdCount: 3 }], 1))?.extensions).toMatchObject({
      field: 'rules[0].thresholdSeconds',
    });
    expect((await data('{ ruleSet { version } }'))['ruleSet']).toEqual({ version: 1 });
  });

  it('refuse a writer who looked at another version', async () => {
    expect((await refusal([], 0))?.extensions).toMatchObject({ code: 'CONFLICT', currentVersion: 1 });
  });

  it('list versions and tell them apart', async () => {
    await data(saving, { rules: [{ id: 'disk-full', name: 'Disk full' }], version: 1 });
    const found = await data(`{ ruleSetVersions { version ruleCount savedBy comment }
      ruleSetDiff(from: 1, to: 2) { kind what name diff } old: ruleSet(version: 1) { rules { id } } }`);
    expect(found['ruleSetVersions']).toMatchObject([
      { version: 2, ruleCount: 1, comment: null },
      { version: 1, ruleCount: 2, comment: 'first' },
    ]);
    expect(found['ruleSetDiff']).toMatchObject([
      { kind: 'CHANGED', what: 'rule', name: 'Disk full' },
      { kind: 'REMOVED', what: 'rule', name: 'Storm' },
    ]);
    expect(JSON.stringify(found['ruleSetDiff'])).toContain('-match: labels.alertname ==');
    expect(found['old']).toEqual({ rules: [{ id: 'disk-full' }, { id: 'storm' }, { id: 'default' }] });
    const missing = await server.ask('{ ruleSet(version: 99) { version } }');
    expect(missing.errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('check an expression while it is written', async () => {
    const check = 'query ($e: String!) { checkExpression(expression: $e) { isValid message line column } }';
    expect((await data(check, { e: 'severity >= high' }))['checkExpression']).toMatchObject({ isValid: true });
    expect((await data(check, { e: 'severity >=' }))['checkExpression']).toMatchObject({
      isValid: false,
      line: 1,
      column: 12,
    });
  });

  it('preview a rule on a stored alert: why, why not, and with which key', async () => {
    const labels = { alertname: 'DiskFull', 'k8s.node.name': 'n1' };
    const alertId = await addAlert(database.pool, { integrationId, title: 'DiskFull', labels, service: 'db' });
    const preview = async (rule: object) =>
      (
        await data(
          `query ($rule: CorrelationRuleInput!, $alertId: ID!) {
             previewRule(rule: $rule, alertId: $alertId) { matches reason key values { name value } } }`,
          { rule: { name: 'x', ...rule }, alertId },
        )
      )['previewRule'];
    expect(await preview({ match: 'service == "db"', groupBy: ['environment', 'labels.k8s_node_name'] })).toMatchObject(
      {
        matches: true,
        reason: null,
        values: [
          { name: 'environment', value: 'production' },
          { name: 'labels.k8s_node_name', value: 'n1' },
        ],
      },
    );
    expect(await preview({ match: 'service == "web"' })).toMatchObject({
      matches: false,
      reason: expect.stringMatching(/false/),
      key: null,
    });
    expect(await preview({ match: 'service ==' })).toMatchObject({
      matches: false,
      reason: expect.stringMatching(/too early/),
    });
    expect(await preview({ match: 'int(title) == 1' })).toMatchObject({
      matches: false,
      reason: expect.stringMatching(/convert/),
    });
    expect(await preview({ groupBy: ['labels.rack'] })).toMatchObject({
      matches: true,
      reason: expect.stringMatching(/own/),
    });
    expect(await preview({ groupBy: ['labels.rack'], onMissingLabel: 'SKIP' })).toMatchObject({
      matches: false,
      reason: expect.stringMatching(/next rule/),
    });
  });

  it('count what each rule decided about in the last day', async () => {
    const explain = `update alert set explanation = jsonb_build_object('ruleId', $2::text) where id = $1`;
    for (const startsAt of [Date.now() - 1_000, Date.now() - 2_000, Date.now() - 2 * day]) {
      const id = await addAlert(database.pool, { integrationId, startsAt });
      await database.pool.query(explain, [id, 'disk-full']);
    }
    const { ruleSet } = await data('{ ruleSet { rules { id matchCount } } }');
    expect(ruleSet).toEqual({
      rules: [
        { id: 'disk-full', matchCount: 2 },
        { id: 'default', matchCount: 0 },
      ],
    });
  });

  it('propose what would calm the noisiest alerts, each with rules that can be saved', async () => {
    const flap = async (title: string, seconds: number, count: number) => {
      for (let n = 0; n < count; n++) {
        const startsAt = Date.now() - day - n * 3_600_000;
        const { id } = await addIncident(database.pool, {}, startsAt);
        const endsAt = startsAt + seconds * 1_000;
        await addAlert(database.pool, { integrationId, incidentId: id, title, startsAt, endsAt });
      }
    };
    await flap('Flaps', 90, 12);
    await flap('Alone', 1_800, 24);
    const { ruleProposals } = await data(
      `{ ruleProposals { id kind title reason alertCount incidentCount silenceMatch
           rules { name match holdSeconds thresholdCount thresholdSeconds } } }`,
    );
    const proposals = ruleProposals as readonly { kind: string; rules: readonly object[] | null }[];
    expect(proposals).toMatchObject([
      { kind: 'THRESHOLD', alertCount: 24, incidentCount: 24 },
      { kind: 'SILENCE', alertCount: 24, rules: null, silenceMatch: expect.stringContaining('== "Alone"') },
      { kind: 'HOLD', title: expect.stringContaining('for 2 min'), alertCount: 12, incidentCount: 12 },
    ]);
    expect(proposals[2]?.rules).toMatchObject([
      { name: 'Disk full' },
      {
        match: 'labels.alertname == "Flaps" && service == "checkout" && environment == "production"',
        holdSeconds: 120,
      },
    ]);
    const { saveRuleSet } = await data(saving, { rules: proposals[0]?.rules, version: 2 });
    expect(saveRuleSet).toMatchObject({ version: 3, rules: [{}, { thresholdCount: 3, thresholdSeconds: 600 }, {}] });
  });

  it('propose by condition where the title differs each time, and what flaps within one incident', async () => {
    const { id } = await addIncident(database.pool, {});
    for (let n = 0; n < 12; n++) {
      const startsAt = Date.now() - day - n * 600_000;
      const title = `CPU at ${90 + n} %`;
      const at = { startsAt, endsAt: startsAt + 60_000, service: 'cpu', labels: {}, title };
      await addAlert(database.pool, { integrationId, incidentId: id, ...at });
    }
    await database.pool.query(`update alert set fingerprint = 'one', is_flapping = id % 2 = 0 where service = 'cpu'`);
    const { ruleProposals } = await data('{ ruleProposals { kind title reason alertCount rules { match } } }');
    expect(ruleProposals).toContainEqual({
      kind: 'HOLD',
      title: expect.stringMatching(/^Hold “CPU at \d+ %” of cpu in production for 1 min$/),
      reason: expect.stringContaining('it flapped 6 times'),
      alertCount: 12,
      rules: expect.arrayContaining([
        { match: 'fingerprint == "one" && service == "cpu" && environment == "production"' },
      ]),
    });
  });
});
