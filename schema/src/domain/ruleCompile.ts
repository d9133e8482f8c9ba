import { type AlertFacts, type CompiledRule, RuleFailed } from './correlation.js';
import { compileCondition, type Expression } from './expression.js';
import type { ExpressionAlert } from './expressionAlert.js';
import type { CorrelationRule, GroupField, RuleSet } from './rule.js';
import { groupReader } from './ruleField.js';
import type { RuleProblem } from './ruleInput.js';

export interface CompiledRules {
  /** In order; without the disabled ones and those with a problem. */
  readonly rules: readonly CompiledRule[];
  /** Of every rule, disabled ones included. */
  readonly problems: readonly RuleProblem[];
}

/** Compiles the expressions of a rule set: once for each version, never for an alert. */
export function compileRules(ruleSet: RuleSet): CompiledRules {
  const rules: CompiledRule[] = [];
  const problems: RuleProblem[] = [];
  for (const [index, rule] of ruleSet.rules.entries()) {
    const compiled = rule.match === null ? null : compileCondition(rule.match);
    if (compiled?.isValid === false) {
      const { message, ...at } = compiled.error;
      problems.push({ field: `rules[${index}].match`, message, at });
    } else if (rule.isEnabled) rules.push(compiledRule(rule, ruleSet.version, compiled?.expression ?? null));
  }
  return { rules, problems };
}

function compiledRule(
  rule: CorrelationRule,
  version: number,
  condition: Expression<ExpressionAlert> | null,
): CompiledRule {
  const readers = new Map<GroupField, (alert: AlertFacts) => string | null>(
    rule.groupBy.map((field) => [field, groupReader(field)] as const),
  );
  return {
    rule,
    version,
    matches: condition === null ? () => true : (alert) => holds(condition, alert, rule.id),
    groupValue: (alert, field) => (readers.get(field) ?? groupReader(field))(alert),
  };
}

function holds(condition: Expression<ExpressionAlert>, alert: AlertFacts, ruleId: string): boolean {
  const outcome = condition.evaluate(alert);
  if (!outcome.isDone) throw new RuleFailed(ruleId, outcome.message);
  if (typeof outcome.value !== 'boolean') throw new RuleFailed(ruleId, 'The expression gave neither true nor false.');
  return outcome.value;
}
