import { expect, it } from 'vitest';
import { mentionsOf } from './mention.js';

it('finds handles that are mentioned, each once and in lower case', () => {
  expect(mentionsOf('@ada and @Bob-2, (@ada) — @eve.')).toEqual(['ada', 'bob-2', 'eve']);
});

it('takes no address, path or code for a mention', () => {
  expect(mentionsOf('mail ada@example.com, https://x/@ada, `@bob`, ```\n@eve\n```')).toEqual([]);
});
