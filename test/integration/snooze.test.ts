import type { Respond } from '@tocsin/server/respond/respond';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, startApi } from '../support/apiServer.js';
import { addIncident } from '../support/fixtures.js';
import { addPeople, addPolicy, eventsOfKind, respondOn } from '../support/onCall.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const hour = 3_600_000;

describe('snoozing and calling, over the API', () => {
  let database: TestDatabase;
  let api: ApiServer;
  let respond: Respond;
  let now: number;
  let people: ReadonlyMap<string, number>;
  beforeAll(async () => {
    database = await createTestDatabase();
    now = Date.now();
    api = await startApi(database);
    respond = respondOn(database.url, () => now);
    people = await addPeople(database.pool, 'ann', 'ben');
    const targets = [{ kind: 'person', id: people.get('ann') ?? 0 }] as const;
    await addPolicy(database.pool, 'payments', { steps: [{ targets }, { targets, delaySeconds: 300 }] });
  });
  afterAll(async () => {
    await respond.stop();
    await api.stop();
    await database.drop();
  });

  const look = async (id: number) =>
    (
      await api.ask(
        `query ($id: ID!) { incident(id: $id) { snoozedBy snoozedUntil snoozedKinds
           escalations { state policyName step stepCount round reason pages { person { handle } because state step } } } }`,
        { id: String(id) },
      )
    ).data?.['incident'];
  const snooze = (id: number, input: object) =>
    api.ask(`mutation ($id: ID!, $input: SnoozeInput!) { snoozeIncident(id: $id, input: $input) { snoozedBy } }`, {
      id: String(id),
      input,
    });
  const escalate = (id: number, input: object) =>
    api.ask(
      `mutation ($id: ID!, $input: EscalateInput!) { escalateIncident(id: $id, input: $input) { escalation { state } } }`,
      { id: String(id), input },
    );

  it('a snoozed incident calls nobody until its time, then calls again', async () => {
    const { id } = await addIncident(database.pool);
    await respond.drain();
    expect((await snooze(id, { until: new Date(now + hour).toISOString() })).errors).toEqual([]);
    await respond.drain();
    expect(await look(id)).toMatchObject({ snoozedBy: 'operator', escalations: [{ state: 'STOPPED' }] });
    now += hour - 1_000;
    await respond.drain();
    expect(await look(id)).toMatchObject({ snoozedBy: 'operator', escalations: [{ state: 'STOPPED' }] });
    now += 2_000;
    await respond.drain();
    expect(await look(id)).toMatchObject({
      snoozedBy: null,
      escalations: [{ state: 'RUNNING', step: 1, pages: [{ person: { handle: 'ann' }, state: 'OPEN' }] }, {}],
    });
  });

  it('wakes by an event that was asked for, by getting worse, and by hand', async () => {
    const asked = await addIncident(database.pool);
    const worse = await addIncident(database.pool, { severity: 'low' });
    const byHand = await addIncident(database.pool);
    await respond.drain();
    for (const { id } of [asked, worse, byHand]) await snooze(id, { kinds: ['INCIDENT_ASSIGNED'] });
    await respond.drain();
    const change = (name: string, args: string, id: number) =>
      api.ask(`mutation { ${name}(id: "${id}"${args}) { id } }`);
    expect((await change('assignIncident', ', assignee: "ann"', asked.id)).errors).toEqual([]);
    expect((await change('changeIncidentSeverity', ', severity: CRITICAL', worse.id)).errors).toEqual([]);
    expect((await change('wakeIncident', '', byHand.id)).errors).toEqual([]);
    await respond.drain();
    const woke = await eventsOfKind(database.pool, 'incident.woke');
    expect(woke.slice(-3)).toEqual(
      expect.arrayContaining([
        { because: 'event', kind: 'incident.assigned' },
        { because: 'event', kind: 'incident.severityChanged' },
        { because: 'person', kind: null },
      ]),
    );
    for (const { id } of [asked, worse, byHand]) expect(await look(id)).toMatchObject({ snoozedBy: null });
  });

  it('refuses a snooze without an end, into the past, and of what is over', async () => {
    const { id } = await addIncident(database.pool);
    expect((await snooze(id, {})).errors[0]?.message).toContain('until when');
    expect((await snooze(id, { until: '2020-01-01T00:00:00Z' })).errors[0]?.message).toContain('future');
    await api.ask(`mutation { resolveIncident(id: "${id}") { id } }`);
    expect((await snooze(id, { kinds: ['INCIDENT_ASSIGNED'] })).errors[0]?.extensions['code']).toBe(
      'INVALID_TRANSITION',
    );
  });

  it('calls a person beside what runs, stops what runs, and shows people what they have to answer', async () => {
    const { id } = await addIncident(database.pool);
    await respond.drain();
    expect((await escalate(id, { personId: String(people.get('ben')) })).errors).toEqual([]);
    expect(await look(id)).toMatchObject({
      escalations: [
        { state: 'EXHAUSTED', policyName: null, pages: [{ person: { handle: 'ben' }, because: 'called by operator' }] },
        { state: 'RUNNING', policyName: 'payments policy', stepCount: 2 },
      ],
    });
    const ben = await api.as({ handle: 'ben', role: 'responder' });
    expect((await ben('{ myPages { because incident { reference } } }')).data).toMatchObject({
      myPages: [{ because: 'called by operator', incident: { reference: `INC-${id}` } }],
    });
    expect((await escalate(id, { level: 1, personId: '1' })).errors[0]?.message).toContain('one of');
    await api.ask(`mutation { stopEscalation(id: "${id}") { id } }`);
    expect(await look(id)).toMatchObject({ escalations: [{}, { state: 'STOPPED' }] });
    expect((await ben('{ myPages { because } }')).data).toEqual({ myPages: [] });
  });

  it('tells beforehand whom a policy would call', async () => {
    const { id } = await addIncident(database.pool);
    const { data } = await api.ask(
      `query ($id: ID!) { previewPages(incidentId: $id) { step afterSeconds people { person { handle } isReachable because } } }`,
      { id: String(id) },
    );
    const ann = { person: { handle: 'ann' }, isReachable: true, because: 'named by the policy' };
    expect(data).toEqual({
      previewPages: [
        { step: 1, afterSeconds: 0, people: [ann] },
        { step: 2, afterSeconds: 300, people: [ann] },
      ],
    });
  });
});
