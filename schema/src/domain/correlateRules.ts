import type { Labels } from './alert.js';
import { RuleFailed, type AlertFacts, type CompiledRule } from './correlation.js';
import type { Subject } from './correlateSubject.js';
import { compiledBuiltInRule } from './correlateWindows.js';

export interface ChosenRule {
  readonly rule: CompiledRule;
  /** Unique over rules and values, e.g. `default · environment="production" service="checkout"`. */
  readonly key: string;
  readonly values: Labels;
  readonly failures: readonly { readonly ruleId: string; readonly message: string }[];
}

const chosen = new WeakMap<AlertFacts, { readonly rules: readonly CompiledRule[]; readonly choice: ChosenRule }>();

/** The first rule that matches the alert and finds the fields it groups by; the built-in rule where none does. */
export function chooseRule(alert: AlertFacts, rules: readonly CompiledRule[], subject: Subject): ChosenRule {
  const known = chosen.get(alert);
  if (known?.rules === rules) return known.choice;
  const choice = choose(alert, rules, subject);
  chosen.set(alert, { rules, choice });
  return choice;
}

function choose(alert: AlertFacts, rules: readonly CompiledRule[], subject: Subject): ChosenRule {
  const failures: { ruleId: string; message: string }[] = [];
  for (const rule of rules) {
    if (!rule.rule.isEnabled || rule.rule.id === compiledBuiltInRule.rule.id) continue;
    try {
      if (!rule.matches(alert)) continue;
      const values = rule.rule.groupBy.length === 0 ? builtInValues(alert, subject) : groupValues(alert, rule);
      if (values !== null) return { rule, values, key: keyText(rule, values), failures };
    } catch (error) {
      if (!(error instanceof RuleFailed)) throw error;
      failures.push({ ruleId: error.ruleId, message: error.message });
    }
  }
  const builtIn = rules.find(({ rule }) => rule.id === compiledBuiltInRule.rule.id) ?? compiledBuiltInRule;
  const values = builtInValues(alert, subject);
  return { rule: builtIn, values, key: keyText(builtIn, values), failures };
}

/** Null where a field is missing and the rule then leaves the alert to the next one. There is no shared "none" bucket. */
function groupValues(alert: AlertFacts, rule: CompiledRule): Labels | null {
  const { groupBy, onMissingLabel } = rule.rule;
  const values: Record<string, string> = {};
  let isWhole = true;
  for (const field of groupBy) {
    const value = rule.groupValue(alert, field);
    if (value !== null) values[field] = value;
    // What names no environment is told apart by the other fields.
    else isWhole &&= field === 'environment' && groupBy.length > 1;
  }
  if (isWhole) return values;
  const own = { integration: String(alert.integrationId), fingerprint: alert.fingerprint };
  return onMissingLabel === 'skip' ? null : own;
}

/** The signature of what an alert opens without rules: what it is about, where. */
function builtInValues(alert: AlertFacts, { service, hosts, environment }: Subject): Labels {
  const where = environment === null ? {} : { environment };
  if (service !== null) return { ...where, service };
  const [host] = hosts;
  if (host !== undefined) return { ...where, host };
  const integration = String(alert.integrationId);
  if (alert.groupKey !== null) return { ...where, integration, groupKey: alert.groupKey };
  return { integration, fingerprint: alert.fingerprint };
}

function keyText({ rule }: CompiledRule, values: Labels): string {
  const pairs = Object.entries(values).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `${rule.id} · ${pairs.join(' ')}`;
}
