import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ask } from '../support/apiServer.js';
import { personIdOf } from '../support/done.js';
import { addIncident } from '../support/fixtures.js';
import { answer, details, fields, publish, start, submit, write } from '../support/reviewApi.js';
import { dayMs, type ReviewHarness, startReviewHarness } from '../support/reviewHarness.js';

describe('reviews', () => {
  let harness: ReviewHarness;
  let rita: Ask;
  let ben: Ask;
  let mona: Ask;
  let vera: Ask;
  beforeAll(async () => {
    harness = await startReviewHarness();
    ({ rita, ben, mona, vera } = harness);
  });
  afterAll(() => harness.stop());

  const resolved = async (report: Parameters<typeof addIncident>[1] = {}) => {
    const { id } = await addIncident(harness.database.pool, report);
    await harness.move(id, 'acknowledge', 'resolve');
    return id;
  };
  const messages = async (key: string): Promise<readonly string[]> =>
    (await harness.messages(key)).map(({ handle, title }) => `${handle}: ${title}`);

  it('begin by themselves where the severity asks for one, and nothing closes before they are published', async () => {
    const id = await resolved({ severity: 'critical', title: 'Payments are down' });
    const small = await resolved({ severity: 'low' });
    await harness.respond.drain();
    const review = await answer(vera, `{ done: review(incidentId: "${id}") { ${fields} } }`);
    expect(review).toMatchObject({
      state: 'DRAFT',
      isRequired: true,
      title: `INC-${id} Payments are down`,
      author: { handle: 'rita' },
      impact: { durationSeconds: expect.any(Number) },
    });
    expect(review.timeline.map(({ text }) => text)).toEqual([
      'ada reported the incident (critical)',
      'rita acknowledged the incident',
      'rita resolved the incident',
    ]);
    expect(Date.parse(review.dueAt)).toBeGreaterThan(Date.now() + 5 * dayMs);
    expect(await answer(vera, `{ done: review(incidentId: "${small}") { id } }`)).toBeNull();
    expect(await messages(`review/${review.id}/started/%`)).toEqual([
      `rita: The review of INC-${id} is yours to write`,
    ]);

    const close = () => answer(rita, `mutation { done: closeIncident(id: "${id}") { phase } }`);
    expect(await close()).toMatchObject({
      code: 'INVALID_TRANSITION',
      message: 'A critical incident is closed once its review is published.',
    });
    expect(await submit(rita, review.id, review.version)).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'sections.summary',
    });
    await write(rita, review.id, 'SUMMARY', 'The certificate expired.', 0);
    await write(rita, review.id, 'LESSONS', 'Watch the certificates of the zebra gateway.', 0);
    expect(await submit(rita, review.id, review.version)).toMatchObject({ state: 'IN_REVIEW' });
    expect(await close()).toMatchObject({ code: 'INVALID_TRANSITION' });
    const published = await publish(mona, review.id, review.version + 1);
    expect(published).toMatchObject({ state: 'PUBLISHED', publishedBy: 'mona' });
    expect(await close()).toEqual({ phase: 'CLOSED' });
    expect(await write(rita, review.id, 'SUMMARY', 'Other', 1)).toMatchObject({ code: 'INVALID_TRANSITION' });
    expect(await details(rita, review.id, { title: 'Other' }, published.version)).toMatchObject({
      code: 'INVALID_TRANSITION',
    });
  });

  it('are found by any of their words once they are published, and drafts by their title', async () => {
    const find = async (filter: object) =>
      await answer(
        vera,
        'query ($f: ReviewFilter) { done: reviews(filter: $f) { nodes { title } totalCount { value } } }',
        { f: filter },
      );
    expect((await find({ text: 'zebra certificates' })).nodes).toHaveLength(1);
    expect((await find({ text: 'zebra -certificates' })).nodes).toHaveLength(0);
    expect((await find({ text: `it's "a (broken & query:*` })).nodes).toHaveLength(0);
    const draft = await start(rita, await resolved({ title: 'Giraffe 100%_' }));
    await write(rita, draft.id, 'SUMMARY', 'okapi', 0);
    expect((await find({ text: 'okapi' })).nodes).toHaveLength(0);
    expect(await find({ text: '100%_', states: ['DRAFT'] })).toMatchObject({ totalCount: { value: 1 } });
    expect((await find({ states: ['PUBLISHED'], services: ['checkout'], teams: ['PAYMENTS'] })).nodes).toHaveLength(1);
    expect((await find({ services: ['other'] })).nodes).toHaveLength(0);
  });

  it('keep both texts when two people write the same part, and neither is in the way in another', async () => {
    const { id, version } = await start(rita, await resolved());
    expect(await start(rita, await resolvedOf(id))).toMatchObject({ id });
    const [first, second] = await Promise.all([
      write(rita, id, 'SUMMARY', 'By rita', 0),
      write(ben, id, 'SUMMARY', 'By ben', 0),
    ]);
    const refused = [first, second].find(({ code }) => code !== undefined);
    const saved = [first, second].find(({ code }) => code === undefined);
    expect(refused).toMatchObject({
      code: 'CONFLICT',
      current: saved?.text,
      currentVersion: 1,
      currentBy: saved?.updatedBy,
    });
    expect(await write(rita, id, 'SUMMARY', 'By rita and ben', refused?.currentVersion ?? 0)).toMatchObject({
      version: 2,
    });
    // Sent again after an answer that was lost: it stands there already.
    expect(await write(rita, id, 'SUMMARY', 'By rita and ben', 1)).toMatchObject({ version: 2 });
    expect(await write(ben, id, 'LUCKY', 'It was noon.', 0)).toMatchObject({ version: 1, updatedBy: 'ben' });
    const both = await Promise.all([
      details(rita, id, { factors: [{ category: 'Process', text: 'No alarm' }] }, version),
      details(ben, id, { impact: { customers: 12 } }, version),
    ]);
    expect(both.filter(({ code }) => code === 'CONFLICT')).toHaveLength(1);
  });
  const resolvedOf = async (reviewId: string): Promise<number> =>
    (
      await harness.database.pool.query<{ id: number }>('select incident_id as id from review where id = $1', [
        reviewId,
      ])
    ).rows[0]?.id ?? 0;

  it('go back to who wrote them with a comment, and are published by somebody else who read this version', async () => {
    const incidentId = await resolved();
    const { id } = await start(mona, incidentId);
    await write(mona, id, 'SUMMARY', 'First', 0);
    const named = await details(mona, id, { reviewerId: await personIdOf(harness.database, 'ben') }, 1);
    expect(named).toMatchObject({ reviewer: { handle: 'ben' }, author: { handle: 'mona' } });
    const { version } = await submit(mona, id, named.version);
    expect(await publish(mona, id, version)).toMatchObject({
      code: expect.stringMatching(/FORBIDDEN|INVALID_TRANSITION/),
    });
    expect(await publish(rita, id, version)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await publish(vera, id, version)).toMatchObject({ code: 'FORBIDDEN' });
    await write(mona, id, 'SUMMARY', 'Changed while it was read', 1);
    const operator = harness.server.ask;
    expect(await publish(operator, id, version)).toMatchObject({ code: 'CONFLICT' });
    expect(
      await answer(
        operator,
        `mutation { done: returnReview(id: "${id}", comment: "Say <b>why</b>") { state version submittedAt } }`,
      ),
    ).toMatchObject({ state: 'DRAFT', submittedAt: null });
    await harness.respond.drain();
    expect(await messages('incident.reviewSubmitted/%')).toContain(`ben: mona asks you to review INC-${incidentId}`);
    expect(await messages('incident.reviewReturned/%')).toEqual([
      `mona: operator returned the review of INC-${incidentId}`,
    ]);
    const now = await answer(mona, `{ done: review(incidentId: "${incidentId}") { version isRequired } }`);
    // Its severity asks for one, as the drain found out.
    expect(now).toEqual({ version: version + 3, isRequired: true });
    const again = await submit(mona, id, now.version);
    expect(again).toMatchObject({ state: 'IN_REVIEW' });
    expect(await publish(operator, id, again.version)).toMatchObject({ state: 'PUBLISHED' });
  });

  it('refuse trees that go in circles, in the air or too deep, and texts that are too long', async () => {
    const { id, version } = await start(rita, await resolved());
    const why = (own: string, parentId: string | null) => ({ id: own, parentId, question: 'Why?', answer: 'So' });
    const wrong: readonly (readonly [object, string])[] = [
      [{ whys: [why('a', 'b'), why('b', 'a')] }, 'input.whys'],
      [{ whys: [why('a', 'nowhere')] }, 'input.whys'],
      [{ whys: [why('a', null), why('a', null)] }, 'input.whys'],
      [
        { whys: ['1', '2', '3', '4', '5', '6'].map((own, index) => why(own, index === 0 ? null : String(index))) },
        'input.whys',
      ],
      [{ whys: Array.from({ length: 51 }, (_, index) => why(String(index), null)) }, 'input.whys'],
      [{ factors: [{ category: 'x'.repeat(81), text: 'x' }] }, 'input.factors.category'],
      [{ impact: { customers: -1 } }, 'input.impact.customers'],
      [{ title: ' ' }, 'input.title'],
    ];
    for (const [input, field] of wrong)
      expect(await details(rita, id, input, version)).toMatchObject({ code: 'INVALID_INPUT', field });
    expect(await write(rita, id, 'SUMMARY', 'x'.repeat(50_001), 0)).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'text',
    });
    const deep = ['1', '2', '3', '4', '5'].map((own, index) => why(own, index === 0 ? null : String(index)));
    expect(await details(rita, id, { whys: deep, authorId: null }, version)).toMatchObject({
      whys: deep,
      author: null,
    });
    expect(await details(rita, id, { reviewerId: '999999' }, version + 1)).toMatchObject({ field: 'input.reviewerId' });
  });

  it('of restricted incidents show to nobody else', async () => {
    const incidentId = await resolved({ severity: 'critical', title: 'Okapi stolen' });
    await harness.database.pool.query('update incident set is_restricted = true where id = $1', [incidentId]);
    await start(mona, incidentId);
    const titles = async (ask: Ask) =>
      (await answer(ask, '{ done: reviews { nodes { title } } }')).nodes.map(({ title }) => title);
    expect(await titles(mona)).toContain(`INC-${incidentId} Okapi stolen`);
    expect(await titles(vera)).not.toContain(`INC-${incidentId} Okapi stolen`);
    expect(await answer(vera, `{ done: review(incidentId: "${incidentId}") { id } }`)).toBeNull();
    const made = await answer(
      mona,
      `mutation { done: createActionItem(input: { incidentId: "${incidentId}", title: "Secret" }) { id } }`,
    );
    expect((await answer(vera, '{ done: actionItems { nodes { id } } }')).nodes).not.toContainEqual({ id: made.id });
    expect((await answer(mona, '{ done: actionItems { nodes { id } } }')).nodes).toContainEqual({ id: made.id });
  });

  it('are reminded of before they are due, when they are, and every week after, until they are published', async () => {
    const incidentId = await resolved({ severity: 'critical' });
    await harness.respond.drain();
    const { id, dueAt } = await answer(vera, `{ done: review(incidentId: "${incidentId}") { id dueAt } }`);
    const due = Date.parse(dueAt);
    const told: string[][] = [];
    for (const at of [due - 2 * dayMs, due - dayMs, due, due + 3 * dayMs, due + 7 * dayMs, due + 14 * dayMs]) {
      harness.setClock(at);
      await harness.respond.drain();
      told.push([...(await messages(`review/${id}/due/%`))]);
    }
    const soon = `rita: The review of INC-${incidentId} is due soon`;
    const late = `The review of INC-${incidentId} is overdue`;
    expect(told.map(({ length }) => length)).toEqual([0, 1, 2, 2, 4, 6]);
    expect(told.at(-1)).toEqual([soon, soon, `rita: ${late}`, `mona: ${late}`, `rita: ${late}`, `mona: ${late}`]);
    await harness.database.pool.query(`update review set state = 'published', published_at = now() where id = $1`, [
      id,
    ]);
    harness.setClock(due + 60 * dayMs);
    await harness.respond.drain();
    expect(await messages(`review/${id}/due/%`)).toHaveLength(6);
  });
});
