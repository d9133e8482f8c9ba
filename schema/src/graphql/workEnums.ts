import './metadata.js';
import { registerEnumType } from 'type-graphql';
import { audiences, componentStates, updateProgresses, updateStates } from '../domain/stakeholderUpdate.js';
import { upperCase } from './enums.js';

function enumOf(name: string, words: readonly string[]): Readonly<Record<string, string>> {
  const values = Object.fromEntries(words.map((word) => [upperCase(word), word]));
  registerEnumType(values, { name });
  return values;
}

export const PinKindEnum = enumOf('PinKind', ['event', 'note', 'attachment', 'trace', 'log', 'chart', 'suspect']);
export const TaskStateEnum = enumOf('TaskState', ['open', 'done', 'dropped']);
export const LinkKindEnum = enumOf('LinkKind', ['chat', 'call', 'ticket', 'document', 'other']);
export const AudienceEnum = enumOf('Audience', audiences);
export const UpdateStateEnum = enumOf('UpdateState', updateStates);
export const UpdateProgressEnum = enumOf('UpdateProgress', updateProgresses);
export const ComponentStateEnum = enumOf('ComponentState', componentStates);
