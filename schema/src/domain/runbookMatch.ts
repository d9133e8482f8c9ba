import { compileIncidentCondition, conditionHolds, factsAt, type IncidentFacts } from './expressionIncident.js';
import { nameKey } from './service.js';

interface RunbookRule {
  /** By nameKey; none: any service. */
  readonly serviceKeys: readonly string[];
  /** Keys of types; none: any type. */
  readonly typeKeys: readonly string[];
  readonly condition: string | null;
}

/** Why a runbook belongs to an incident by itself, as a sentence; null: it does not. With nothing set it is attached by hand alone. */
export function runbookReason(rule: RunbookRule, facts: IncidentFacts, now: number): string | null {
  const reasons: string[] = [];
  if (rule.serviceKeys.length > 0) {
    const service = facts.services.find((name) => rule.serviceKeys.includes(nameKey(name)));
    if (service === undefined) return null;
    reasons.push(`service ${service}`);
  }
  if (rule.typeKeys.length > 0) {
    if (!rule.typeKeys.includes(facts.type)) return null;
    reasons.push(`type ${facts.type}`);
  }
  if (rule.condition !== null) {
    const compiled = compileIncidentCondition(rule.condition);
    if (!compiled.isValid) return null;
    const seen = factsAt(facts, { event: '', actorKind: '' }, now, 'UTC');
    if (!conditionHolds(compiled.expression, seen)) return null;
    reasons.push('its condition holds');
  }
  return reasons.length === 0 ? null : reasons.join(', ');
}
