import { builtInRule } from './correlateWindows.js';
import { groupFieldOf, groupFields } from './ruleField.js';
import type { CorrelationRule, GroupField } from './rule.js';
import { parseTemplate } from './ruleTemplate.js';
import { severities } from './severity.js';

export const notifyModes = ['page', 'record'] as const;
export const onMissingLabels = ['own', 'skip'] as const;
export const resolveModes = ['allResolved', 'manual'] as const;

const day = 86_400;

/** The rule of memberships that no rule decided. */
export const personId = 'person';

export const ruleLimits = {
  rules: 200,
  groupBy: 16,
  name: 100,
  team: 100,
  escalationPolicy: 100,
  comment: 500,
  titleTemplate: 500,
  windowSeconds: { min: 1, max: 7 * day },
  maxAgeSeconds: { min: 60, max: 90 * day },
  thresholdCount: { min: 2, max: 10_000 },
  thresholdSeconds: { min: 1, max: day },
  holdSeconds: { min: 0, max: day },
  quietPeriodSeconds: { min: 0, max: 7 * day },
  reopenWindowSeconds: { min: 0, max: 90 * day },
  maxHops: { min: 0, max: 5 },
} as const;

const { isEnabled, groupBy, windowSeconds, maxAgeSeconds, holdSeconds } = builtInRule;
const { notify, onMissingLabel, resolve, quietPeriodSeconds, reopenWindowSeconds, maxHops } = builtInRule;

/** What a rule has where it says nothing: the values of the built-in rule. */
export const ruleDefaults = {
  isEnabled,
  groupBy,
  windowSeconds,
  maxAgeSeconds,
  holdSeconds,
  notify,
  onMissingLabel,
  resolve,
  quietPeriodSeconds,
  reopenWindowSeconds,
  maxHops,
} as const;

/** A rule as it is stated: `id` null is a new one, `groupBy` are texts that may name nothing. */
export type RuleInput = Omit<CorrelationRule, 'id' | 'groupBy'> & {
  readonly id: string | null;
  readonly groupBy: readonly string[];
};

/** What is wrong with a rule; `field` is e.g. `rules[2].groupBy`. Line, column and position are within an expression. */
export interface RuleProblem {
  readonly field: string;
  readonly message: string;
  readonly at?: { readonly position: number; readonly line: number; readonly column: number };
}

export interface ParsedRules {
  readonly rules: readonly CorrelationRule[];
  /** Empty where the rules may be used. Expressions are looked at when they are compiled. */
  readonly problems: readonly RuleProblem[];
}

/** Kept for the built-in rule, and for what people decided: explanations name `person` as theirs. */
const reservedIds: ReadonlySet<string> = new Set([builtInRule.id, 'builtin', 'built-in', personId]);

/** Tidies the rules, gives new ones an id after their name, and says everything that is wrong with them. */
export function parseRules(inputs: readonly RuleInput[]): ParsedRules {
  if (inputs.length > ruleLimits.rules) {
    return { rules: [], problems: [{ field: 'rules', message: `There may be at most ${ruleLimits.rules} rules.` }] };
  }
  const problems: RuleProblem[] = [];
  const taken = new Set<string>(inputs.flatMap(({ id }) => id ?? []));
  const seen = new Set<string>();
  const rules = inputs.map((input, index) => {
    const report = (field: string, message: string): void =>
      void problems.push({ field: `rules[${index}].${field}`, message });
    const id = input.id ?? newId(input.name, taken);
    taken.add(id);
    if (!/^[a-z0-9][a-z0-9_-]{0,62}$/.test(id)) {
      report('id', 'An id is made of small letters, digits, - and _, at most 63.');
    } else if (id === personId) report('id', `The id ${id} stands for what people decide.`);
    else if (reservedIds.has(id)) report('id', `The id ${id} is the built-in rule's.`);
    else if (seen.has(id)) report('id', `Two rules have the id ${id}.`);
    seen.add(id);
    return parseRule(input, id, report);
  });
  return { rules, problems };
}

type Report = (field: string, message: string) => void;

