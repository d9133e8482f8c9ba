import { startOfLog } from '@tocsin/schema/domain/event';
import { readLog } from '@tocsin/schema/postgres/log';
import { withLink } from '@tocsin/schema/postgres/messageLink';
import { claimTimers } from '@tocsin/schema/postgres/timer';
import { workJobs } from '@tocsin/server/respond/work/jobs';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, type Ask, startApi } from '../support/apiServer.js';
import { addIncident } from '../support/fixtures.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';
import { dangersOf, xssCorpus } from '../support/xssCorpus.js';

describe('stakeholder updates and the status page', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let origin: string;
  let ada: Ask;
  let clock = Date.now();
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database, {
      now: () => clock,
      mailIsSetUp: true,
      dashboardUrl: () => 'https://ops.example',
    });
    origin = new URL(server.url).origin;
    ada = await server.as({ handle: 'ada', role: 'responder' });
    // Somebody beside the author who could approve.
    await server.as({ handle: 'mira', role: 'manager' });
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  async function run<T = Record<string, unknown>>(ask: Ask, query: string, variables: object = {}): Promise<T> {
    const { data, errors } = await ask(query, { ...variables });
    // each test states the shape that it reads: a wrong one fails its assertion
    return (errors[0]?.extensions ?? data?.['done']) as T;
  }
  /** The page is asked for anew after five seconds. */
  function page(path = '/status', headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    clock += 6_000;
    return fetch(origin + path, { headers, redirect: 'manual' });
  }
  async function savePage(change: object = {}): Promise<{ version: number; components: { id: string }[] }> {
    const now = await run<{ version: number; components: { id: string; title: string; serviceName: string }[] }>(
      server.ask,
      '{ done: statusPage { version components { id title serviceName } } }',
    );
    const components = now.components.map(({ id, title, serviceName }) => ({ id, title, service: serviceName }));
    return run(
      server.ask,
      'mutation ($input: StatusPageInput!, $v: Int!) { done: saveStatusPage(input: $input, expectedVersion: $v) { version components { id } } }',
      { input: { isPublic: true, title: 'Status', needsApproval: false, components, ...change }, v: now.version },
    );
  }
  const incident = async () => String((await addIncident(database.pool, { title: 'db-7 is on fire' })).id);
  async function draft(incidentId: string, input: object = {}): Promise<{ id: string; version: number }> {
    return run(
      ada,
      'mutation ($input: UpdateInput!) { done: saveUpdate(input: $input) { id version state needsApprovalBecause } }',
      {
        input: {
          incidentId,
          audience: 'PUBLIC',
          title: 'Search is slow',
          body: 'We look.',
          progress: 'INVESTIGATING',
          ...input,
        },
      },
    );
  }
  const submit = (ask: Ask, { id, version }: { id: string; version: number }) =>
    run<{ id: string; version: number; state: string }>(
      ask,
      `mutation { done: submitUpdate(id: ${id}, expectedVersion: ${version}) { id version state publishedAt } }`,
    );
  const decide = (ask: Ask, { id, version }: { id: string; version: number }, isApproved: boolean) =>
    run(
      ask,
      `mutation { done: decideUpdate(id: ${id}, isApproved: ${isApproved}, expectedVersion: ${version}) { state decidedBy } }`,
    );

  it('is not there until it is made public', async () => {
    expect((await page()).status).toBe(404);
    expect((await page('/status/feed.atom')).status).toBe(404);
    await savePage({ components: [{ service: 'search', title: 'Search' }] });
    const there = await page();
    expect(there.status).toBe(200);
    expect(await there.text()).toContain('All systems are operational');
  });

  it('shows what was published for the public and nothing else of the incident', async () => {
    const { components } = await savePage();
    const id = await incident();
    await submit(ada, await draft(id, { audience: 'INTERNAL', body: 'root password rotated' }));
    const forAll = await draft(id, { components: [{ componentId: components[0]?.id, state: 'DEGRADED' }] });
    expect(await (await page()).text()).not.toContain('Search is slow');
    expect(await submit(ada, forAll)).toMatchObject({ state: 'PUBLISHED' });
    const html = await (await page()).text();
    expect(html).toContain('Search is slow');
    expect(html).toContain('Some systems are degraded');
    for (const secret of ['root password', 'db-7', `INC-${id}`, 'ada']) expect(html).not.toContain(secret);
    expect(await submit(ada, { ...forAll, version: 2 })).toMatchObject({ code: 'INVALID_TRANSITION' });
  });

  it('waits for a second person where the page asks for one, and the author is not that person', async () => {
    await savePage({ needsApproval: true });
    const manager = await server.as({ handle: 'max', role: 'manager' });
    const mira = await server.as({ handle: 'mira', role: 'manager' });
    const written = await run<{ id: string; version: number }>(
      manager,
      'mutation ($input: UpdateInput!) { done: saveUpdate(input: $input) { id version } }',
      {
        input: {
          incidentId: await incident(),
          audience: 'PUBLIC',
          title: 'Needs a look',
          body: 'x',
          progress: 'IDENTIFIED',
        },
      },
    );
    const waiting = await submit(manager, written);
    expect(waiting.state).toBe('AWAITING_APPROVAL');
    expect(await (await page()).text()).not.toContain('Needs a look');
    expect(await decide(manager, waiting, true)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await decide(ada, waiting, true)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await (await page()).text()).not.toContain('Needs a look');
    expect(await decide(mira, waiting, false)).toEqual({ state: 'REJECTED', decidedBy: 'mira' });
    const again = await submit(manager, { id: written.id, version: 3 });
    expect(await decide(mira, again, true)).toEqual({ state: 'PUBLISHED', decidedBy: 'mira' });
    expect(await (await page()).text()).toContain('Needs a look');
    await savePage({ needsApproval: false });
  });

  it('answers 304 for what the reader has, and a thousand readers for a few statements', async () => {
    const first = await page();
    const etag = first.headers.get('etag') ?? '';
    expect(first.headers.get('cache-control')).toBe('public, max-age=15, stale-while-revalidate=60');
    expect((await page('/status', { 'if-none-match': etag })).status).toBe(304);
    clock += 6_000;
    const original = database.pool.query.bind(database.pool);
    let statements = 0;
    database.pool.query = ((...args: Parameters<typeof original>) => {
      if (JSON.stringify(args[0]).includes('status_')) statements += 1;
      return original(...args);
    }) as typeof original;
    const answers = [];
    for (let n = 0; n < 20; n++)
      answers.push(...(await Promise.all(Array.from({ length: 50 }, () => fetch(`${origin}/status`)))));
    database.pool.query = original;
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    // Whether anything moved; and where it did, the page, its components and its updates.
    expect(statements).toBeLessThanOrEqual(4);
  });

  it('lets nothing through that would run: page, feed, preview', async () => {
    const { components } = await savePage({
      title: xssCorpus[0],
      description: xssCorpus[3],
      components: [{ service: 'search', title: xssCorpus[1], group: xssCorpus[2] }],
    });
    const id = await incident();
    for (const text of xssCorpus) {
      const body = `${text}\n\n${text}`;
      const input = { title: text, body, components: [{ componentId: components[0]?.id, state: 'MAJOR_OUTAGE' }] };
      expect(await submit(ada, await draft(id, input))).toMatchObject({ state: 'PUBLISHED' });
      const preview = await run<{ html: string }>(
        ada,
        'query ($input: UpdateInput!) { done: previewUpdate(input: $input) { html } }',
        {
          input: { incidentId: id, audience: 'PUBLIC', progress: 'MONITORING', ...input },
        },
      );
      expect(dangersOf(preview.html)).toEqual([]);
    }
    const response = await page();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await response.text();
    // Our own style, which the policy knows by its hash, is the only one.
    expect(dangersOf(html)).toEqual(['<style>']);
    const feed = await (await page('/status/feed.atom')).text();
    expect(dangersOf(feed)).toEqual([]);
    expect(feed.match(/<entry>/g)).toHaveLength(feed.match(/<\/entry>/g)?.length ?? 0);
    await savePage({ title: 'Status', description: null, components: [{ service: 'search', title: 'Search' }] });
  });

  const form = (path: string, fields: Readonly<Record<string, string>> = {}) =>
    fetch(origin + path, { method: 'POST', body: new URLSearchParams(fields) });
  type Letter = { readonly email: string; readonly content: { readonly values: Readonly<Record<string, unknown>> } };
  const outbox = "select email, content from notification where topic = 'stakeholder' order by id";
  const letters = async () => (await database.pool.query<Letter>(outbox)).rows;
  /** What the letter says once it is sent: its link stands in no outbox. */
  const sentAs = async (letter: Letter | undefined) => {
    expect(JSON.stringify(letter)).not.toMatch(/status\/(confirm|unsubscribe)\//);
    return (await withLink(database.pool, letter?.content.values ?? {}, 'https://ops.example')) ?? {};
  };

  it('writes to who confirmed the address, and to nobody who left', async () => {
    const asked = await form('/status/subscribe', { email: 'reader@example.com' });
    const askedAgain = await form('/status/subscribe', { email: 'Reader@example.com' });
    expect(await askedAgain.text()).toBe(await asked.text());
    const [confirm] = await letters();
    const link = new URL(String((await sentAs(confirm))['url'])).pathname;
    // A mail scanner that opens the link confirms nothing.
    expect((await fetch(origin + link)).status).toBe(200);
    const published = async () => {
      await submit(ada, await draft(await incident(), { title: 'News', body: 'It is **better**.' }));
      const deps = {
        pool: database.pool,
        sealer: null,
        dashboardUrl: () => 'https://ops.example',
        smtpUrl: null,
        mailFrom: '',
        logger: pino({ level: 'silent' }),
        now: () => clock,
      };
      const [, deliver] = workJobs(deps).find(([kind]) => kind === 'statusUpdate.deliver') ?? [];
      for (const timer of await claimTimers(database.pool, ['statusUpdate.deliver'], Date.now() + 60_000, 60, 50)) {
        await deliver?.(timer);
      }
    };
    await published();
    expect(await letters()).toHaveLength(1);
    expect((await form(link)).status).toBe(200);
    await published();
    const [, letter] = await letters();
    expect(letter).toMatchObject({ email: 'reader@example.com' });
    const leave = /(\/status\/unsubscribe\/\S+)/.exec(String((await sentAs(letter))['text']))?.[1] ?? '';
    expect((await form('/status/unsubscribe/1.wrong')).status).toBe(404);
    expect((await form(leave)).status).toBe(200);
    await published();
    expect(await letters()).toHaveLength(2);
  });

  it('lets one address ask five times in a quarter of an hour', async () => {
    const statuses = [];
    for (let n = 0; n < 6; n++) statuses.push((await form('/status/subscribe', { email: `n${n}@example.com` })).status);
    expect(statuses.at(-1)).toBe(429);
    expect((await form('/status/subscribe', { email: 'no address' })).status).toBe(400);
  });

  it('says on the timeline what was drafted, decided and published', async () => {
    const kinds = new Set((await readLog(database.pool, startOfLog, 10_000)).map(({ kind }) => kind));
    for (const what of ['Drafted', 'Decided', 'Published']) expect(kinds).toContain(`incident.update${what}`);
  });
});
