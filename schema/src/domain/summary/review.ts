import type { ReviewEvents } from '../events/review.js';
import type { Sentences } from './sentences.js';

export const reviewSentences: Sentences<ReviewEvents> = {
  'incident.reviewStarted': (who, { isRequired }) =>
    isRequired ? 'A review is required and was started' : `${who} started a review`,
  'incident.reviewEdited': (who, { parts }) => `${who} edited the review: ${parts.map(partWords).join(', ')}`,
  'incident.reviewSubmitted': (who, { reviewer }) =>
    `${who} submitted the review${reviewer === null ? '' : ` to ${reviewer}`}`,
  'incident.reviewReturned': (who, { comment }) => `${who} returned the review: ${comment}`,
  'incident.reviewPublished': (who) => `${who} published the review`,
  'incident.actionItemChanged': (who, { title, action, owner }) =>
    `${who} ${itemWords[action]} the action item “${title}”${action === 'created' && owner !== null ? ` for ${owner}` : ''}`,
  'incident.csatAsked': (_who, { count }) => `${count} ${count === 1 ? 'person was' : 'people were'} asked how it went`,
  'incident.csatAnswered': (_who, { score }) => `Somebody answered how it went: ${score} of 5`,
};

const itemWords: Readonly<Record<ReviewEvents['incident.actionItemChanged']['action'], string>> = {
  created: 'created',
  changed: 'changed',
  done: 'finished',
  reopened: 'reopened',
  dropped: 'dropped',
};

/** `went_well` → "went well", `dueAt` → "due at" */
function partWords(part: string): string {
  return part.replaceAll('_', ' ').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
