import { executeCommand } from '@tocsin/schema/postgres/incidentCommands';
import { addNotifications } from '@tocsin/schema/postgres/notificationWrite';
import { buildApiSchema } from '@tocsin/server/buildSchema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, type Ask, startApi } from '../support/apiServer.js';
import { createAutomationReader } from '../support/automationReader.js';
import { argumentsAbout, crawl, type Crawled } from '../support/crawl.js';
import { done, personIdOf } from '../support/done.js';
import { addAlert, addIncident, addIntegration } from '../support/fixtures.js';
import { createTestPerson, createTestToken } from '../support/people.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';

/** Stands in every text of what is restricted, and nowhere else. */
const secret = 'HUSHHUSH';
const person = { kind: 'person', name: 'mona' } as const;
const told = { topic: 'update', pageId: null, severity: 'info', template: 'x', values: { title: secret } } as const;

describe('what is restricted', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let viewerToken: string;
  let viewer: Ask;
  let manager: Ask;
  /** Over by now, and alike to the open one. */
  let hidden: number;
  let shown: number;
  let attachmentUrl: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database);
    ({ token: viewerToken } = await createTestPerson(database.pool, { handle: 'vera', role: 'viewer' }));
    viewer = await server.as({ token: viewerToken });
    manager = await server.as({ handle: 'mona', role: 'manager' });
    await fill();
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  /** Every one of them has to be done, or what it leaves would be looked for in vain. */
  const run = async (query: string, more: Record<string, unknown> = {}) => {
    const variables = { id: String(hidden), text: secret, ...more };
    const used = Object.entries({ id: 'ID!', text: 'String!', vera: 'ID' }).filter(([name]) =>
      query.includes(`$${name}`),
    );
    const declared = used.map(([name, type]) => `$${name}: ${type}`).join(', ');
    const document = `mutation ${declared === '' ? '' : `(${declared})`} { done: ${query} }`;
    const answer = await done<{ id: string; version: number }>(manager, document, variables);
    expect([query, answer.code]).toEqual([query, undefined]);
    return answer;
  };

  async function fill(): Promise<void> {
    const { pool } = database;
    await manager('mutation ($input: AutomationRuleInput!) { saveAutomationRule(input: $input) { id } }', {
      input: {
        name: 'Tag',
        kinds: ['INCIDENT_NOTE_ADDED'],
        actions: [{ kind: 'ADD_TAG', parameters: '{"tag":"seen"}' }],
      },
    });
    const integration = await addIntegration(pool);
    const made = await done<{ id: string; isRestricted: boolean }>(
      manager,
      'mutation ($input: CreateIncidentInput!) { done: createIncident(input: $input) { id isRestricted } }',
      {
        input: {
          title: `Checkout is slow ${secret}`,
          description: secret,
          type: 'security',
          team: 'payments',
          services: ['checkout'],
        },
      },
    );
    expect(made.isRestricted).toBe(true);
    hidden = Number(made.id);
    shown = (await addIncident(pool, { title: 'Checkout is slow again' })).id;
    await addAlert(pool, { integrationId: integration.id, incidentId: hidden });
    const vera = await personIdOf(database, 'vera');
    await run('addIncidentNote(id: $id, text: $text) { id }');
    await run('editIncident(id: $id, patch: { tags: [$text] }) { id }');
    await run('addLink(incidentId: $id, kind: CHAT, title: $text, url: "https://example.com/x") { id }');
    // Assigned a task of it she is not let into the incident by that alone.
    await run('createTask(incidentId: $id, input: { title: $text, assigneeId: $vera }) { id }', { vera });
    await run('createActionItem(input: { incidentId: $id, title: $text, ownerId: $vera }) { id }', { vera });
    const update = await run(
      'saveUpdate(input: { incidentId: $id, audience: INTERNAL, title: $text, body: $text, progress: IDENTIFIED }) { id version }',
    );
    await pool.query(`update stakeholder_update set state = 'awaiting_approval' where id = $1`, [update.id]);
    const review = await run('startReview(incidentId: $id) { id version }');
    await run(`saveReviewSection(id: "${review.id}", name: LESSONS, text: $text, expectedVersion: 0) { version }`);
    await pool.query(`update review set state = 'published', published_at = now(), title = $2 where id = $1`, [
      review.id,
      secret,
    ]);
    const uploaded = await fetch(`${new URL(server.url).origin}/attachments?incident=${hidden}`, {
      method: 'POST',
      body: secret,
      headers: { authorization: `Bearer ${server.token}`, 'x-file-name': `${secret}.txt` },
    });
    attachmentUrl = ((await uploaded.json()) as { url: string }).url;
    await executeCommand(pool, hidden, { type: 'resolve' }, person, Date.now(), null);
    await pool.query(
      `update person set email = 'mona@example.com', email_key = 'mona@example.com' where handle = 'mona'`,
    );
    const mona = Number(await personIdOf(database, 'mona'));
    await addNotifications(
      pool,
      [{ ...told, key: 'told', to: { kind: 'person', personId: mona }, incidentId: hidden }],
      0,
    );
  }

  const leaking = (crawled: readonly Crawled[]): readonly string[] =>
    crawled.filter(({ text }) => text.includes(secret)).map(({ field }) => field);

  it('is in no answer to who may not see it, whatever is asked, and in many to who may', async () => {
    await createAutomationReader(database.pool, Date.now()).drain();
    const schema = buildApiSchema();
    for (const incident of [hidden, shown]) {
      const crawled = await crawl(schema, viewer, argumentsAbout(incident));
      expect(crawled.length).toBeGreaterThan(40);
      expect(leaking(crawled)).toEqual([]);
    }
    expect(leaking(await crawl(schema, manager, argumentsAbout(hidden)))).toEqual(
      expect.arrayContaining([
        'actionItems',
        'automationRuns',
        'dryRunAutomation',
        'incident',
        'incidents',
        'notifications',
        'overview',
        'previewTemplate',
        'review',
        'reviews',
        'updatesAwaitingApproval',
      ]),
    );
    // By way of what is alike to an incident that shows.
    expect(leaking(await crawl(schema, manager, argumentsAbout(shown)))).toContain('incident');
  }, 180_000);

  it('is not counted, found or looked up', async () => {
    const { data, errors } = await viewer(
      `query ($n: Int!, $id: ID!) {
        incident(number: $n) { id } byId: incident(id: $id) { id } review(incidentId: $id) { id }
        incidents(filter: { text: "slow" }) { totalCount { value } nodes { id } }
        closed: incidents(filter: { types: ["security"] }) { totalCount { value } nodes { id } }
        incidentFacets(fields: [PHASE]) { values { value count } }
        reviews { totalCount { value } } actionItems { totalCount { value } } myTasks { id }
        automationRuns(incidentId: $id) { nodes { id } } alerts { nodes { incident { id } } }
        ofIt: alerts(filter: { incidentId: $id }) { totalCount { value } nodes { id } }
        facetsOfIt: alertFacets(filter: { incidentId: $id }, fields: ["status", "service"]) { values { count } }
        open: incident(number: ${shown}) { similar { incident { id } } } }`,
      { n: hidden, id: String(hidden) },
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      incident: null,
      byId: null,
      review: null,
      incidents: { totalCount: { value: 1 }, nodes: [{ id: String(shown) }] },
      closed: { totalCount: { value: 0 }, nodes: [] },
      incidentFacets: [{ values: [{ value: 'DETECTED', count: 1 }] }],
      reviews: { totalCount: { value: 0 } },
      actionItems: { totalCount: { value: 0 } },
      myTasks: [],
      automationRuns: { nodes: [] },
      alerts: { nodes: [{ incident: null }] },
      ofIt: { totalCount: { value: 0 }, nodes: [] },
      facetsOfIt: [{ values: [] }, { values: [] }],
      open: { similar: [] },
    });
  });

  it('is not there for previews that name it, nor for mutations, files and uploads', async () => {
    const codes: unknown[] = [];
    for (const query of [
      `{ previewTemplate(input: { kind: "notification", key: "x", title: "a", body: "b" }, incidentId: "${hidden}") { title } }`,
      `{ previewPages(incidentId: "${hidden}") { step } }`,
      `{ previewUpdate(input: { incidentId: "${hidden}", audience: INTERNAL, title: "a", body: "b", progress: IDENTIFIED }) { title } }`,
      `mutation { subscribeToIncident(id: "${hidden}", isSubscribed: true) { id } }`,
      `mutation { addIncidentNote(id: "${hidden}", text: "x") { id } }`,
      `mutation { mergeIncidents(ids: ["${hidden}"], into: "${shown}") { id } }`,
      `mutation { showPresence(incidentId: "${hidden}", isTyping: false) }`,
    ]) {
      codes.push((await viewer(query)).errors[0]?.extensions['code']);
    }
    expect(codes).toEqual(Array.from({ length: 7 }, () => 'NOT_FOUND'));
    const statuses: number[] = [];
    for (const path of [
      ...['md', 'pdf', 'csv', 'json'].map((kind) => `/export/incidents/${hidden}.${kind}`),
      attachmentUrl,
    ]) {
      const answer = await fetch(new URL(server.url).origin + path, {
        headers: { authorization: `Bearer ${viewerToken}` },
      });
      statuses.push(answer.status);
      expect(await answer.text()).not.toContain(secret);
    }
    expect(statuses).toEqual([404, 404, 404, 404, 404]);
    const upload = await fetch(`${new URL(server.url).origin}/attachments?incident=${hidden}`, {
      method: 'POST',
      body: 'x',
      headers: { authorization: `Bearer ${viewerToken}`, 'x-file-name': 'x.txt' },
    });
    expect(upload.status).toBe(404);
  });

  it('shows to its team’s responders, to who takes part, and to no token of another team', async () => {
    const asks: readonly (readonly [string, Ask])[] = [
      ['own responder', await server.as({ handle: 'pam', role: 'viewer', teams: { payments: 'responder' } })],
      ['own viewer', await server.as({ handle: 'pit', role: 'viewer', teams: { payments: 'viewer' } })],
      ['other responder', await server.as({ handle: 'sam', role: 'viewer', teams: { search: 'responder' } })],
      ['global responder', await server.as({ handle: 'gus', role: 'responder' })],
      ['manager', manager],
    ];
    const { id: admin } = await createTestPerson(database.pool, { handle: 'operator' });
    const narrowed = await server.as({ token: await createTestToken(database.pool, admin, { teams: ['search'] }) });
    const seen: unknown[] = [];
    for (const [who, ask] of [...asks, ['narrowed admin', narrowed] as const]) {
      const { data } = await ask(`{ incident(number: ${hidden}) { id } incidents { totalCount { value } } }`);
      seen.push([who, data?.['incident'] !== null, data?.['incidents']]);
    }
    const count = (value: number) => ({ totalCount: { value } });
    expect(seen).toEqual([
      ['own responder', true, count(2)],
      ['own viewer', false, count(1)],
      ['other responder', false, count(1)],
      ['global responder', false, count(1)],
      ['manager', true, count(2)],
      ['narrowed admin', false, count(0)],
    ]);
    await manager(`mutation ($p: ID!) { assignIncidentRole(id: "${hidden}", role: RESPONDER, personId: $p) { id } }`, {
      p: await personIdOf(database, 'gus'),
    });
    const { data } = await (
      await server.as({ handle: 'gus', role: 'responder' })
    )(`{ incident(number: ${hidden}) { title } }`);
    expect(data?.['incident']).toEqual({ title: `Checkout is slow ${secret}` });
  });
});
