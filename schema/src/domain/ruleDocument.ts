import { z } from 'zod';
import type { CorrelationRule } from './rule.js';
import { notifyModes, onMissingLabels, resolveModes, ruleDefaults, type RuleInput } from './ruleInput.js';
import { severities } from './severity.js';

const text = z.string().nullish();
const seconds = z.int();

/** One rule of a YAML file. An unknown key is refused: a misspelt one would be a setting that silently does nothing. */
const ruleShape = z.strictObject({
  id: text,
  name: z.string(),
  isEnabled: z.boolean().default(ruleDefaults.isEnabled),
  match: text,
  groupBy: z.array(z.string()).default([...ruleDefaults.groupBy]),
  windowSeconds: seconds.default(ruleDefaults.windowSeconds),
  maxAgeSeconds: seconds.default(ruleDefaults.maxAgeSeconds),
  threshold: z.strictObject({ count: z.int(), seconds }).nullish(),
  holdSeconds: seconds.default(ruleDefaults.holdSeconds),
  titleTemplate: text,
  severity: z.enum(severities).nullish(),
  team: text,
  escalationPolicy: text,
  notify: z.enum(notifyModes).default(ruleDefaults.notify),
  onMissingLabel: z.enum(onMissingLabels).default(ruleDefaults.onMissingLabel),
  resolve: z.enum(resolveModes).default(ruleDefaults.resolve),
  quietPeriodSeconds: seconds.default(ruleDefaults.quietPeriodSeconds),
  reopenWindowSeconds: seconds.default(ruleDefaults.reopenWindowSeconds),
  maxHops: z.int().default(ruleDefaults.maxHops),
});

export type ParsedRuleDocument =
  | { readonly isValid: true; readonly inputs: readonly RuleInput[] }
  | { readonly isValid: false; readonly field: string; readonly message: string };

/** Reads the `rules` of a YAML document. */
export function parseRuleDocument(value: unknown): ParsedRuleDocument {
  const parsed = z.array(ruleShape).safeParse(value);
  if (!parsed.success) return { isValid: false, ...faultOf(parsed.error) };
  const inputs = parsed.data.map((rule) => ({
    ...rule,
    id: rule.id ?? null,
    match: rule.match ?? null,
    threshold: rule.threshold ?? null,
    titleTemplate: rule.titleTemplate ?? null,
    severity: rule.severity ?? null,
    team: rule.team ?? null,
    escalationPolicy: rule.escalationPolicy ?? null,
  }));
  return { isValid: true, inputs };
}

function faultOf(error: z.ZodError): { readonly field: string; readonly message: string } {
  const [issue] = error.issues;
  const path = (issue?.path ?? [])
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  return { field: `rules${path}`, message: `rules${path}: ${issue?.message ?? 'is no list of rules'}.` };
}

/** The rule as it stands in a YAML file: numbers always, so that no later default changes it; without what it does not state. */
export function ruleYaml(rule: CorrelationRule): Readonly<Record<string, unknown>> {
  const { id, name, isEnabled, match, groupBy, threshold, ...others } = rule;
  const stated: Record<string, unknown> = { id, name };
  if (!isEnabled) stated['isEnabled'] = false;
  if (match !== null) stated['match'] = match;
  if (groupBy.length > 0) stated['groupBy'] = groupBy;
  const { windowSeconds, maxAgeSeconds, ...behind } = others;
  for (const [key, value] of Object.entries({ windowSeconds, maxAgeSeconds, threshold, ...behind })) {
    if (value !== null) stated[key] = value;
  }
  return stated;
}
