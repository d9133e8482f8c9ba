import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addIncident } from '../support/fixtures.js';
import { type OnCallApi, startOnCallApi, weekly } from '../support/onCallApi.js';

describe('policies and who owns what', () => {
  let api: OnCallApi;
  beforeAll(async () => {
    api = await startOnCallApi();
  });
  afterEach(() => api.clear());
  afterAll(() => api.stop());

  it('keeps policies with their steps, and refuses one that wakes nobody or does not compile', async () => {
    await api.saveTeam({ name: 'Payments' });
    const schedule = await api.saveSchedule({ layers: [weekly([api.ada])] });
    const policy = await api.savePolicy({
      team: 'Payments',
      repeatCount: 3,
      unacknowledgeSeconds: 1_800,
      pageWhen: 'severity >= high',
      steps: [
        { delaySeconds: 0, targets: [{ scheduleId: schedule.id }] },
        {
          delaySeconds: 600,
          mode: 'ROUND_ROBIN',
          condition: 'severity == "critical"',
          targets: [{ personId: api.bob }, { personId: api.ada }],
        },
      ],
    });
    const read = `query ($id: ID!) { done: escalationPolicy(id: $id) { team { name } repeatCount unacknowledgeSeconds pageWhen
      steps { delaySeconds mode condition targets { person { handle } schedule { name } team { name } } } usedBy } }`;
    expect(await api.run(read, { id: policy.id })).toEqual({
      team: { name: 'Payments' },
      repeatCount: 3,
      unacknowledgeSeconds: 1_800,
      pageWhen: 'severity >= high',
      steps: [
        {
          delaySeconds: 0,
          mode: 'ALL',
          condition: null,
          targets: [{ person: null, schedule: { name: 'Checkout' }, team: null }],
        },
        {
          delaySeconds: 600,
          mode: 'ROUND_ROBIN',
          condition: 'severity == "critical"',
          targets: [
            { person: { handle: 'bob' }, schedule: null, team: null },
            { person: { handle: 'ada' }, schedule: null, team: null },
          ],
        },
      ],
      usedBy: [],
    });
    for (const [input, code, field] of [
      [{ steps: [] }, 'INVALID_INPUT', 'input.steps'],
      [{ steps: [{ delaySeconds: 0, targets: [] }] }, 'INVALID_INPUT', 'input.steps[0].targets'],
      [
        { steps: [{ delaySeconds: 0, targets: [{ personId: api.ada, scheduleId: schedule.id }] }] },
        'INVALID_INPUT',
        'input.steps[0].targets',
      ],
      [{ steps: [{ delaySeconds: 0, targets: [{ scheduleId: '999999' }] }] }, 'INVALID_INPUT', 'input.steps'],
      [{ pageWhen: 'severity >' }, 'EXPRESSION_INVALID', 'input.pageWhen'],
    ] as const) {
      expect(await api.savePolicy({ name: 'Other', ...input })).toMatchObject({ code, field });
    }
  });

  it('deletes nothing that is in use, and names the users', async () => {
    await api.saveTeam({ name: 'Payments' });
    const schedule = await api.saveSchedule({ team: 'Payments', layers: [weekly([api.ada])] });
    const policy = await api.savePolicy({ steps: [{ delaySeconds: 0, targets: [{ scheduleId: schedule.id }] }] });
    await api.saveTeam({ name: 'Payments', escalationPolicyId: policy.id }, 1);
    await api.run('mutation { done: saveService(input: { name: "checkout", team: "PAYMENTS" }) { name } }');
    const remove = {
      team: () => api.run('mutation { done: deleteTeam(name: "payments") }'),
      schedule: () => api.run('mutation ($id: ID!) { done: deleteSchedule(id: $id) }', { id: schedule.id }),
      policy: () => api.run('mutation ($id: ID!) { done: deleteEscalationPolicy(id: $id) }', { id: policy.id }),
    };
    expect(await remove.team()).toEqual({ code: 'IN_USE', usedBy: ['service checkout', 'schedule Checkout'] });
    expect(await remove.schedule()).toEqual({ code: 'IN_USE', usedBy: ['escalation policy Checkout'] });
    expect(await remove.policy()).toEqual({ code: 'IN_USE', usedBy: ['team Payments'] });
    await api.saveTeam({ name: 'Payments' });
    expect(await remove.policy()).toBe(true);
    expect(await remove.schedule()).toBe(true);
    await api.run('mutation { done: deleteService(name: "checkout") }');
    expect(await remove.team()).toBe(true);
    expect(await remove.team()).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('answers who owns an incident and by which policy, and shows what nobody owns', async () => {
    const [byTeam, byService] = [
      await api.savePolicy({ name: 'Of the team' }),
      await api.savePolicy({ name: 'Of the service' }),
    ];
    await api.saveTeam({ name: 'Payments', escalationPolicyId: byTeam.id });
    await api.saveTeam({ name: 'Web' });
    const service = (input: object) =>
      api.run(
        'mutation ($input: ServiceInput!) { done: saveService(input: $input) { owner { state because policy { name } policyBecause } } }',
        { input },
      );
    expect(await service({ name: 'cart', team: 'payments' })).toEqual({
      owner: { state: 'OWNED', because: 'service', policy: { name: 'Of the team' }, policyBecause: 'team' },
    });
    expect(await service({ name: 'pay', team: 'Payments', escalationPolicyId: byService.id })).toMatchObject({
      owner: { policy: { name: 'Of the service' }, policyBecause: 'service' },
    });
    expect(await service({ name: 'pay', escalationPolicyId: '999999' })).toMatchObject({ code: 'INVALID_INPUT' });
    await service({ name: 'orphan' });

    const ownerOf = async (team: string | null, services: readonly string[]) => {
      const { id } = await addIncident(api.database.pool, { team, services: [...services] });
      const found = await api.run<{ owner: object }>(
        'query ($n: Int!) { done: incident(number: $n) { owner { state team { name } teamName because policy { name } policyBecause } } }',
        { n: id },
      );
      return found.owner;
    };
    const policyOf = (name: string) => ({ name });
    expect(await ownerOf('payments', ['cart'])).toEqual({
      state: 'OWNED',
      team: { name: 'Payments' },
      teamName: null,
      because: 'service',
      policy: policyOf('Of the team'),
      policyBecause: 'team',
    });
    expect(await ownerOf('web', ['pay'])).toEqual({
      state: 'OWNED',
      team: { name: 'Web' },
      teamName: null,
      because: 'person',
      policy: policyOf('Of the service'),
      policyBecause: 'service',
    });
    // The service has found its team since the incident opened without one.
    expect(await ownerOf(null, ['cart'])).toMatchObject({
      state: 'OWNED',
      team: { name: 'Payments' },
      because: 'service',
    });
    expect(await ownerOf('ghosts', ['orphan'])).toMatchObject({
      state: 'UNKNOWN_TEAM',
      team: null,
      teamName: 'ghosts',
      policy: null,
    });
    expect(await ownerOf(null, ['orphan'])).toEqual({
      state: 'UNOWNED',
      team: null,
      teamName: null,
      because: null,
      policy: null,
      policyBecause: null,
    });
    expect(
      await api.run('{ done: unowned { services { name } teams openIncidents teamsWithoutPolicy { name } } }'),
    ).toEqual({
      services: [{ name: 'orphan' }],
      teams: ['ghosts'],
      openIncidents: 3,
      teamsWithoutPolicy: [{ name: 'Web' }],
    });
  });

  it('records every edit of the configuration with what was and what is', async () => {
    // Asked of the table: the log's readers wait for transactions that other tests have running on the same server.
    const { rows: past } = await api.database.pool.query('select from event');
    await api.saveTeam({ name: 'Audited' });
    const schedule = await api.saveSchedule({ name: 'Audited', layers: [weekly([api.ada])] });
    await api.saveSchedule({ id: schedule.id, name: 'Audited', layers: [weekly([api.bob])] }, 1);
    await api.run('mutation ($id: ID!) { done: deleteSchedule(id: $id) }', { id: schedule.id });
    const { rows: events } = await api.database.pool.query<{ kind: string; data: Record<string, unknown> }>(
      'select kind, data from event order by position offset $1',
      [past.length],
    );
    expect(events.map(({ kind, data }) => [kind, data['topic'], data['action']])).toEqual([
      ['configuration.changed', 'team', 'created'],
      ['configuration.changed', 'schedule', 'created'],
      ['configuration.changed', 'schedule', 'changed'],
      ['configuration.changed', 'schedule', 'removed'],
    ]);
    expect(events[2]?.data).toMatchObject({
      before: { layers: [{ members: [Number(api.ada)] }] },
      after: { layers: [{ members: [Number(api.bob)] }] },
    });
  });

  it('takes the policy of the rule that opened an incident before any other, by its name', async () => {
    const ofRule = await api.savePolicy({ name: 'Of the rule' });
    const ofTeam = await api.savePolicy({ name: 'Of the team' });
    await api.saveTeam({ name: 'Payments', escalationPolicyId: ofTeam.id });
    const rule = { name: 'Checkout', match: 'service == "cart"', team: 'Payments', escalationPolicy: 'of the RULE' };
    const save = (policy: string, expectedVersion: number) =>
      api.run<{ version: number; rules: readonly { id: string }[] }>(
        `mutation ($rules: [CorrelationRuleInput!]!, $v: Int!) {
           done: saveRuleSet(rules: $rules, expectedVersion: $v) { version rules { id escalationPolicy } } }`,
        { rules: [{ ...rule, escalationPolicy: policy }], v: expectedVersion },
      );
    expect(await save('Nobody knows it', 0)).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'rules[0].escalationPolicy',
    });
    const saved = await save(rule.escalationPolicy, 0);
    const { id } = await addIncident(api.database.pool, { team: 'payments', services: ['cart'] });
    await api.database.pool.query('update incident set rule_id = $2, rule_version = $3 where id = $1', [
      id,
      saved.rules[0]?.id,
      saved.version,
    ]);
    expect(
      await api.run(
        'query ($n: Int!) { done: incident(number: $n) { owner { because policy { name } policyBecause } } }',
        {
          n: id,
        },
      ),
    ).toEqual({ owner: { because: 'rule', policy: { name: 'Of the rule' }, policyBecause: 'rule' } });
    expect(await api.run('mutation ($id: ID!) { done: deleteEscalationPolicy(id: $id) }', { id: ofRule.id })).toEqual({
      code: 'IN_USE',
      usedBy: ['rule Checkout'],
    });
  });
});
