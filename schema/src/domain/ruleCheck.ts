import { DomainFailure } from './errors.js';
import type { CorrelationRule } from './rule.js';
import { compileRules } from './ruleCompile.js';
import { parseRules, type RuleInput, type RuleProblem } from './ruleInput.js';

/**
 * The rules, tidied and with their ids, once nothing is wrong with any of them.
 * @throws DomainFailure INVALID_INPUT, EXPRESSION_INVALID, naming the first field that is wrong
 */
export function checkedRules(inputs: readonly RuleInput[]): readonly CorrelationRule[] {
  const { rules, problems } = parseRules(inputs);
  const [problem] = [...problems, ...compileRules({ version: 0, rules }).problems];
  if (problem !== undefined) throw failureOf(problem);
  return rules;
}

function failureOf({ field, message, at }: RuleProblem): DomainFailure {
  return new DomainFailure(
    at === undefined
      ? { code: 'INVALID_INPUT', field, message }
      : { code: 'EXPRESSION_INVALID', field, message, ...at },
  );
}
