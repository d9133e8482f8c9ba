import type { Rule, RuleInput } from './rulesQueries.ts';

/** A rule being edited. `key` tells it apart before it has an id. */
export interface DraftRule extends Omit<Rule, 'id' | 'isBuiltIn' | 'matchCount' | 'groupBy'> {
  readonly key: string;
  readonly id: string | null;
  readonly groupBy: readonly string[];
}

/** One saved version: what the draft is compared with. */
export interface DraftBase {
  readonly version: number;
  readonly rules: readonly DraftRule[];
}

export interface DraftState {
  readonly base: DraftBase;
  readonly rules: readonly DraftRule[];
}

export type RulePatch = Partial<Omit<DraftRule, 'key' | 'id'>>;

export type DraftAction =
  /** What the server has now: taken over as long as nothing was changed here. */
  | { readonly type: 'loaded'; readonly base: DraftBase }
  /** Somebody else saved: their changes come in, mine stay on top. */
  | { readonly type: 'rebased'; readonly base: DraftBase }
  | { readonly type: 'saved'; readonly base: DraftBase }
  | { readonly type: 'discarded' }
  | { readonly type: 'added'; readonly rule: DraftRule; readonly after: string | null }
  | { readonly type: 'removed'; readonly key: string }
  | { readonly type: 'moved'; readonly key: string; readonly to: number }
  | { readonly type: 'changed'; readonly key: string; readonly patch: RulePatch }
  /** An older version or a proposal becomes the draft. */
  | { readonly type: 'replaced'; readonly rules: readonly DraftRule[] };

export function draftRuleOf(rule: Rule): DraftRule {
  const { isBuiltIn: _isBuiltIn, matchCount: _matchCount, ...rest } = rule;
  return { ...rest, key: rule.id };
}

/** The editable rules of a version; the built-in one, which nobody edits, is left out. */
export function draftRulesOf(rules: readonly Rule[]): readonly DraftRule[] {
  return rules.filter((rule) => !rule.isBuiltIn).map(draftRuleOf);
}

export function ruleInputOf({ key: _key, ...rule }: DraftRule): RuleInput {
  return {
    ...rule,
    name: rule.name.trim(),
    match: rule.match?.trim() || null,
    titleTemplate: rule.titleTemplate?.trim() || null,
    team: rule.team?.trim() || null,
    escalationPolicy: rule.escalationPolicy?.trim() || null,
    groupBy: [...rule.groupBy],
  };
}

/** A new rule does what the built-in one does until it is told otherwise. */
export function newRule(key: string): DraftRule {
  return {
    key,
    id: null,
    name: 'New rule',
    isEnabled: true,
    match: null,
    groupBy: ['environment', 'service'],
    windowSeconds: 900,
    maxAgeSeconds: 86_400,
    thresholdCount: null,
    thresholdSeconds: null,
    holdSeconds: 0,
    titleTemplate: null,
    severity: null,
    team: null,
    escalationPolicy: null,
    notify: 'PAGE',
    onMissingLabel: 'OWN',
    resolve: 'ALL_RESOLVED',
    quietPeriodSeconds: 120,
    reopenWindowSeconds: 900,
    maxHops: 2,
  };
}

export const isSameRule = (one: DraftRule, other: DraftRule): boolean =>
  JSON.stringify(ruleInputOf(one)) === JSON.stringify(ruleInputOf(other));

export function isChanged({ base, rules }: DraftState): boolean {
  return (
    rules.length !== base.rules.length ||
    rules.some((rule, index) => {
      const before = base.rules[index];
      return before === undefined || before.key !== rule.key || !isSameRule(before, rule);
    })
  );
}

/** A key that no rule of the draft has, neither now nor in what it is compared with. */
export function freshKey({ base, rules }: DraftState): string {
  const taken = new Set([...base.rules, ...rules].map(({ key }) => key));
  let number = 1;
  while (taken.has(`new-${number}`)) number++;
  return `new-${number}`;
}

function moved(rules: readonly DraftRule[], key: string, to: number): readonly DraftRule[] {
  const rule = rules.find((each) => each.key === key);
  if (!rule) return rules;
  const others = rules.filter((each) => each !== rule);
  const place = Math.min(others.length, Math.max(0, to));
  return [...others.slice(0, place), rule, ...others.slice(place)];
}

function inserted(rules: readonly DraftRule[], rule: DraftRule, after: string | null): readonly DraftRule[] {
  const place = rules.findIndex(({ key }) => key === after) + 1;
  return after === null || place === 0 ? [...rules, rule] : [...rules.slice(0, place), rule, ...rules.slice(place)];
}

/** All changes to a draft, pure: the screen only dispatches. */
export function reduceDraft(state: DraftState, action: DraftAction): DraftState {
  switch (action.type) {
    case 'loaded':
      return isChanged(state) ? state : { base: action.base, rules: action.base.rules };
    case 'rebased':
      return { base: action.base, rules: rebased(state, action.base.rules) };
    case 'saved':
      return { base: action.base, rules: action.base.rules };
    case 'discarded':
      return { ...state, rules: state.base.rules };
    case 'added':
      return { ...state, rules: inserted(state.rules, action.rule, action.after) };
    case 'removed':
      return { ...state, rules: state.rules.filter(({ key }) => key !== action.key) };
    case 'moved':
      return { ...state, rules: moved(state.rules, action.key, action.to) };
    case 'changed':
      return {
        ...state,
        rules: state.rules.map((rule) => (rule.key === action.key ? { ...rule, ...action.patch } : rule)),
      };
    case 'replaced':
      return { ...state, rules: action.rules };
  }
}

const keysOf = (rules: readonly DraftRule[]): readonly string[] => rules.map(({ key }) => key);

/** `first` in its order; what only `second` has comes in behind its predecessor there. */
function mergedOrder(first: readonly string[], second: readonly string[]): readonly string[] {
  const order = [...first];
  for (const [index, key] of second.entries()) {
    if (order.includes(key)) continue;
    const before = second[index - 1];
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, key);
  }
  return order;
}

function isReordered(before: readonly DraftRule[], now: readonly DraftRule[]): boolean {
  const common = new Set(keysOf(before).filter((key) => keysOf(now).includes(key)));
  const ordered = (rules: readonly DraftRule[]) => keysOf(rules).filter((key) => common.has(key));
  return ordered(before).join('\n') !== ordered(now).join('\n');
}

/**
 * Three-way merge, rule by rule: what I did not touch follows theirs, what I changed stays mine, what they added comes
 * in, what either removed is gone unless the other changed it.
 */
function rebased({ base, rules }: DraftState, theirs: readonly DraftRule[]): readonly DraftRule[] {
  const find = (list: readonly DraftRule[], key: string) => list.find((rule) => rule.key === key);
  const kept = (key: string): readonly DraftRule[] => {
    const [was, mine, their] = [find(base.rules, key), find(rules, key), find(theirs, key)];
    if (!mine) return their && (!was || !isSameRule(was, their)) ? [their] : [];
    if (their) return [was && isSameRule(was, mine) ? their : mine];
    // They removed it: the id is gone, so what I changed comes back as a new rule.
    if (was && isSameRule(was, mine)) return [];
    return [{ ...mine, id: null }];
  };
  const order = isReordered(base.rules, rules)
    ? mergedOrder(keysOf(rules), keysOf(theirs))
    : mergedOrder(keysOf(theirs), keysOf(rules));
  return order.flatMap(kept);
}
