import type { IncidentCommand } from '@tocsin/schema/domain/transition';
import { startEscalation } from '@tocsin/schema/postgres/escalationStart';
import { executeCommand } from '@tocsin/schema/postgres/incidentCommands';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { Respond } from '@tocsin/server/respond/respond';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addIncident } from '../support/fixtures.js';
import { addPeople, addPolicy, addSchedule, eventsOfKind, pagesSince, respondOn } from '../support/onCall.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const minute = 60_000;
const start = Date.UTC(2026, 2, 2, 9);

describe('an escalation, on a clock that the test moves', () => {
  let database: TestDatabase;
  let respond: Respond;
  let now: number;
  let people: ReadonlyMap<string, number>;
  beforeEach(async () => {
    database = await createTestDatabase();
    now = start;
    respond = respondOn(database.url, () => now);
    people = await addPeople(database.pool, 'ann', 'ben', 'cleo');
  });
  afterEach(async () => {
    await respond.stop();
    await database.drop();
  });

  const person = (handle: string) => ({ kind: 'person', id: people.get(handle) ?? 0 }) as const;
  const run = async (minutes: number): Promise<void> => {
    await respond.drain();
    for (let passed = 0; passed < minutes; passed++) {
      now += minute;
      await respond.drain();
    }
  };
  const command = (id: number, what: IncidentCommand, by = 'ann') =>
    executeCommand(database.pool, id, what, { kind: 'person', name: by }, now, null);
  const pages = () => pagesSince(database.pool, start);
  const states = async (table: 'page' | 'escalation' | 'notification') =>
    (await database.pool.query<{ state: string }>(`select state from ${table} order by id`)).rows.map(
      (row) => row.state,
    );
  const timers = async (kind: string) =>
    (await database.pool.query('select 1 from timer where kind = $1', [kind])).rowCount;
  const twoSteps = { steps: [{ targets: [person] }, { targets: [person], delaySeconds: 300 }] };
  const policyOfTwo = (more: Partial<Parameters<typeof addPolicy>[2]> = {}) =>
    addPolicy(database.pool, 'payments', {
      ...more,
      steps: twoSteps.steps.map((step, index) => ({ ...step, targets: [person(index === 0 ? 'ann' : 'ben')] })),
    });

  it('asks one after the other until its rounds are over, and says that nobody answered', async () => {
    await policyOfTwo({ repeatCount: 1 });
    await addIncident(database.pool, {}, now);
    await run(30);
    expect(await pages()).toEqual(['0 ann 0/0', '300 ben 0/1', '600 ann 1/0', '900 ben 1/1']);
    expect(await states('escalation')).toEqual(['exhausted']);
    expect(await eventsOfKind(database.pool, 'incident.escalationEnded')).toMatchObject([{ state: 'exhausted' }]);
    expect((await eventsOfKind(database.pool, 'incident.escalated')).map(({ reason }) => reason)).toEqual([
      'opened',
      'timeout',
      'timeout',
      'timeout',
    ]);
    expect(await timers('escalation.step')).toBe(0);
  });

  it('is stopped by an acknowledgement: whoever gave it answered, the others need not', async () => {
    await policyOfTwo();
    const { id } = await addIncident(database.pool, {}, now);
    await run(6);
    await command(id, { type: 'acknowledge' }, 'ben');
    await run(30);
    expect(await pages()).toEqual(['0 ann 0/0', '300 ben 0/1']);
    expect(await states('page')).toEqual(['ended', 'acknowledged']);
    expect(await states('escalation')).toEqual(['acknowledged']);
    expect(await timers('escalation.step')).toBe(0);
  });

  it('is answered even after it ran out of people', async () => {
    await policyOfTwo();
    const { id } = await addIncident(database.pool, {}, now);
    await run(30);
    expect(await states('escalation')).toEqual(['exhausted']);
    await command(id, { type: 'acknowledge' });
    await run(1);
    expect(await states('escalation')).toEqual(['acknowledged']);
    expect(await states('page')).toEqual(['acknowledged', 'ended']);
  });

  it('ends with its incident, and begins anew where alerts fire again, though it had been acknowledged', async () => {
    await policyOfTwo();
    const { id } = await addIncident(database.pool, {}, now);
    await run(1);
    await command(id, { type: 'acknowledge' });
    await command(id, { type: 'resolve' });
    await run(1);
    expect(await states('escalation')).toEqual(['acknowledged']);
    const explanation = { outcome: 'joined', reason: 'x', evidence: [] } as never;
    await executeCommand(
      database.pool,
      id,
      { type: 'fireAgain', explanation },
      { kind: 'system', name: 'tocsin' },
      now,
      null,
    );
    await run(2);
    expect(await states('escalation')).toEqual(['acknowledged', 'running']);
    expect(await pages()).toEqual(['0 ann 0/0', '120 ann 0/0']);
  });

  it('takes an acknowledgement back after which nobody did anything, and leaves one that is worked on', async () => {
    await policyOfTwo({ unacknowledgeSeconds: 1_800 });
    const idle = await addIncident(database.pool, { title: 'idle' }, now);
    const busy = await addIncident(database.pool, { title: 'busy' }, now);
    await run(1);
    for (const { id } of [idle, busy]) await command(id, { type: 'acknowledge' });
    await run(20);
    await command(busy.id, { type: 'assign', assignee: 'ann' });
    await run(11);
    const { rows } = await database.pool.query('select title, phase from incident order by id');
    expect(rows).toEqual([
      { title: 'idle', phase: 'detected' },
      { title: 'busy', phase: 'acknowledged' },
    ]);
    expect(await eventsOfKind(database.pool, 'incident.unacknowledged')).toEqual([
      { reason: 'nobody did anything for 30 minutes' },
    ]);
    expect(await pages()).toEqual(['0 ann 0/0', '0 ann 0/0', '1860 ann 0/0']);
    await run(20);
    expect(await eventsOfKind(database.pool, 'incident.unacknowledged')).toHaveLength(2);
  });

  it('wakes nobody for what only records, until a person calls somebody', async () => {
    await policyOfTwo({ pageWhen: 'severity >= high' });
    const low = await addIncident(database.pool, { severity: 'low' }, now);
    const record = await addIncident(database.pool, {}, now);
    await database.pool.query(`update incident set notify = 'record' where id = $1`, [record.id]);
    await run(10);
    expect(await pages()).toEqual([]);
    // Worse than it was: now it is worth waking somebody.
    await command(low.id, { type: 'changeSeverity', severity: 'critical' });
    await run(1);
    expect(await pages()).toEqual(['600 ann 0/0']);
    const by = { kind: 'person', name: 'cleo' } as const;
    const personIds = [people.get('ben') ?? 0];
    await inTransaction(database.pool, (db) =>
      startEscalation(db, record.id, { reason: 'manual', personIds, by }, now),
    );
    expect(await pages()).toEqual(['600 ann 0/0', '660 ben 0/0']);
    expect((await eventsOfKind(database.pool, 'incident.escalated')).at(-1)).toMatchObject({
      reason: 'manual',
      people: [{ handle: 'ben', because: 'called by cleo' }],
    });
  });

  it('is hurried by hand to its next step, to a level, and to another policy', async () => {
    await policyOfTwo({ repeatCount: 1 });
    const other = await addPolicy(database.pool, 'others', { steps: [{ targets: [person('cleo')] }] });
    const { id } = await addIncident(database.pool, {}, now);
    await run(1);
    const by = { kind: 'person', name: 'ann' } as const;
    const escalate = async (wanted: object): Promise<void> => {
      await inTransaction(database.pool, (db) => startEscalation(db, id, { reason: 'manual', by, ...wanted }, now));
      await run(1);
    };
    await escalate({});
    await escalate({ level: 1 });
    await escalate({ policyId: other });
    expect(await pages()).toEqual(['0 ann 0/0', '60 ben 0/1', '120 ann 1/0', '180 cleo 0/0']);
    expect(await states('escalation')).toEqual(['stopped', 'running']);
    await expect(escalate({ level: 7 })).rejects.toThrow('has 1 steps');
  });

  it('passes steps over whose condition does not hold at their time, and says loudly who could not be reached', async () => {
    const empty = await addSchedule(database.pool, 'Nights', 'Europe/Berlin');
    await database.pool.query(`update person set email = null, email_key = null where handle = 'ann'`);
    await addPolicy(database.pool, 'payments', {
      steps: [
        { targets: [person('cleo')], condition: 'hour >= 18 || hour < 8' },
        { targets: [{ kind: 'schedule', id: empty }], delaySeconds: 60 },
        { targets: [person('ann')], delaySeconds: 600 },
        { targets: [person('ben')], delaySeconds: 900 },
      ],
    });
    await addIncident(database.pool, {}, now);
    await run(2);
    // The gap and ann, whom nothing reaches, cost no time.
    expect(await pages()).toEqual(['60 ann 0/2', '60 ben 0/3']);
    expect((await eventsOfKind(database.pool, 'incident.unreachable')).map(({ what }) => what)).toEqual([
      'nobody is on call for Nights; nobody heard of it',
      'ann has no contact that a message could go to; nobody heard of it',
    ]);
  });

  it('gives round-robin steps to the next in turn, whoever opened at the same time', async () => {
    await addPolicy(database.pool, 'payments', {
      steps: [{ mode: 'roundRobin', targets: [person('ann'), person('ben'), person('cleo')] }],
    });
    for (let n = 0; n < 5; n++) await addIncident(database.pool, { title: `n${n}` }, now);
    await run(0);
    expect((await pages()).toSorted()).toEqual(['0 ann 0/0', '0 ann 0/0', '0 ben 0/0', '0 ben 0/0', '0 cleo 0/0']);
  });

  it('does not ask everybody at once after an outage', async () => {
    await policyOfTwo();
    await addIncident(database.pool, {}, now);
    now += 8 * 60 * minute;
    await respond.drain();
    expect(await pages()).toEqual(['0 ann 0/0']);
    await run(5);
    expect(await pages()).toEqual(['0 ann 0/0', `${8 * 3_600 + 300} ben 0/1`]);
  });
});
