import { z } from 'zod';
import { nameKey } from '../service.js';

/** How one kind of configuration stands in a file. An unknown key is refused: a misspelt one would silently do nothing. */
export interface Format<E> {
  /** The section's name. */
  readonly key: string;
  /** What a change calls it, e.g. `team`. */
  readonly what: string;
  readonly shape: z.ZodType<E>;
  /** There is one of it, and the section is no list. */
  readonly isSingle: boolean;
  readonly nameOf: (entry: E) => string;
  /** Whether `A` and `a` are two things. */
  readonly isCaseSensitive?: true;
  /** Several may have one name: the first stated is then the first stored. */
  readonly mayRepeat?: true;
  /** Without what it does not state, in the order in which a file has it. */
  readonly yaml: (entry: E) => unknown;
}

/** Entries of a section are the same thing where this is the same. */
export function identityOf<E>(format: Format<E>, entry: E): string {
  const name = format.nameOf(entry);
  return format.isCaseSensitive ? name : nameKey(name);
}

export const text = z.string().trim().min(1);
export const optionalText = z
  .string()
  .trim()
  .nullish()
  .transform((value) => (value === '' ? null : (value ?? null)));
/** The parts that say something: null, false and empty lists are what a file means by leaving them out. */
export function stated(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => {
      if (each === null || each === undefined || each === false) return false;
      return !(Array.isArray(each) && each.length === 0);
    }),
  );
}
