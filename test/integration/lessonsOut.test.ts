import { executeCommand } from '@tocsin/schema/postgres/incidentCommands';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ask } from '../support/apiServer.js';
import { done, personIdOf } from '../support/done.js';
import { addIncident } from '../support/fixtures.js';
import { details, start, write } from '../support/reviewApi.js';
import { dayMs, type ReviewHarness, startReviewHarness } from '../support/reviewHarness.js';

const answer = done<{ readonly csat: object }>;

describe('lessons that go out', () => {
  let harness: ReviewHarness;
  let pool: Pool;
  let base: string;
  let rita: Ask;
  let mona: Ask;
  beforeAll(async () => {
    harness = await startReviewHarness();
    ({ rita, mona } = harness);
    ({ pool } = harness.database);
    base = new URL(harness.server.url).origin;
  });
  afterAll(() => harness.stop());

  it('include how it went: one link each, used without a sign-in, and numbers for managers alone', async () => {
    const { id } = await addIncident(pool, { severity: 'low', title: '<script>alert(1)</script> & co' });
    await answer(rita, `mutation { done: addIncidentNote(id: "${id}", text: "Looking") { id } }`);
    await answer(mona, `mutation { done: addIncidentNote(id: "${id}", text: "Thanks") { id } }`);
    await harness.move(id, 'acknowledge', 'resolve', 'close');
    await harness.respond.drain();
    await harness.respond.drain();
    const asked = (await harness.messages('csat/%')).filter(({ title }) => title === `How did INC-${id} go?`);
    expect(asked.map(({ handle }) => handle).toSorted()).toEqual(['ada', 'mona', 'rita']);
    expect(asked.every(({ url }) => url.startsWith('https://tocsin.example.com/csat/tkl_'))).toBe(true);
    const paths = asked.map(({ url }) => new URL(url).pathname);
    const page = await fetch(base + paths[0]);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(html).toContain('&#60;script&#62;alert(1)&#60;/script&#62; &#38; co');
    expect(html).not.toContain('<script');
    const numbers = () =>
      answer(mona, `{ done: incident(id: "${id}") { csat { asked answered satisfiedShare scores comments } } }`);
    expect((await numbers()).csat).toEqual({
      asked: 3,
      answered: 0,
      satisfiedShare: null,
      scores: [0, 0, 0, 0, 0],
      comments: [],
    });
    const post = async (path: string | undefined, body: Record<string, string>) =>
      (await fetch(`${base}${path}`, { method: 'POST', body: new URLSearchParams(body) })).status;
    expect(await post(paths[0], { score: '6' })).toBe(400);
    expect(await post(paths[0], {})).toBe(400);
    expect(await post(paths[0], { score: '5', comment: 'x'.repeat(2_001) })).toBe(400);
    expect(await post(paths[0], { score: '2', comment: 'Too late <b>' })).toBe(200);
    expect(await post(paths[0], { score: '4', comment: 'Too late <b>' })).toBe(200);
    expect(await post(paths[1], { score: '5' })).toBe(200);
    expect((await numbers()).csat).toMatchObject({
      answered: 2,
      satisfiedShare: 1,
      scores: [0, 0, 0, 1, 1],
      comments: [],
    });
    expect(await post(paths[2], { score: '1' })).toBe(200);
    expect((await numbers()).csat).toMatchObject({ answered: 3, comments: ['Too late <b>'] });
    expect(await (await fetch(base + paths[0])).text()).toContain('Too late &#60;b&#62;</textarea>');
    const refused = await rita(`{ incident(id: "${id}") { csat { asked } } }`);
    expect(refused.errors[0]?.extensions['code']).toBe('FORBIDDEN');
    expect(await post('/csat/tkl_' + 'A'.repeat(43), { score: '5' })).toBe(404);
    expect(await post(`${paths[0]}x`, { score: '5' })).toBe(404);
    harness.setClock(Date.now() + 31 * dayMs);
    expect((await fetch(base + paths[0])).status).toBe(404);
    expect(await post(paths[0], { score: '1' })).toBe(404);
    harness.setClock(Date.now());
    // Nobody is asked twice for one incident.
    await executeCommand(pool, id, { type: 'reopen' }, { kind: 'person', name: 'rita' }, Date.now(), null);
    await harness.move(id, 'resolve', 'close');
    await harness.respond.drain();
    expect((await harness.messages('csat/%')).filter(({ title }) => title === `How did INC-${id} go?`)).toHaveLength(3);
  });

  it('go out as Markdown and PDF, and the log as CSV that no spreadsheet runs', async () => {
    const { id } = await addIncident(pool, { title: '=HYPERLINK("http://evil")' });
    const get = (file: string, token?: string) =>
      fetch(
        `${base}/export/incidents/${file}`,
        token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
      );
    expect((await get(`${id}.md`)).status).toBe(401);
    expect((await get(`${id}.md`, harness.tokens.vera)).status).toBe(403);
    expect((await get(`${id}.md`, harness.tokens.rita)).status).toBe(404);
    const review = await start(rita, id);
    await write(
      rita,
      review.id,
      'SUMMARY',
      '# Über *alles*\n\n- Ελληνικά\n- Привет\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<img src=x onerror=alert(1)>',
      0,
    );
    const whys = [
      { id: 'a', question: 'Why *now*?', answer: 'Because' },
      { id: 'b', parentId: 'a', question: 'Why?', answer: 'Deeper' },
    ];
    const factors = [{ category: 'Change', text: 'A [deploy](javascript:x)' }];
    await details(rita, review.id, { whys, factors }, 1);
    const item = {
      incidentId: String(id),
      title: 'Do | it',
      ownerId: await personIdOf(harness.database, 'vera'),
      dueOn: harness.day(3),
    };
    await answer(rita, 'mutation ($input: ActionItemInput!) { done: createActionItem(input: $input) { id } }', {
      input: item,
    });
    const markdown = await get(`${id}.md`, harness.tokens.rita);
    expect(markdown.headers.get('content-disposition')).toBe(`attachment; filename="INC-${id}.md"`);
    const text = await markdown.text();
    expect(text).toContain('## Summary\n\n### Über *alles*');
    expect(text).toContain('- Why \\*now\\*? **Because**\n  - Why? **Deeper**');
    expect(text).toContain('- **Change**: A \\[deploy\\](javascript:x)');
    expect(text).toContain(`- [ ] Do \\| it (Vera =1+1, open, due ${harness.day(3)})`);
    const pdf = await get(`${id}.pdf`, harness.tokens.rita);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    const bytes = Buffer.from(await pdf.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.toString('latin1')).toContain('DejaVuSans-Bold');
    await answer(rita, `mutation { done: addIncidentNote(id: "${id}", text: "+1 \\n@SUM(1)") { id } }`);
    const csv = await (await get(`${id}.csv`, harness.tokens.rita)).text();
    const cells = csv.split('\r\n').flatMap((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
    expect(cells.filter((cell) => /^"?\s*[=+\-@]/.test(cell))).toEqual([]);
    const json = (await (await get(`${id}.json`, harness.tokens.rita)).json()) as readonly { kind: string }[];
    expect(json[0]).toMatchObject({ kind: 'incident.opened' });
    expect((await get('1.exe', harness.tokens.rita)).status).toBe(404);
  });
});
