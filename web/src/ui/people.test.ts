import { describe, expect, it } from 'vitest';
import { initialsOf } from './people.ts';

describe('the initials of a name', () => {
  it.each([
    ['Ada Lovelace', 'AL'],
    ['ada', 'AD'],
    ['Jean Luc  Picard', 'JP'],
    ['  Ö ', 'Ö'],
    ['𝒜da 𝒢ödel', '𝒜𝒢'],
    ['', ''],
  ])('of %j are %j', (name, initials) => expect(initialsOf(name)).toBe(initials));
});
