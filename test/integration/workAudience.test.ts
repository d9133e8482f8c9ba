import { executeCommand } from '@tocsin/schema/postgres/incidentCommands';
import { appendEvents } from '@tocsin/schema/postgres/log';
import type { Respond } from '@tocsin/server/respond/respond';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, type Ask, startApi } from '../support/apiServer.js';
import { addAlert, addIncident, addIntegration } from '../support/fixtures.js';
import { saveType, securityType } from '../support/incidentTypeApi.js';
import { addPeople, respondOn } from '../support/onCall.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

describe('who hears of work', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let respond: Respond;
  let ada: Ask;
  let bob: Ask;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database, { mailIsSetUp: true });
    await addPeople(database.pool, 'ada', 'bob');
    ada = await server.as({ handle: 'ada', role: 'responder' });
    bob = await server.as({ handle: 'bob', role: 'responder' });
    respond = respondOn(database.url, () => Date.now());
  });
  afterAll(async () => {
    await respond.stop();
    await server.stop();
    await database.drop();
  });

  async function run<T = Record<string, unknown>>(ask: Ask, query: string, variables: object = {}): Promise<T> {
    const { data, errors } = await ask(query, { ...variables });
    // each test states the shape that it reads: a wrong one fails its assertion
    return (errors[0]?.extensions ?? data?.['done']) as T;
  }
  const rows = async <T>(text: string, ...values: readonly unknown[]) =>
    (await database.pool.query<T & object>(text, [...values])).rows;
  const note = (id: number, text: string, ask = ada) =>
    run(ask, 'mutation ($id: ID!, $text: String!) { done: addIncidentNote(id: $id, text: $text) { id } }', {
      id: String(id),
      text,
    });
  const told = async (incidentId: number) =>
    (
      await rows<{ who: string }>(
        `select p.handle || ': ' || coalesce(content->'values'->>'sentence', '') as who
           from notification n join person p on p.id = n.person_id where n.incident_id = $1 order by n.id`,
        incidentId,
      )
    ).map(({ who }) => who);

  it('a mention is told once, whatever is edited, and a new one to whoever is new', async () => {
    const { id } = await addIncident(database.pool);
    await note(id, 'Look, @bob. `@operator` is code.');
    const edit = (text: string, version: number) =>
      run(
        ada,
        'mutation ($id: ID!, $t: String!, $v: Int!) { done: editNote(id: $id, text: $t, expectedVersion: $v) { id } }',
        {
          id: noteId,
          t: text,
          v: version,
        },
      );
    const noteId = String((await rows<{ id: number }>('select id from note where incident_id = $1', id))[0]?.id);
    await edit('Look again, @bob and @ada.', 1);
    expect(await told(id)).toEqual(['bob: ada mentioned you']);
    await run(bob, `mutation { done: addIncidentNote(id: ${id}, text: "yes @ada") { id } }`);
    expect(await told(id)).toEqual(['bob: ada mentioned you', 'ada: bob mentioned you']);
  });

  it('of a restricted incident hears nobody who may not see it: neither by a mention nor as a follower from before', async () => {
    const { id } = await addIncident(database.pool, { title: 'Payroll leaked', severity: 'low' });
    await run(bob, `mutation { done: subscribeToIncident(id: ${id}, isSubscribed: true) { isSubscribed } }`);
    await database.pool.query(`update incident set is_restricted = true, assignee = 'ada' where id = $1`, [id]);
    await note(id, 'See what @bob did');
    await executeCommand(database.pool, id, { type: 'acknowledge' }, { kind: 'person', name: 'ada' }, Date.now(), null);
    await respond.drain();
    expect(await told(id)).toEqual([]);
    expect(await run(ada, `{ done: incident(id: ${id}) { subscribers { handle } } }`)).toEqual({ subscribers: [] });
    // Part of it now: he hears of it again.
    await database.pool.query(
      `insert into incident_role (incident_id, role, person_id, assigned_by, assigned_at) select $1, 'responder', id, 'ada', now() from person where handle = 'bob'`,
      [id],
    );
    await executeCommand(database.pool, id, { type: 'resolve' }, { kind: 'person', name: 'ada' }, Date.now(), null);
    await respond.drain();
    expect(await told(id)).toEqual(['bob: Ada resolved the incident.']);
  });

  it('a tab that was closed looks no more after three quarters of a minute', async () => {
    const { id } = await addIncident(database.pool);
    const client = server.connect();
    const seen: string[][] = [];
    const stream = client.iterate<{ incidentPresence: { present: { person: { handle: string } }[] } }>({
      query: `subscription { incidentPresence(incidentId: ${id}) { present { person { handle } } } }`,
    });
    await run(ada, `mutation { done: showPresence(incidentId: ${id}, isTyping: true) }`);
    try {
      for await (const { data } of stream) {
        seen.push(data?.incidentPresence.present.map(({ person }) => person.handle) ?? ['nothing']);
        if (seen.length > 1) break;
        await database.pool.query(`update presence set seen_at = now() - interval '46 seconds'`);
      }
    } finally {
      await client.dispose();
    }
    expect(seen).toEqual([['ada'], []]);
  });

  it('runbooks come by type and by label, and with an alert that brings its service along', async () => {
    const save = (input: object) =>
      run(ada, 'mutation ($input: RunbookInput!) { done: saveRunbook(input: $input) { id } }', {
        input: { body: '- [ ] Do', ...input },
      });
    await save({ title: 'Of security', types: ['security'] });
    await save({ title: 'Of Europe', condition: 'labels.region == "eu"' });
    await save({ title: 'Of ledger', services: ['Ledger'] });
    const integration = await addIntegration(database.pool);
    const attached = async (id: number) => {
      const sorted = await rows<{ title: string; because: string }>(
        `select data->>'title' as title, data->>'because' as because from event
          where incident_id = $1 and kind = 'incident.runbookAttached' order by position`,
        id,
      );
      return sorted.map(({ title, because }) => `${title}: ${because}`);
    };
    const leak = await addIncident(database.pool, { type: 'security' });
    const slow = await addIncident(database.pool);
    await addAlert(database.pool, { integrationId: integration.id, incidentId: slow.id, labels: { region: 'eu' } });
    await respond.drain();
    expect(await attached(leak.id)).toEqual(['Of security: type security']);
    expect(await attached(slow.id)).toEqual(['Of Europe: its condition holds']);
    await database.pool.query(`update incident set services = services || '{ledger}' where id = $1`, [slow.id]);
    const explanation = { outcome: 'joined', reason: 'topology', evidence: [] } as never;
    const actor = { kind: 'system', name: 'tocsin' } as const;
    await appendEvents(database.pool, [
      {
        kind: 'incident.alertJoined',
        incidentId: slow.id,
        alertId: null,
        actor,
        occurredAt: Date.now(),
        data: explanation,
      },
    ]);
    await respond.drain();
    expect(await attached(slow.id)).toEqual(['Of Europe: its condition holds', 'Of ledger: service ledger']);
  });

  it('an update of a type that asks for approval waits for another person, also one that stays inside', async () => {
    expect(await saveType(server.ask, securityType({ updatesNeedApproval: true }), 0)).toMatchObject({
      key: 'security',
    });
    await server.as({ handle: 'mira', role: 'manager' });
    const [type] = await rows<{ version: number }>(`select max(version) as version from incident_type_version`);
    const { id } = await addIncident(database.pool, { type: 'security' });
    await database.pool.query('update incident set type_version = $2 where id = $1', [id, type?.version]);
    const input = { incidentId: String(id), audience: 'INTERNAL', title: 'Keys', body: 'x', progress: 'IDENTIFIED' };
    const draft = await run<{ id: string }>(
      ada,
      'mutation ($input: UpdateInput!) { done: saveUpdate(input: $input) { id needsApprovalBecause } }',
      { input },
    );
    expect(draft).toMatchObject({
      needsApprovalBecause: 'Updates of incidents of the type Security are approved by another person.',
    });
    const submitted = await run(ada, `mutation { done: submitUpdate(id: ${draft.id}, expectedVersion: 1) { state } }`);
    expect(submitted).toEqual({ state: 'AWAITING_APPROVAL' });
    const decide = (ask: Ask) =>
      run(ask, `mutation { done: decideUpdate(id: ${draft.id}, isApproved: true, expectedVersion: 2) { state } }`);
    expect(await decide(ada)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await decide(await server.as({ handle: 'mira', role: 'manager' }))).toEqual({ state: 'PUBLISHED' });
  });

  it('what is published for all goes to each of 450 subscribers once', async () => {
    await database.pool.query(
      `insert into status_subscriber (email, email_key, hash, created_at, confirmed_at)
       select e, e, sha256(e::bytea), now(), now() from (select 'reader' || n || '@example.com' as e from generate_series(1, 450) n) r`,
    );
    const { id } = await addIncident(database.pool);
    const input = { incidentId: String(id), audience: 'PUBLIC', title: 'Slow', body: 'x', progress: 'IDENTIFIED' };
    const draft = await run<{ id: string }>(
      ada,
      'mutation ($input: UpdateInput!) { done: saveUpdate(input: $input) { id } }',
      { input },
    );
    await run(ada, `mutation { done: submitUpdate(id: ${draft.id}, expectedVersion: 1) { state } }`);
    await respond.drain();
    const [count] = await rows(
      `select count(*)::int as letters, count(distinct email)::int as readers from notification where topic = 'stakeholder'`,
    );
    expect(count).toEqual({ letters: 450, readers: 450 });
  });
});
