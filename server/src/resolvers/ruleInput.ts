import type { CorrelationRule } from '@tocsin/schema/domain/rule';
import { checkedRules } from '@tocsin/schema/domain/ruleCheck';
import type { RuleInput } from '@tocsin/schema/domain/ruleInput';
import type { CorrelationRuleInput } from '@tocsin/schema/graphql/rule';
import { invalidInput } from '../errors.js';

/** @throws ApiFailure INVALID_INPUT, DomainFailure EXPRESSION_INVALID, naming the first field that is wrong */
export function rulesOf(inputs: readonly CorrelationRuleInput[]): readonly CorrelationRule[] {
  return checkedRules(inputs.map(ruleInputOf));
}

export function ruleInputOf(input: CorrelationRuleInput, index: number): RuleInput {
  const { thresholdCount, thresholdSeconds, ...rest } = input;
  if ((thresholdCount ?? null) === null && (thresholdSeconds ?? null) !== null) {
    throw invalidInput(`rules[${index}].thresholdCount`, 'thresholdSeconds needs a thresholdCount.');
  }
  if ((thresholdSeconds ?? null) === null && (thresholdCount ?? null) !== null) {
    throw invalidInput(`rules[${index}].thresholdSeconds`, 'thresholdCount needs thresholdSeconds.');
  }
  return {
    ...rest,
    id: input.id ?? null,
    match: input.match ?? null,
    threshold:
      thresholdCount == null || thresholdSeconds == null ? null : { count: thresholdCount, seconds: thresholdSeconds },
    titleTemplate: input.titleTemplate ?? null,
    severity: input.severity ?? null,
    team: input.team ?? null,
  };
}

/** The rule as the API shows it; its `matchCount` is counted when it is asked for. */
export function ruleObjectOf(rule: CorrelationRule, isBuiltIn = false): object {
  const { threshold, ...rest } = rule;
  return { ...rest, thresholdCount: threshold?.count ?? null, thresholdSeconds: threshold?.seconds ?? null, isBuiltIn };
}
