import type { graphql } from '../graphql/graphql.ts';

export type MatchOp = ReturnType<typeof graphql.scalar<'MatchOp'>>;

export interface LabelMatcher {
  readonly name: string;
  readonly op: MatchOp;
  readonly value: string;
}

export const opSymbols = { EQ: '=', NOT_EQ: '!=', REGEX: '=~', NOT_REGEX: '!~' } as const satisfies Record<
  MatchOp,
  string
>;

export const opWords = {
  EQ: 'is',
  NOT_EQ: 'is not',
  REGEX: 'matches',
  NOT_REGEX: 'does not match',
} as const satisfies Record<MatchOp, string>;

export const matchOps: readonly MatchOp[] = ['EQ', 'NOT_EQ', 'REGEX', 'NOT_REGEX'];

function opOf(symbol: string | undefined): MatchOp | undefined {
  return matchOps.find((op) => opSymbols[op] === symbol);
}

function unescape(quoted: string): string {
  return quoted.replace(/\\(.)/gs, (_, each: string) => (each === 'n' ? '\n' : each));
}

/** As Prometheus writes it: `service=~"check.*"`. What `parseMatchers` reads back unchanged. */
export function printMatcher({ name, op, value }: LabelMatcher): string {
  return `${name}${opSymbols[op]}"${value.replace(/[\\"]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`)}"`;
}

// Names of OpenTelemetry hold dots, so a name is whatever cannot be an operator, a quote or a bracket.
const matcherPattern = /\s*([^\s=!~"'{},]+)\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,{}"]*))\s*(?:,\s*|$)/sy;

/** The matchers of `a="b", c=~"d"`, with or without braces. Null where something is not understood. */
export function parseMatchers(text: string): readonly LabelMatcher[] | null {
  const body = text.trim().replace(/^\{(.*)\}$/s, '$1');
  if (body === '') return null;
  const found: LabelMatcher[] = [];
  matcherPattern.lastIndex = 0;
  while (matcherPattern.lastIndex < body.length) {
    const [, name, symbol, quoted, bare] = matcherPattern.exec(body) ?? [];
    const op = opOf(symbol);
    if (name === undefined || op === undefined) return null;
    found.push({ name, op, value: quoted === undefined ? (bare ?? '') : unescape(quoted) });
  }
  return found;
}

/** What is wrong with a matcher, or null. */
export function matcherProblem({ op, value }: LabelMatcher): string | null {
  if (op !== 'REGEX' && op !== 'NOT_REGEX') return null;
  try {
    void new RegExp(value);
    return null;
  } catch {
    return `“${value}” is no regular expression`;
  }
}
