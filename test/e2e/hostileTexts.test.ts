import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.js';
import { createDataDir, eventually, startTocsin, type RunningTocsin } from '../support/tocsin.js';
import { dangersOf, xssCorpus } from '../support/xssCorpus.js';
import { settled } from './screensPage.js';

const browser = await launchBrowser();
/** All of it in one text, each on a line of its own as markdown wants it. */
const hostile = xssCorpus.join('\n\n');
/** Where a line is all that fits. */
const line = xssCorpus.slice(0, 5).join(' ');

/** Whatever somebody may write, as mutations of one incident; `$line` and `$text` are what they write. */
const writing = [
  'addIncidentNote(id: $id, text: $text) { id }',
  'editIncident(id: $id, patch: { tags: [$tag], description: $text }) { id }',
  'createTask(incidentId: $id, input: { title: $line }) { id }',
  'addLink(incidentId: $id, kind: CHAT, title: $short, url: "https://example.com/?q=%3Cscript%3E") { id }',
  'createActionItem(input: { incidentId: $id, title: $line, description: $text }) { id }',
  'saveUpdate(input: { incidentId: $id, audience: INTERNAL, title: $short, body: $text, progress: IDENTIFIED }) { id }',
  'startReview(incidentId: $id) { id }',
] as const;

describe.skipIf(browser === null)('a text that would run', () => {
  let dataDir: Awaited<ReturnType<typeof createDataDir>>;
  let tocsin: RunningTocsin;
  let number = '';
  let alertId = '';
  beforeAll(async () => {
    dataDir = await createDataDir();
    tocsin = await startTocsin(dataDir.path, {});
    await write();
  });
  afterAll(async () => {
    await browser?.close();
    await tocsin.process.end();
    await dataDir.remove();
  });

  async function mutate<T>(field: string, more: Readonly<Record<string, unknown>> = {}): Promise<T> {
    const short = line.slice(0, 190);
    const values = { id: number, text: hostile, line, short, tag: line.slice(0, 60), ...more };
    const types = { id: 'ID!', text: 'String!', line: 'String!', short: 'String!', tag: 'String!' };
    const used = Object.entries(types).filter(([name]) => field.includes(`$${name}`));
    const declared = used.map(([name, type]) => `$${name}: ${type}`).join(', ');
    const variables = Object.fromEntries(Object.entries(values).filter(([name]) => field.includes(`$${name}`)));
    const { done } = await tocsin.graphql<{ done: T }>(`mutation (${declared}) { done: ${field} }`, variables);
    return done;
  }

  async function write(): Promise<void> {
    await mutate('saveTeam(input: { name: $tag, description: $text }) { id }');
    await mutate('saveService(input: { name: $tag, kind: $tag, team: $tag }) { name }');
    await mutate('saveRunbook(input: { title: $short, body: $text, services: [$tag] }) { id }');
    const { secret } = await mutate<{ secret: string }>(
      'createIntegration(input: { name: $tag, source: GENERIC }) { secret }',
    );
    const labels = Object.fromEntries(xssCorpus.map((text, n) => [`label${n}`, text]));
    const sent = await fetch(`${tocsin.url}/webhooks/generic`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify({
        title: line,
        description: hostile,
        service: line.slice(0, 60),
        status: 'firing',
        severity: 'high',
        url: 'javascript:alert(1)',
        labels,
        annotations: { ...labels, runbook_url: 'javascript:alert(1)', summary: hostile },
      }),
    });
    expect(sent.status).toBeLessThan(300);
    const found = await eventually(async () => {
      const query = '{ alerts(first: 1) { nodes { id incident { id number } } } }';
      const { alerts } = await tocsin.graphql<{
        alerts: { nodes: readonly { id: string; incident: { id: string; number: number } | null }[] };
      }>(query);
      return alerts.nodes[0]?.incident && alerts.nodes[0];
    });
    alertId = found.id;
    number = found.incident?.id ?? '';
    for (const field of writing) await mutate(field);
  }

  it('is shown and does not run, on any page that shows it', async () => {
    const context = await required(browser).newContext({ reducedMotion: 'reduce' });
    await tocsin.signIn(context);
    const page = await context.newPage();
    const ran: string[] = [];
    page.on('dialog', (dialog) => {
      ran.push(`${page.url()}: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(tocsin.url) && /^https?:/.test(request.url())) ran.push(`asks ${request.url()}`);
    });
    const paths = [
      '/',
      '/incidents',
      `/incidents/${number}`,
      ...['alerts', 'details', 'runbook', 'updates', 'review'].map((tab) => `/incidents/${number}?tab=${tab}`),
      '/alerts',
      `/alerts?alert=${alertId}`,
      '/services',
      '/runbooks',
      '/action-items',
      '/integrations',
      '/settings/teams',
      '/settings/audit',
    ];
    let shown = 0;
    for (const path of paths) {
      await page.goto(tocsin.url + path);
      await settled(page);
      const html = await page.locator('main').innerHTML();
      if (html.includes('&lt;script&gt;alert(1)')) shown++;
      // The icons of the product are pictures; what a text brought along has a handler or leads somewhere.
      const found = await page.evaluate<readonly string[]>(
        `[...document.querySelectorAll('main *')].filter((element) =>
           [...element.attributes].some(({ name, value }) => /^on/.test(name) || /^\\s*(javascript|data:text|vbscript):/i.test(value))
           || ['SCRIPT', 'IFRAME', 'BASE', 'OBJECT', 'EMBED'].includes(element.tagName)
           || (element.tagName === 'IMG' && !element.src.startsWith(location.origin)))
          .map((element) => element.outerHTML.slice(0, 200))`,
      );
      ran.push(...found.map((element) => `${path} has ${element}`));
    }
    expect(ran).toEqual([]);
    // Else nothing was looked at.
    expect(shown).toBeGreaterThan(8);
    await context.close();
  });

  it('is a text in what is downloaded and in what is previewed', async () => {
    const { done } = await tocsin.graphql<{ done: { html: string } }>(
      `query ($id: ID!, $text: String!) {
        done: previewUpdate(input: { incidentId: $id, audience: INTERNAL, title: "x", body: $text, progress: IDENTIFIED }) { html } }`,
      { id: number, text: hostile },
    );
    expect(dangersOf(done.html)).toEqual([]);
  });
});

function required<T>(value: T | null): T {
  if (value === null) throw new Error('There is no browser.');
  return value;
}
