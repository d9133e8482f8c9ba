import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ask } from '../support/apiServer.js';
import { done, personIdOf } from '../support/done.js';
import { addIncident } from '../support/fixtures.js';
import { publish, start, submit, write } from '../support/reviewApi.js';
import { dayMs, type ReviewHarness, startReviewHarness } from '../support/reviewHarness.js';
import type { TestDatabase } from '../support/testDatabase.js';

/** What is read of answers here. */
interface Answered {
  readonly id: string;
  readonly nodes: readonly { readonly title: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly similar: readonly { readonly incident: { readonly id: string } }[];
}
const answer = done<Answered>;
const itemFields = 'id version title state isOverdue ageDays dueOn owner { handle } incident { id }';

describe('lessons', () => {
  let harness: ReviewHarness;
  let database: TestDatabase;
  let rita: Ask;
  let mona: Ask;
  let vera: Ask;
  beforeAll(async () => {
    harness = await startReviewHarness();
    ({ database, rita, mona, vera } = harness);
  });
  afterAll(() => harness.stop());

  const create = (input: object, ask = rita) =>
    answer(ask, `mutation ($input: ActionItemInput!) { done: createActionItem(input: $input) { ${itemFields} } }`, {
      input,
    });
  const setState = (id: string, state: string, ask = rita) =>
    answer(ask, `mutation { done: setActionItemState(id: "${id}", state: ${state}) { state doneAt version } }`);
  const list = (filter: object, ask = vera) =>
    answer(
      ask,
      `query ($f: ActionItemFilter) { done: actionItems(filter: $f) { nodes { ${itemFields} } totalCount { value } } }`,
      { f: filter },
    );

  it('become action items with an owner, a day and an age, each change on the timeline', async () => {
    const incident = await addIncident(database.pool);
    const input = {
      incidentId: String(incident.id),
      title: ' Watch the certificates ',
      ownerId: await personIdOf(database, 'vera'),
      dueOn: harness.day(-1),
    };
    const item = await create(input);
    expect(item).toMatchObject({
      title: 'Watch the certificates',
      state: 'OPEN',
      isOverdue: true,
      ageDays: 0,
      owner: { handle: 'vera' },
    });
    await database.pool.query(`update action_item set created_at = now() - interval '12 days 1 hour' where id = $1`, [
      item.id,
    ]);
    expect((await list({ isOverdue: true })).nodes).toEqual([{ ...item, ageDays: 12 }]);
    expect(await list({ owners: ['rita'] })).toMatchObject({ nodes: [], totalCount: { value: 0 } });
    expect((await list({ owners: ['vera'], teams: ['Payments'], states: ['OPEN'] })).nodes).toHaveLength(1);
    const update = (more: object, version: number, ask = vera) =>
      answer(
        ask,
        `mutation ($input: ActionItemInput!) { done: updateActionItem(id: "${item.id}", input: $input, expectedVersion: ${version}) { version title isOverdue } }`,
        { input: { ...input, ...more } },
      );
    // Its owner may, though a viewer otherwise.
    expect(await update({ title: 'Alert on certificates', dueOn: harness.day(3) }, 1)).toMatchObject({
      version: 2,
      isOverdue: false,
    });
    expect(await update({ title: 'Late' }, 1)).toMatchObject({ code: 'CONFLICT', currentVersion: 2 });
    expect(await setState(item.id, 'DONE', vera)).toMatchObject({
      state: 'DONE',
      version: 3,
      doneAt: expect.any(String),
    });
    expect(await setState(item.id, 'DONE', vera)).toMatchObject({ version: 3 });
    expect((await list({ isOverdue: true })).nodes).toEqual([]);
    expect(await setState(item.id, 'OPEN')).toMatchObject({ state: 'OPEN', doneAt: null });
    expect(await create(input, vera)).toMatchObject({ code: 'FORBIDDEN' });
    const wrong: readonly (readonly [object, string])[] = [
      [{ title: ' ' }, 'input.title'],
      [{ dueOn: '2026-02-30' }, 'input.dueOn'],
      [{ ticketUrl: 'javascript:alert(1)' }, 'input.ticketUrl'],
      [{ ownerId: '999999' }, 'input.ownerId'],
    ];
    for (const [patch, field] of wrong)
      expect(await create({ ...input, ...patch })).toMatchObject({ code: 'INVALID_INPUT', field });
    const { rows } = await database.pool.query<{ action: string }>(
      `select data->>'action' as action from event where incident_id = $1 and kind = 'incident.actionItemChanged' order by position`,
      [incident.id],
    );
    expect(rows.map(({ action }) => action)).toEqual(['created', 'changed', 'done', 'reopened']);
  });

  it('are paged through in the order of their days, each once', async () => {
    const { id } = await addIncident(database.pool);
    const days = [9, 2, null, 2, 5, null];
    for (const [index, offset] of days.entries()) {
      await create({
        incidentId: String(id),
        title: `Item ${index}`,
        dueOn: offset === null ? null : harness.day(offset),
      });
    }
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Answered = await answer(
        vera,
        'query ($f: ActionItemFilter, $a: Cursor) { done: actionItems(filter: $f, first: 2, after: $a) { nodes { title } pageInfo { hasNextPage endCursor } } }',
        { f: { incidentId: String(id) }, a: after },
      );
      seen.push(...page.nodes.map(({ title }) => title));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(['Item 1', 'Item 3', 'Item 4', 'Item 0', 'Item 2', 'Item 5']);
    expect(await answer(vera, '{ done: actionItems(after: "bm8") { nodes { id } } }')).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('remind the owner before the day, on it, and every week after, until it is done', async () => {
    harness.setClock(Date.UTC(2026, 0, 5, 8));
    const { id: incidentId } = await addIncident(database.pool);
    const item = await create({
      incidentId: String(incidentId),
      title: 'Patch',
      ownerId: await personIdOf(database, 'rita'),
      dueOn: '2030-03-12',
    });
    const due = Date.parse('2030-03-12T09:00:00Z');
    const counts: number[] = [];
    for (const offset of [-4, -3, 0, 1, 7, 14]) {
      harness.setClock(due + offset * dayMs);
      await harness.respond.drain();
      counts.push((await harness.messages(`item/${item.id}/due/%`)).length);
    }
    expect(counts).toEqual([0, 1, 2, 2, 3, 4]);
    expect((await harness.messages(`item/${item.id}/due/%`)).at(-1)).toMatchObject({
      handle: 'rita',
      title: `An action item of INC-${incidentId} is overdue`,
    });
    // The API's clock is the same: tokens of today have ended by then.
    harness.setClock(Date.now());
    expect(await setState(item.id, 'DROPPED')).toMatchObject({ state: 'DROPPED' });
    harness.setClock(due + 90 * dayMs);
    await harness.respond.drain();
    expect(await harness.messages(`item/${item.id}/due/%`)).toHaveLength(4);
    harness.setClock(Date.now());
  });

  it('tell whoever gets one, also later on, and remind managers of what is nobody’s', async () => {
    const { id: incidentId } = await addIncident(database.pool, { team: null, services: [] });
    const idOf = (handle: string) => personIdOf(database, handle);
    const input = { incidentId: String(incidentId), title: 'Drill', dueOn: '2031-03-12' };
    const item = await create({ ...input, ownerId: await idOf('ben') });
    const update = (more: object, version: number) =>
      answer(
        rita,
        `mutation ($input: ActionItemInput!) { done: updateActionItem(id: "${item.id}", input: $input, expectedVersion: ${version}) { version } }`,
        { input: { ...input, ...more } },
      );
    await update({ ownerId: await idOf('ben'), title: 'Fire drill' }, 1);
    await update({ ownerId: await idOf('vera') }, 2);
    await harness.respond.drain();
    const told = await harness.messages('incident.actionItemChanged/%');
    expect(told.filter(({ title }) => title.endsWith(`INC-${incidentId}`)).map(({ handle }) => handle)).toEqual([
      'ben',
      'vera',
    ]);
    await update({ ownerId: null }, 3);
    harness.setClock(Date.parse('2031-03-09T09:00:00Z'));
    await harness.respond.drain();
    harness.setClock(Date.now());
    const reminded = (await harness.messages(`item/${item.id}/due/%`)).map(({ handle }) => handle);
    expect(reminded).toContain('mona');
    expect(reminded).not.toContain('vera');
  });

  it('show on similar incidents from the first minute, the most alike first, with what helped', async () => {
    const add = (title: string, services: readonly string[]) =>
      addIncident(database.pool, { title, services, severity: 'low' });
    const twin = await add('Ledger queue stuck', ['ledger']);
    const sibling = await add('Ledger slow', ['ledger', 'queue', 'bank']);
    const stranger = await add('Fridge is warm', ['kitchen']);
    const running = await add('Ledger queue stuck', ['ledger']);
    await answer(
      rita,
      `mutation { done: addIncidentNote(id: "${sibling.id}", text: "Restarted the consumer.") { id } }`,
    );
    for (const { id } of [twin, sibling, stranger]) await harness.move(id, 'acknowledge', 'resolve');
    const review = await start(rita, twin.id);
    await write(rita, review.id, 'SUMMARY', 'x', 0);
    await write(rita, review.id, 'LESSONS', 'Purge the dead letters.', 0);
    const { version } = await submit(rita, review.id, 1);
    await publish(mona, review.id, version);
    const fresh = await add('Ledger queue stuck again', ['ledger']);
    await database.pool.query(
      `update incident set correlation_key = 'k', accepts_alerts = false where id in ($1, $2)`,
      [twin.id, fresh.id],
    );
    const { similar } = await answer(
      vera,
      `{ done: incident(id: "${fresh.id}") { similar { incident { id } because score whatHelped resolvedBy review { state } } } }`,
    );
    expect(similar).toEqual([
      {
        incident: { id: String(twin.id) },
        because: ['The same signature', 'Both on ledger', 'In both titles: ledger, queue, stuck'],
        score: 1,
        whatHelped: 'Purge the dead letters.',
        resolvedBy: 'rita',
        review: { state: 'PUBLISHED' },
      },
      {
        incident: { id: String(sibling.id) },
        because: ['Both on ledger', 'In both titles: ledger'],
        score: expect.any(Number),
        whatHelped: 'Restarted the consumer.',
        resolvedBy: 'rita',
        review: null,
      },
    ]);
    expect(similar.map(({ incident }) => incident.id)).not.toContain(String(running.id));
    await database.pool.query('update incident set is_restricted = true where id = $1', [twin.id]);
    const hidden = await answer(vera, `{ done: incident(id: "${fresh.id}") { similar { incident { id } } } }`);
    expect(hidden.similar).toEqual([{ incident: { id: String(sibling.id) } }]);
  });
});
