import type { LabelMatcher } from '../domain/listFilter.js';

/** Values of one statement, in the order of their placeholders. */
export interface Parameters {
  readonly values: unknown[];
  /** Adds a value and returns its placeholder. */
  readonly bind: (value: unknown) => string;
}

export function createParameters(): Parameters {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}

/** The text as a LIKE pattern that finds it anywhere. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Prometheus's matcher as a condition on `labels`: a missing label counts as empty, a regex matches the whole value. */
export function labelCondition({ name, op, value }: LabelMatcher, { bind }: Parameters): string {
  // Equality with a value is the one that an index could serve.
  if (op === 'EQ' && value !== '') return `labels @> ${bind(JSON.stringify({ [name]: value }))}::jsonb`;
  const actual = `coalesce(labels ->> ${bind(name)}::text, '')`;
  switch (op) {
    case 'EQ':
      return `${actual} = ${bind(value)}`;
    case 'NOT_EQ':
      return `${actual} <> ${bind(value)}`;
    case 'REGEX':
      return `${actual} ~ ${bind(`^(?:${value})$`)}`;
    case 'NOT_REGEX':
      return `${actual} !~ ${bind(`^(?:${value})$`)}`;
  }
}
