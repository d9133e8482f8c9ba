import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { done, personIdOf } from '../support/done.js';
import { addIncident } from '../support/fixtures.js';
import { answer, details, fields, start, write } from '../support/reviewApi.js';
import { type ReviewHarness, startReviewHarness } from '../support/reviewHarness.js';

interface Timeline {
  readonly timeline: {
    readonly edges: readonly { readonly node: { readonly kind: string; readonly summary: string } }[];
  };
}

describe('a review that several have open', () => {
  let harness: ReviewHarness;
  beforeAll(async () => {
    harness = await startReviewHarness();
  });
  afterAll(() => harness.stop());

  const begun = async () => {
    const { id } = await addIncident(harness.database.pool, { severity: 'low' });
    return { id, review: await start(harness.rita, id) };
  };
  const giveRole = (incidentId: number, personId: number | string) =>
    done<object>(
      harness.rita,
      `mutation { done: assignIncidentRole(id: "${incidentId}", role: REVIEWER, personId: "${personId}") { id } }`,
    );
  const reviewOf = (id: number) => answer(harness.vera, `{ done: review(incidentId: "${id}") { ${fields} } }`);

  it('says in the log which parts changed, so that the others’ pages ask again; what changes nothing says nothing', async () => {
    const { id, review } = await begun();
    await write(harness.ben, review.id, 'WENT_WELL', 'The alert came first.', 0);
    await write(harness.ben, review.id, 'WENT_WELL', 'The alert came first.', 1);
    const factors = [{ category: 'Change', text: 'A deploy at noon' }];
    await details(harness.rita, review.id, { factors }, review.version);
    await details(harness.rita, review.id, { factors }, review.version + 1);
    const { timeline } = await done<Timeline>(
      harness.vera,
      `{ done: incident(id: "${id}") { timeline(first: 100) { edges { node { kind summary } } } } }`,
    );
    const edits = timeline.edges.flatMap(({ node }) => (node.kind === 'INCIDENT_REVIEW_EDITED' ? [node.summary] : []));
    expect(edits.map((text) => text.replace(/^\w+ /, ''))).toEqual([
      'edited the review: went well',
      'edited the review: factors',
    ]);
  });

  it('is handed to whoever has the role of the reviewer, from the moment they have it until they give it up', async () => {
    const { id } = await begun();
    const [ben, mona] = [await personIdOf(harness.database, 'ben'), await personIdOf(harness.database, 'mona')];
    expect(await reviewOf(id)).toMatchObject({ reviewer: null });
    await giveRole(id, ben);
    expect(await reviewOf(id)).toMatchObject({ reviewer: { handle: 'ben' } });
    await giveRole(id, mona);
    expect(await reviewOf(id)).toMatchObject({ reviewer: { handle: 'mona' } });
    const remove = `mutation { done: removeIncidentRole(id: "${id}", role: REVIEWER, personId: "${mona}") { id } }`;
    await done<object>(harness.rita, remove);
    expect(await reviewOf(id)).toMatchObject({ reviewer: null });
  });
});
