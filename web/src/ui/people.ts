import type { Role } from '../graphql/graphql.ts';

/** In order: each may all that the ones before it may. */
export const roles: readonly Role[] = ['VIEWER', 'REPORTER', 'RESPONDER', 'MANAGER', 'ADMIN'];

export const roleWords: Readonly<Record<Role, string>> = {
  VIEWER: 'Viewer',
  REPORTER: 'Reporter',
  RESPONDER: 'Responder',
  MANAGER: 'Manager',
  ADMIN: 'Admin',
};

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** As people count them: a letter with its accents is one. */
function lettersOf(word: string): readonly string[] {
  return Array.from(segmenter.segment(word), ({ segment }) => segment);
}

/** Two letters for a name: of its first and last word, or the first two of its only one. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = words[0] ?? '';
  const last = words.length > 1 ? words.at(-1) : undefined;
  const letters = last === undefined ? lettersOf(first).slice(0, 2) : [lettersOf(first)[0], lettersOf(last)[0]];
  return letters.join('').toLocaleUpperCase('en');
}
