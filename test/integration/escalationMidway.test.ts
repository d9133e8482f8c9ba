import type { IncidentCommand } from '@tocsin/schema/domain/transition';
import { startEscalation } from '@tocsin/schema/postgres/escalationStart';
import { deletePolicy } from '@tocsin/schema/postgres/escalationPolicyWrite';
import { executeCommand } from '@tocsin/schema/postgres/incidentCommands';
import { mergeIncidents } from '@tocsin/schema/postgres/incidentMerge';
import { deleteSchedule } from '@tocsin/schema/postgres/scheduleWrite';
import { snoozeIncident } from '@tocsin/schema/postgres/snooze';
import { addTimers } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { createTimerWorker } from '@tocsin/schema/runtime/timerWorker';
import { stepJob } from '@tocsin/server/respond/escalation/step';
import type { Respond } from '@tocsin/server/respond/respond';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addIncident } from '../support/fixtures.js';
import { startWebServer } from '../support/notifyHarness.js';
import { addPeople, addPolicy, addSchedule, eventsOfKind, pagesSince, respondOn } from '../support/onCall.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

const minute = 60_000;
const start = Date.UTC(2026, 2, 2, 9);
const edit = { actor: { kind: 'person', name: 'ada' }, now: start } as const;

describe('in the middle of an escalation', () => {
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
  const oneAfterTheOther = (name: string, ...handles: readonly string[]) =>
    addPolicy(database.pool, 'payments', {
      name,
      steps: handles.map((handle, index) => ({ targets: [person(handle)], delaySeconds: index * 300 })),
    });
  const command = (id: number, what: IncidentCommand, by = 'ann') =>
    executeCommand(database.pool, id, what, { kind: 'person', name: by }, now, null);
  const call = (id: number, wanted: object) =>
    inTransaction(database.pool, (db) =>
      startEscalation(db, id, { reason: 'manual', by: { kind: 'person', name: 'ada' }, ...wanted }, now),
    );
  const pages = () => pagesSince(database.pool, start);
  const rows = async (text: string, values: readonly unknown[] = []) =>
    (await database.pool.query<Record<string, unknown>>(text, [...values])).rows;
  const states = async (table: string) =>
    (await rows(`select state from ${table} order by id`)).map(({ state }) => state);

  it('a policy that is deleted goes on as it was, and is hurried by hand', async () => {
    const policy = await oneAfterTheOther('gone', 'ann', 'ben', 'cleo');
    const { id } = await addIncident(database.pool, {}, now);
    await run(1);
    await database.pool.query('update team set escalation_policy_id = null');
    await deletePolicy(database.pool, policy, edit);
    await call(id, {});
    await run(11);
    expect(await pages()).toEqual(['0 ann 0/0', '60 ben 0/1', '660 cleo 0/2']);
    await run(10);
    expect(await states('escalation')).toEqual(['exhausted']);
  });

  it('whoever is switched off and a schedule that is deleted are passed over at once, and it says so', async () => {
    const nights = await addSchedule(database.pool, 'Nights', 'UTC', { members: [people.get('ann') ?? 0] });
    const policy = await addPolicy(database.pool, 'payments', {
      steps: [
        { targets: [person('ann')] },
        { targets: [person('ben')], delaySeconds: 300 },
        { targets: [{ kind: 'schedule', id: nights }], delaySeconds: 300 },
        { targets: [person('cleo')], delaySeconds: 900 },
      ],
    });
    await addIncident(database.pool, {}, now);
    await run(1);
    await database.pool.query(`update person set is_active = false where handle = 'ben'`);
    await database.pool.query('update team set escalation_policy_id = null');
    await deletePolicy(database.pool, policy, edit);
    await deleteSchedule(database.pool, nights, edit);
    await run(5);
    expect(await pages()).toEqual(['0 ann 0/0', '300 cleo 0/3']);
    expect((await eventsOfKind(database.pool, 'incident.unreachable')).map(({ what }) => what)).toEqual([
      'ben is switched off; nobody heard of it',
      'nobody is on call for a schedule; nobody heard of it',
    ]);
  });

  it('what is merged away, resolved, closed or snoozed calls nobody any more, and its open pages end', async () => {
    await oneAfterTheOther('p', 'ann', 'ben');
    const [merged, resolved, snoozed, into] = await Promise.all(
      ['merged', 'resolved', 'snoozed', 'into'].map((title) => addIncident(database.pool, { title }, now)),
    );
    await run(1);
    const ids = [merged, resolved, snoozed].map((each) => each?.id ?? 0);
    const actor = { kind: 'person', name: 'ada' } as const;
    await mergeIncidents(database.pool, [ids[0] ?? 0], into?.id ?? 0, actor, now);
    await command(ids[1] ?? 0, { type: 'resolve' });
    const until = now + 60 * minute;
    await snoozeIncident(database.pool, ids[2] ?? 0, { until, kinds: null }, { actor, now, expectedVersion: null });
    // The log was not read since: a step that is due at that moment asks nobody either.
    now += 5 * minute;
    const clock = () => now;
    const batchJobs = new Map([['escalation.step', stepJob({ pool: database.pool, now: clock })]] as const);
    const failures: unknown[] = [];
    const onError = (error: unknown) => void failures.push(error);
    const worker = createTimerWorker({ pool: database.pool, now: clock, jobs: new Map(), batchJobs, onError });
    expect(await worker.runDue()).toBe(4);
    expect(failures).toEqual([]);
    await run(30);
    const called = await rows(
      `select i.title, p.handle from page g join incident i on i.id = g.incident_id join person p on p.id = g.person_id
        where g.step > 0 order by 1`,
    );
    expect(called).toEqual([{ title: 'into', handle: 'ben' }]);
    expect(await rows(`select state from page where incident_id = any($1)`, [ids])).toEqual([
      { state: 'ended' },
      { state: 'ended' },
      { state: 'ended' },
    ]);
    await run(30);
    expect(await rows(`select reason, state from escalation where incident_id = $1 order by id`, [ids[2]])).toEqual([
      { reason: 'opened', state: 'stopped' },
      { reason: 'reopened', state: 'running' },
    ]);
  });

  it('who is called by hand to what somebody has already answers too, and is called no more', async () => {
    await oneAfterTheOther('p', 'ann', 'ben', 'cleo');
    const { id } = await addIncident(database.pool, {}, now);
    await run(1);
    await command(id, { type: 'acknowledge' }, 'ann');
    await run(1);
    await call(id, { level: 2 });
    await run(1);
    await command(id, { type: 'acknowledge' }, 'ben');
    expect(await states('escalation')).toEqual(['acknowledged', 'acknowledged']);
    await run(30);
    expect(await pages()).toEqual(['0 ann 0/0', '120 ben 0/1']);
    expect(await states('page')).toEqual(['acknowledged', 'acknowledged']);
  });

  it('nobody is called by hand for what is over', async () => {
    await oneAfterTheOther('p', 'ann');
    const { id } = await addIncident(database.pool, {}, now);
    await run(1);
    await command(id, { type: 'resolve' });
    await run(1);
    await expect(call(id, { personIds: [people.get('ben')] })).rejects.toThrow('nobody is called for what is over');
    await expect(call(id, {})).rejects.toThrow('nobody is called for what is over');
    expect(await pages()).toEqual(['0 ann 0/0']);
  });

  it('an acknowledgement takes back what a channel was still to hear', async () => {
    const web = await startWebServer();
    try {
      const channelOf = async (path: string) =>
        (
          await rows(
            `insert into notification_channel (name, name_key, kind, settings, may_reach_private) values ($1, $1, 'webhook', $2, true) returning id`,
            [path, { url: `${web.url}/${path}` }],
          )
        )[0]?.['id'];
      const ids = [Number(await channelOf('busy')), Number(await channelOf('died'))];
      for (const path of ['/busy', '/died']) web.answers.set(path, { status: 503 });
      await addPolicy(database.pool, 'payments', {
        steps: [{ targets: [...ids.map((id) => ({ kind: 'channel', id }) as const), person('ann')] }],
      });
      const { id } = await addIncident(database.pool, {}, now);
      await respond.drain();
      expect(web.requests.map(({ path }) => path).toSorted()).toEqual(['/busy', '/died']);
      // One waits to be tried again; of the other the process died while it sent.
      await database.pool.query(`update notification set state = 'sending' where channel_id = $1`, [ids[1]]);
      await command(id, { type: 'acknowledge' });
      await respond.drain();
      web.answers.clear();
      const [died] = await rows('select id from notification where channel_id = $1', [ids[1]]);
      await addTimers(database.pool, [{ kind: 'notification.send', key: String(died?.['id']), dueAt: now }]);
      await run(5);
      expect(web.requests).toHaveLength(2);
      expect(
        await rows('select state, reason from notification where channel_id is not null order by channel_id'),
      ).toEqual([
        { state: 'cancelled', reason: 'acknowledged before it was sent' },
        { state: 'cancelled', reason: 'acknowledged before it was due' },
      ]);
    } finally {
      await web.stop();
    }
  });

  it('steps with a condition look at the severity of that moment', async () => {
    await addPolicy(database.pool, 'payments', {
      steps: [
        { targets: [person('ann')] },
        { targets: [person('ben')], delaySeconds: 300, condition: 'severity >= critical' },
        { targets: [person('cleo')], delaySeconds: 300 },
      ],
    });
    const [high, worse] = [await addIncident(database.pool, {}, now), await addIncident(database.pool, {}, now)];
    await run(1);
    await command(worse?.id ?? 0, { type: 'changeSeverity', severity: 'critical' });
    await run(6);
    const called = await rows(
      'select incident_id as id, handle from page g join person p on p.id = g.person_id where step > 0 order by g.id',
    );
    expect(
      called.map(({ id, handle }) => `${id === high?.id ? 'high' : 'worse'} ${String(handle)}`).toSorted(),
    ).toEqual(['high cleo', 'worse ben']);
  });

  it('round-robin steps are fair though two processes take them at once', async () => {
    const handles = ['ann', 'ben', 'cleo'];
    await addPolicy(database.pool, 'payments', { steps: [{ mode: 'roundRobin', targets: handles.map(person) }] });
    const other = respondOn(database.url, () => now);
    try {
      for (let round = 0; round < 5; round++) {
        for (let n = 0; n < 6; n++) await addIncident(database.pool, { title: `n${round}.${n}` }, now);
        await Promise.all([respond.drain(), other.drain()]);
      }
    } finally {
      await other.stop();
    }
    const taken = await rows(
      'select handle, count(*)::int as n from page g join person p on p.id = g.person_id group by 1 order by 1',
    );
    expect(taken).toEqual(handles.map((handle) => ({ handle, n: 10 })));
  });
});
