import type { Ask } from './apiServer.js';
import { done } from './done.js';

/** What is asked of a review. */
export const fields = `id version state title isRequired dueAt author { handle } reviewer { handle }
  sections { name version text updatedBy } whys { id parentId question answer } factors { category text }
  impact { customers durationSeconds } timeline { text } publishedBy`;

/** What is read of answers about reviews. */
interface Answered {
  readonly id: string;
  readonly version: number;
  readonly dueAt: string;
  readonly timeline: readonly { readonly text: string }[];
  readonly nodes: readonly { readonly title: string }[];
  readonly text: string;
  readonly updatedBy: string;
}
export const answer = done<Answered>;

export const write = (ask: Ask, id: string, name: string, text: string, expectedVersion: number) =>
  answer(
    ask,
    `mutation ($text: String!) { done: saveReviewSection(id: "${id}", name: ${name}, text: $text, expectedVersion: ${expectedVersion}) { version text updatedBy } }`,
    { text },
  );
export const details = (ask: Ask, id: string, input: object, expectedVersion: number) =>
  answer(
    ask,
    `mutation ($input: ReviewDetailsInput!) { done: saveReviewDetails(id: "${id}", input: $input, expectedVersion: ${expectedVersion}) { ${fields} } }`,
    { input },
  );
export const start = (ask: Ask, incidentId: number) =>
  answer(ask, `mutation { done: startReview(incidentId: "${incidentId}") { ${fields} } }`);
export const submit = (ask: Ask, id: string, version: number) =>
  answer(ask, `mutation { done: submitReview(id: "${id}", expectedVersion: ${version}) { ${fields} } }`);
export const publish = (ask: Ask, id: string, version: number) =>
  answer(ask, `mutation { done: publishReview(id: "${id}", expectedVersion: ${version}) { ${fields} } }`);
