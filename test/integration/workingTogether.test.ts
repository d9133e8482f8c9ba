import { startOfLog } from '@tocsin/schema/domain/event';
import { attachMatchingRunbooks } from '@tocsin/schema/postgres/incidentRunbook';
import { readLog } from '@tocsin/schema/postgres/log';
import { workHandler } from '@tocsin/server/respond/work/handler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, type Ask, startApi } from '../support/apiServer.js';
import { addIncident } from '../support/fixtures.js';
import { settled } from '../support/settled.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

describe('working together', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let other: ApiServer;
  let ada: Ask;
  let bob: Ask;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database);
    other = await startApi(database);
    ada = await server.as({ handle: 'ada', name: 'Ada', role: 'responder' });
    bob = await other.as({ handle: 'bob', name: 'Bob', role: 'responder' });
  });
  afterAll(async () => {
    await Promise.all([server.stop(), other.stop()]);
    await database.drop();
  });

  async function run<T = Record<string, unknown>>(
    ask: Ask,
    query: string,
    variables: Readonly<Record<string, unknown>> = {},
  ): Promise<T> {
    const { data, errors } = await ask(query, variables);
    // each test states the shape that it reads: a wrong one fails its assertion
    return (errors[0]?.extensions ?? data?.['done']) as T;
  }
  const incident = async (report: object = {}) => String((await addIncident(database.pool, report)).id);
  const personId = async (handle: string) =>
    String(
      (await database.pool.query<{ id: number }>('select id from person where handle = $1', [handle])).rows[0]?.id,
    );
  const kinds = async (id: string) => {
    await settled(database.pool);
    const events = await readLog(database.pool, startOfLog, 10_000);
    return events.filter(({ incidentId }) => String(incidentId) === id).map(({ kind }) => kind);
  };
  const addNote = (ask: Ask, id: string, text: string) =>
    run(ask, 'mutation ($id: ID!, $text: String!) { done: addIncidentNote(id: $id, text: $text) { id } }', {
      id,
      text,
    });
  const notes = async (id: string) =>
    run<{ notes: { id: string; version: number; text: string | null; author: string; isPinned: boolean }[] }>(
      ada,
      'query ($id: ID!) { done: incident(id: $id) { notes { id version text author isPinned mentions { handle } } } }',
      { id },
    );
  const edit = (ask: Ask, id: string, text: string, expectedVersion: number) =>
    run(
      ask,
      'mutation ($id: ID!, $text: String!, $v: Int!) { done: editNote(id: $id, text: $text, expectedVersion: $v) { version text editedAt } }',
      { id, text, v: expectedVersion },
    );

  it('lets one of two who edit a note win and tells the other CONFLICT', async () => {
    const id = await incident();
    await addNote(ada, id, 'first');
    const [note] = (await notes(id)).notes;
    const mira = await server.as({ handle: 'mira', role: 'manager' });
    const answers = await Promise.all([edit(ada, note?.id ?? '', 'mine', 1), edit(mira, note?.id ?? '', 'hers', 1)]);
    expect(answers.filter((answer) => 'version' in answer)).toHaveLength(1);
    expect(answers.filter((answer) => answer['code'] === 'CONFLICT')).toMatchObject([{ currentVersion: 2 }]);
    expect(await edit(bob, note?.id ?? '', 'not his', 2)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await kinds(id)).toEqual(['incident.opened', 'incident.noteAdded', 'incident.noteEdited']);
  });

  it('shows no text of a note that was withdrawn, on the timeline neither, and takes its pin away', async () => {
    const id = await incident();
    await addNote(ada, id, 'the password is 123');
    const [note] = (await notes(id)).notes;
    await run(ada, `mutation { done: pin(incidentId: ${id}, input: { noteId: ${note?.id} }) { id } }`);
    expect((await notes(id)).notes[0]?.isPinned).toBe(true);
    await run(ada, `mutation { done: deleteNote(id: ${note?.id}) { text deletedAt } }`);
    const seen = await run<object>(
      bob,
      `{ done: incident(id: ${id}) { notes { text } pins { id } timeline(first: 50) { nodes { kind note noteEntry { text } } } } }`,
    );
    expect(JSON.stringify(seen)).not.toContain('password');
    expect(seen).toMatchObject({ notes: [{ text: null }], pins: [] });
    expect(await edit(ada, note?.id ?? '', 'back', 2)).toMatchObject({ code: 'CONFLICT' });
  });

  it('subscribes whom a note mentions and tells them once, whatever is edited', async () => {
    const id = await incident();
    await addNote(ada, id, 'look @bob, @nobody and @ada');
    const [note] = (await notes(id)).notes;
    await edit(ada, note?.id ?? '', 'look again @bob', 1);
    const seen = await run(bob, `{ done: incident(id: ${id}) { isSubscribed subscribers { handle } } }`);
    expect(seen).toEqual({ isSubscribed: true, subscribers: [{ handle: 'bob' }] });
    await run(bob, `mutation { done: subscribeToIncident(id: ${id}, isSubscribed: false) { isSubscribed } }`);
    await addNote(ada, id, '@bob once more');
    expect(await run(bob, `{ done: incident(id: ${id}) { isSubscribed } }`)).toEqual({ isSubscribed: false });
  });

  it('pins an event of this incident, twice as once, and no event of another', async () => {
    const [id, foreign] = [await incident(), await incident()];
    const timeline = await run<{ timeline: { nodes: { id: string }[] } }>(
      ada,
      `{ done: incident(id: ${id}) { timeline(first: 1) { nodes { id } } } }`,
    );
    const eventId = timeline.timeline.nodes[0]?.id;
    const pin = (to: string) =>
      run(
        ada,
        'mutation ($to: ID!, $e: ID) { done: pin(incidentId: $to, input: { eventId: $e }) { id kind title event { kind } } }',
        { to, e: eventId },
      );
    const pinned = await pin(id);
    expect(pinned).toMatchObject({ kind: 'EVENT', event: { kind: 'INCIDENT_OPENED' } });
    expect(await pin(id)).toEqual(pinned);
    expect(await pin(foreign)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('keeps tasks with who has them and when, and a reminder for as long as one is open', async () => {
    const id = await incident();
    const input = { title: 'Call the bank', assigneeId: await personId('bob'), dueAt: '2030-01-01T10:00:00Z' };
    const task = await run<{ id: string; version: number }>(
      ada,
      'mutation ($id: ID!, $input: TaskInput!) { done: createTask(incidentId: $id, input: $input) { id version state assignee { handle } } }',
      { id, input },
    );
    expect(task).toMatchObject({ state: 'OPEN', assignee: { handle: 'bob' } });
    const reminders = async () =>
      (await database.pool.query("select 1 from timer where kind = 'task.reminder' and key = $1", [task.id])).rowCount;
    expect(await reminders()).toBe(1);
    expect(await run(bob, '{ done: myTasks { title incident { id } } }')).toEqual([
      { title: 'Call the bank', incident: { id } },
    ]);
    await run(bob, `mutation { done: setTaskState(id: ${task.id}, state: DONE) { state } }`);
    expect(await reminders()).toBe(0);
    const stale = await run(
      ada,
      `mutation { done: updateTask(id: ${task.id}, input: { title: "x" }, expectedVersion: 1) { id } }`,
    );
    expect(stale).toMatchObject({ code: 'CONFLICT' });
  });

  it('takes links that lead to the web alone', async () => {
    const id = await incident();
    const add = (url: string, title = 'War room') =>
      run(
        ada,
        'mutation ($id: ID!, $url: String!, $t: String!) { done: addLink(incidentId: $id, kind: CALL, title: $t, url: $url) { id title url } }',
        { id, url, t: title },
      );
    for (const url of ['javascript:alert(1)', 'data:text/html,x', '/relative', 'ftp://x/y']) {
      expect(await add(url)).toMatchObject({ code: 'INVALID_INPUT', field: 'url' });
    }
    await add('https://meet.example/1');
    await add('https://meet.example/1', 'Bridge');
    expect(await run(ada, `{ done: incident(id: ${id}) { links { title url } } }`)).toEqual({
      links: [{ title: 'Bridge', url: 'https://meet.example/1' }],
    });
  });

  it('attaches runbooks by service, type and condition once, keeps the text of then, and ticks its steps', async () => {
    const save = (input: object, v?: number) =>
      run<{ id: string; version: number }>(
        ada,
        'mutation ($input: RunbookInput!, $v: Int) { done: saveRunbook(input: $input, expectedVersion: $v) { id version services } }',
        { input, v },
      );
    const body = '# Do\n- [ ] Drain\n- [ ] Restart';
    const book = await save({ title: 'Search is slow', body, services: ['Search'], condition: 'severity >= high' });
    await save({ title: 'By hand', body });
    expect(await save({ title: 'x', body, condition: 'severity >' })).toMatchObject({ code: 'EXPRESSION_INVALID' });
    const [match, mild] = [
      await incident({ services: ['search'], severity: 'high' }),
      await incident({ services: ['search'], severity: 'low' }),
    ];
    const events = await readLog(database.pool, startOfLog, 10_000);
    await workHandler.handle(database.pool, events, Date.now());
    await attachMatchingRunbooks(database.pool, [Number(match)], Date.now());
    const read = (id: string) =>
      run<{ runbooks: { id: string; body: string }[] }>(
        ada,
        `{ done: incident(id: ${id}) { runbooks { id title body steps { step text tickedBy } } } }`,
      );
    const attached = await read(match);
    expect(attached.runbooks).toMatchObject([
      { title: 'Search is slow', steps: [{ text: 'Drain' }, { text: 'Restart' }] },
    ]);
    expect((await read(mild)).runbooks).toEqual([]);
    await save({ id: book.id, title: 'Search is slow', body: '- [ ] Other' }, 1);
    const runbookId = attached.runbooks[0]?.id ?? '';
    const tick = (step: number) =>
      run(
        bob,
        `mutation { done: tickRunbookStep(id: ${runbookId}, step: ${step}, isTicked: true) { steps { step tickedBy } } }`,
      );
    expect(await tick(1)).toEqual({
      steps: [
        { step: 0, tickedBy: null },
        { step: 1, tickedBy: 'bob' },
      ],
    });
    await tick(1);
    expect(await tick(2)).toMatchObject({ code: 'INVALID_INPUT', field: 'step' });
    expect((await kinds(match)).filter((kind) => kind.includes('runbook'))).toEqual([
      'incident.runbookAttached',
      'incident.runbookTicked',
    ]);
  });

  it('tells who looks at an incident through another process, at once and when somebody comes', async () => {
    const id = await incident();
    const client = other.connect();
    const seen: string[][] = [];
    const stream = client.iterate<{ incidentPresence: { present: { person: { handle: string } }[] } }>({
      query: `subscription { incidentPresence(incidentId: ${id}) { present { person { handle } isTyping } } }`,
    });
    try {
      for await (const { data } of stream) {
        seen.push(data?.incidentPresence.present.map(({ person }) => person.handle) ?? ['nothing']);
        if (seen.length === 1) await run(ada, `mutation { done: showPresence(incidentId: ${id}, isTyping: false) }`);
        else break;
      }
    } finally {
      await client.dispose();
    }
    expect(seen).toEqual([[], ['ada']]);
  });
});
