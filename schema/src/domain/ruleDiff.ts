import { stringify } from 'yaml';
import type { CorrelationRule } from './rule.js';
import { ruleYaml } from './ruleDocument.js';
import { lineDiff } from './serviceDiff.js';

/** What an edit does to one part of the configuration. `diff` holds lines of its YAML behind ` `, `-` or `+`. */
export interface ConfigurationChange {
  readonly kind: 'added' | 'changed' | 'removed' | 'moved';
  readonly what: string;
  readonly name: string;
  readonly diff: readonly string[];
}

/** The differences from one list of rules to another, in the order of the new list, removed ones last. */
export function ruleChanges(
  before: readonly CorrelationRule[],
  after: readonly CorrelationRule[],
): readonly ConfigurationChange[] {
  const old = new Map(before.map((rule) => [rule.id, rule]));
  const kept = new Set(after.map(({ id }) => id));
  const moved = movedIds(before, after);
  const changes: ConfigurationChange[] = [];
  for (const [index, rule] of after.entries()) {
    const was = old.get(rule.id);
    const diff = lineDiff(was === undefined ? [] : linesOf(was), linesOf(rule));
    if (was === undefined) changes.push(changeOf('added', rule.name, diff));
    else if (diff.some((line) => !line.startsWith(' '))) changes.push(changeOf('changed', rule.name, diff));
    if (moved.has(rule.id)) {
      const place = before.findIndex(({ id }) => id === rule.id) + 1;
      changes.push(changeOf('moved', rule.name, [`-place ${place}`, `+place ${index + 1}`]));
    }
  }
  const removed = before.filter(({ id }) => !kept.has(id));
  return [...changes, ...removed.map((rule) => changeOf('removed', rule.name, lineDiff(linesOf(rule), [])))];
}

function changeOf(kind: ConfigurationChange['kind'], name: string, diff: readonly string[]): ConfigurationChange {
  return { kind, what: 'rule', name, diff };
}

function linesOf(rule: CorrelationRule): readonly string[] {
  return stringify(ruleYaml(rule), { lineWidth: 0 }).trimEnd().split('\n');
}

/** The fewest rules whose move explains the new order: those outside the longest run that kept its order. */
function movedIds(before: readonly CorrelationRule[], after: readonly CorrelationRule[]): ReadonlySet<string> {
  const places = new Map(before.map(({ id }, index) => [id, index]));
  const common = after.flatMap(({ id }) => places.get(id) ?? []);
  const longest: number[] = [];
  const previous: number[] = [];
  let best = -1;
  for (const [i, place] of common.entries()) {
    longest[i] = 1;
    previous[i] = -1;
    for (let j = 0; j < i; j++) {
      if ((common[j] ?? 0) < place && (longest[j] ?? 0) + 1 > (longest[i] ?? 0)) {
        longest[i] = (longest[j] ?? 0) + 1;
        previous[i] = j;
      }
    }
    if (best < 0 || (longest[i] ?? 0) > (longest[best] ?? 0)) best = i;
  }
  const stayed = new Set<number>();
  for (let i = best; i >= 0; i = previous[i] ?? -1) stayed.add(common[i] ?? -1);
  return new Set(before.filter((_, index) => common.includes(index) && !stayed.has(index)).map(({ id }) => id));
}