function parseRule(input: RuleInput, id: string, report: Report): CorrelationRule {
  const { threshold, windowSeconds, maxAgeSeconds } = input;
  const escalationPolicy = textOf('escalationPolicy', input.escalationPolicy ?? null, report);
  for (const field of [
    'windowSeconds',
    'maxAgeSeconds',
    'holdSeconds',
    'quietPeriodSeconds',
    'reopenWindowSeconds',
    'maxHops',
  ] as const) {
    checkNumber(field, input[field], report);
  }
  if (maxAgeSeconds < windowSeconds) report('maxAgeSeconds', 'maxAgeSeconds must not be shorter than windowSeconds.');
  if (threshold !== null) {
    checkNumber('thresholdCount', threshold.count, report);
    checkNumber('thresholdSeconds', threshold.seconds, report);
  }
  if (input.severity !== null && !severities.includes(input.severity)) report('severity', 'There is no such severity.');
  return {
    id,
    name: textOf('name', input.name, report) ?? '',
    isEnabled: input.isEnabled,
    match: blankToNull(input.match),
    groupBy: groupByOf(input.groupBy, report),
    windowSeconds,
    maxAgeSeconds,
    threshold: threshold === null ? null : { count: threshold.count, seconds: threshold.seconds },
    holdSeconds: input.holdSeconds,
    titleTemplate: templateOf(input.titleTemplate, report),
    severity: input.severity,
    team: textOf('team', input.team, report),
    ...(escalationPolicy !== null && { escalationPolicy }),
    notify: input.notify,
    onMissingLabel: input.onMissingLabel,
    resolve: input.resolve,
    quietPeriodSeconds: input.quietPeriodSeconds,
    reopenWindowSeconds: input.reopenWindowSeconds,
    maxHops: input.maxHops,
  };
}

type NumberField = {
  [K in keyof typeof ruleLimits]: (typeof ruleLimits)[K] extends { readonly min: number } ? K : never;
}[keyof typeof ruleLimits];

function checkNumber(field: NumberField, value: number, report: Report): void {
  const { min, max } = ruleLimits[field];
  if (!Number.isInteger(value) || value < min || value > max) {
    report(field, `${field} must be a whole number from ${min} to ${max}, not ${value}.`);
  }
}

function textOf(field: 'name' | 'team' | 'escalationPolicy', value: string | null, report: Report): string | null {
  const text = blankToNull(value)?.trim() ?? null;
  if (text === null && field === 'name') report(field, 'A rule needs a name.');
  if (text !== null && text.length > ruleLimits[field]) {
    report(field, `${field} must have at most ${ruleLimits[field]} characters.`);
  }
  if (text !== null && /\p{Cc}|\p{Cs}/u.test(text)) report(field, `${field} must not hold control characters.`);
  return text;
}

function blankToNull(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text;
}

function groupByOf(texts: readonly string[], report: Report): readonly GroupField[] {
  if (texts.length > ruleLimits.groupBy) report('groupBy', `groupBy has at most ${ruleLimits.groupBy} fields.`);
  const found = new Set<GroupField>();
  for (const text of texts) {
    const field = groupFieldOf(text.trim());
    if (field === null) {
      const shown = text.slice(0, 60);
      report('groupBy', `“${shown}” is no field: there are ${groupFields.join(', ')} and labels.x.`);
    } else found.add(field);
  }
  return [...found];
}

function templateOf(value: string | null, report: Report): string | null {
  const template = blankToNull(value)?.trim() ?? null;
  if (template === null) return null;
  if (template.length > ruleLimits.titleTemplate) {
    report('titleTemplate', `titleTemplate must have at most ${ruleLimits.titleTemplate} characters.`);
  }
  const parsed = parseTemplate(template);
  if (!parsed.isValid) report('titleTemplate', parsed.message);
  return template;
}

/** After the name, so that a file of rules reads well; a number behind it where that is taken. */
function newId(name: string, taken: ReadonlySet<string>): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .match(/[a-z0-9]+/g);
  const base = (words?.join('-') ?? '').slice(0, 50).replace(/-+$/, '') || 'rule';
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(id) && !reservedIds.has(id)) return id;
  }
}
