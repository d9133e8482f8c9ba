import './metadata.js';
import { registerEnumType } from 'type-graphql';
import { actionItemKinds, actionItemStates } from '../domain/actionItem.js';
import { reviewSectionNames, reviewStates } from '../domain/review.js';
import { upperCase } from './enums.js';

function enumOf(name: string, words: readonly string[]): Readonly<Record<string, string>> {
  const values = Object.fromEntries(words.map((word) => [upperCase(word), word]));
  registerEnumType(values, { name });
  return values;
}

export const ReviewStateEnum = enumOf('ReviewState', reviewStates);
export const ReviewSectionNameEnum = enumOf('ReviewSectionName', reviewSectionNames);
export const ActionItemStateEnum = enumOf('ActionItemState', actionItemStates);
export const ActionItemKindEnum = enumOf('ActionItemKind', actionItemKinds);
