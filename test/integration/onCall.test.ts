import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OnCallApi, startOnCallApi, weekly } from '../support/onCallApi.js';

const dayMs = 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString();

describe('teams and who is on call', () => {
  let api: OnCallApi;
  beforeAll(async () => {
    api = await startOnCallApi();
  });
  afterEach(() => api.clear());
  afterAll(() => api.stop());

  it('keeps a team with its members and their roles, by a name that is not told from its upper-case form', async () => {
    const made = await api.saveTeam({ name: 'Payments', members: [{ personId: api.ada, role: 'MANAGER' }] });
    expect(made).toMatchObject({
      name: 'Payments',
      version: 1,
      members: [{ person: { handle: 'ada' }, role: 'MANAGER' }],
    });
    // Members that are left out stay.
    expect(await api.saveTeam({ name: 'PAYMENTS', description: 'Money in' }, 1)).toMatchObject({
      id: made.id,
      name: 'Payments',
      version: 2,
      members: [{ person: { handle: 'ada' } }],
    });
    expect(await api.saveTeam({ name: 'x', chatUrl: 'javascript:alert(1)' })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await api.saveTeam({ name: 'x', members: [{ personId: '999999', role: 'VIEWER' }] })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'input.members',
    });
  });

  it('lets one of two who save at once through, whatever they save', async () => {
    await api.saveTeam({ name: 'Payments' });
    const schedule = await api.saveSchedule({ layers: [weekly([api.ada])] });
    const policy = await api.savePolicy({});
    for (const twice of [
      () => api.saveTeam({ name: 'Payments', description: 'again' }, 1),
      () => api.saveSchedule({ id: schedule.id, layers: [weekly([api.bob])] }, 1),
      () => api.savePolicy({ id: policy.id, repeatCount: 5 }, 1),
    ]) {
      const answers = (await Promise.all([twice(), twice()])) as readonly object[];
      expect(answers).toContainEqual(expect.objectContaining({ version: 2 }));
      expect(answers).toContainEqual(expect.objectContaining({ code: 'CONFLICT', currentVersion: 2 }));
    }
  });

  it('tells who is on call, the shifts of a stretch and the gaps of the next month', async () => {
    await api.saveTeam({ name: 'Payments' });
    const { id } = await api.saveSchedule({
      team: 'payments',
      layers: [
        weekly([api.ada], { restrictions: [{ weekdays: [1, 2, 3, 4, 5], from: '00:00', until: '00:00' }] }),
        weekly([api.bob], { name: 'Weekend', restrictions: [{ weekdays: [6], from: '00:00', until: '00:00' }] }),
      ],
    });
    const query = `query ($id: ID!, $from: DateTime!, $to: DateTime!) { done: schedule(id: $id) {
      team { name } onCallNow { handle } gaps { startsAt endsAt }
      layers { name startsOn handoffTime turnUnit members { handle } restrictions { weekdays from until } }
      shifts(from: $from, to: $to) { startsAt endsAt layer person { handle } schedule { name } } } }`;
    const from = '2026-03-27T23:00:00Z';
    const seen = await api.run<{ shifts: readonly object[]; gaps: readonly { startsAt: string }[] }>(query, {
      id,
      from,
      to: '2026-03-30T12:00:00Z',
    });
    expect(seen).toMatchObject({
      team: { name: 'Payments' },
      layers: [{ members: [{ handle: 'ada' }] }, { name: 'Weekend' }],
    });
    // The Sunday of the change has 23 hours.
    expect(seen.shifts).toEqual([
      {
        startsAt: '2026-03-27T23:00:00.000Z',
        endsAt: '2026-03-28T23:00:00.000Z',
        layer: 'Weekend',
        person: { handle: 'bob' },
        schedule: { name: 'Checkout' },
      },
      {
        startsAt: '2026-03-28T23:00:00.000Z',
        endsAt: '2026-03-29T22:00:00.000Z',
        layer: null,
        person: null,
        schedule: { name: 'Checkout' },
      },
      {
        startsAt: '2026-03-29T22:00:00.000Z',
        endsAt: '2026-03-30T12:00:00.000Z',
        layer: 'Primary',
        person: { handle: 'ada' },
        schedule: { name: 'Checkout' },
      },
    ]);
    // Every Sunday of the next thirty days.
    expect([4, 5]).toContain(seen.gaps.length);
    expect(await api.run(query, { id, from, to: '2027-05-01T00:00:00Z' })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'to',
    });
  });

  it('puts an override above the layers, and skips who is switched off', async () => {
    const { id } = await api.saveSchedule({ layers: [weekly([api.ada])] });
    const now = Date.now();
    const onCall = () => api.run(`query ($id: ID!) { done: schedule(id: $id) { onCallNow { handle } } }`, { id });
    expect(await onCall()).toEqual({ onCallNow: { handle: 'ada' } });
    const override = await api.run<{ id: string }>(
      'mutation ($input: OverrideInput!) { done: createOverride(input: $input) { id createdBy reason person { handle } } }',
      {
        input: {
          scheduleId: id,
          personId: api.bob,
          startsAt: iso(now - 60_000),
          endsAt: iso(now + dayMs),
          reason: 'Dentist',
        },
      },
    );
    expect(override).toMatchObject({ reason: 'Dentist', person: { handle: 'bob' } });
    expect(await onCall()).toEqual({ onCallNow: { handle: 'bob' } });
    await api.database.pool.query('update person set is_active = false where id = $1', [api.bob]);
    expect(await onCall()).toEqual({ onCallNow: { handle: 'ada' } });
    await api.database.pool.query('update person set is_active = false where id = $1', [api.ada]);
    expect(await onCall()).toEqual({ onCallNow: null });
    expect(await api.run('mutation ($id: ID!) { done: deleteOverride(id: $id) }', { id: override.id })).toBe(true);
    expect(
      await api.run('mutation ($input: OverrideInput!) { done: createOverride(input: $input) { id } }', {
        input: { scheduleId: id, personId: api.bob, startsAt: iso(now), endsAt: iso(now) },
      }),
    ).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('shows a draft before it is saved, and refuses one that makes no sense by its field', async () => {
    const preview = (input: object) =>
      api.run<readonly object[]>(
        `query ($input: ScheduleInput!) { done: previewSchedule(input: $input, from: "2026-01-05T00:00:00Z", to: "2026-01-13T00:00:00Z") { startsAt person { handle } } }`,
        { input: { name: 'Draft', timeZone: 'UTC', layers: [], ...input } },
      );
    expect(await preview({ layers: [weekly([api.ada, api.bob])] })).toEqual([
      { startsAt: '2026-01-05T00:00:00.000Z', person: null },
      { startsAt: '2026-01-05T09:00:00.000Z', person: { handle: 'ada' } },
      { startsAt: '2026-01-12T09:00:00.000Z', person: { handle: 'bob' } },
    ]);
    for (const [input, field] of [
      [{ timeZone: '+02:00' }, 'timeZone'],
      [{ layers: [weekly([api.ada], { startsOn: '2026-02-30' })] }, 'layers[0].startsOn'],
      [{ layers: [weekly([api.ada], { endsOn: '2025-01-01' })] }, 'layers[0].endsOn'],
      [{ layers: [weekly([api.ada], { handoffTime: '24:00' })] }, 'input.layers[0].handoffTime'],
      [{ layers: [weekly([api.ada], { turnLength: 0 })] }, 'layers[0].turnLength'],
      [
        { layers: [weekly([api.ada], { restrictions: [{ weekdays: [8], from: '00:00', until: '00:00' }] })] },
        'layers[0].restrictions',
      ],
    ] as const) {
      expect(await preview(input)).toMatchObject({ code: 'INVALID_INPUT', field });
    }
  });

  it('previews a year of hours, and refuses a draft or a stretch with more shifts than an answer takes', async () => {
    const hourly = (handoffTime: string) => weekly([api.ada, api.bob], { handoffTime, turnUnit: 'HOUR' });
    const preview = (layers: readonly object[], to: string) =>
      api.run<readonly object[]>(
        `query ($input: ScheduleInput!, $to: DateTime!) { done: previewSchedule(input: $input, from: "2026-02-01T00:00:00Z", to: $to) { startsAt } }`,
        { input: { name: 'Draft', timeZone: 'UTC', layers }, to },
      );
    expect(await preview([hourly('09:00')], '2027-02-01T00:00:00Z')).toHaveLength(365 * 24);
    // The upper layer has the middle of twenty hours of each day.
    const restrictions = Array.from({ length: 20 }, (_, n) => ({
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      from: `${String(n).padStart(2, '0')}:20`,
      until: `${String(n).padStart(2, '0')}:40`,
    }));
    const many = [hourly('09:00'), { ...hourly('09:00'), name: 'Upper', restrictions }];
    expect(await preview(many, '2026-03-01T00:00:00Z')).toHaveLength(28 * 64);
    expect(await preview(many, '2027-02-01T00:00:00Z')).toMatchObject({ code: 'INVALID_INPUT', field: 'to' });
    const busiest = Array.from({ length: 20 }, (_, n) => ({ ...hourly('09:00'), name: `Layer ${n}`, restrictions }));
    expect(await preview(busiest, '2026-03-01T00:00:00Z')).toMatchObject({ code: 'INVALID_INPUT', field: 'layers' });
    expect(await api.saveSchedule({ layers: busiest })).toMatchObject({ code: 'INVALID_INPUT', field: 'layers' });
  });
});
