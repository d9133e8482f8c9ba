import { type LabelMatcher } from './labelMatcher.ts';

const special = /[.*+?^${}()|[\]\\]/;

/** The literal values of `a|b\.c`; null for an expression that is more than a list of values. */
function alternatives(expression: string): readonly string[] | null {
  const parts = expression.match(/(?:\\.|[^|\\])+/gs) ?? [];
  const isList = parts.every((part) => !special.test(part.replace(/\\./gs, '')));
  return isList ? parts.map((part) => part.replace(/\\(.)/gs, '$1')) : null;
}

function literalValues({ op, value }: LabelMatcher): readonly string[] | null {
  if (op === 'EQ') return [value];
  return op === 'REGEX' ? alternatives(value) : null;
}

/** The values ticked in the facet of a label. */
export function chosenValues(matchers: readonly LabelMatcher[], name: string): readonly string[] {
  return matchers.flatMap((matcher) => (matcher.name === name ? (literalValues(matcher) ?? []) : []));
}

function matcherFor(name: string, values: readonly string[]): readonly LabelMatcher[] {
  const [first] = values;
  if (first === undefined) return [];
  if (values.length === 1) return [{ name, op: 'EQ', value: first }];
  const value = values.map((each) => each.replace(new RegExp(special, 'g'), String.raw`\$&`)).join('|');
  return [{ name, op: 'REGEX', value }];
}

/** Matchers of one label are combined with "and"; a facet means "any of", which is one matcher with alternatives. */
export function withLabelValues(
  matchers: readonly LabelMatcher[],
  name: string,
  values: readonly string[],
): readonly LabelMatcher[] {
  const others = matchers.filter((matcher) => matcher.name !== name || literalValues(matcher) === null);
  return [...others, ...matcherFor(name, values)];
}
