import type { DomainError } from './errors.js';
import { asCondition, compileExpression, type Expression } from './expression.js';
import type { ExpressionIncident } from './expressionIncidentScope.js';
import { zoneOf } from './recurrenceZone.js';

export type { ExpressionIncident } from './expressionIncidentScope.js';

export type CompiledCondition =
  | { readonly isValid: true; readonly expression: Expression<ExpressionIncident> }
  | { readonly isValid: false; readonly error: DomainError };

/**
 * Compiles a condition over an incident, as rules have them over alerts: `severity >= high && "db" in services`,
 * `phase == "acknowledged"`, `fields.customer != ""`.
 * @param field what the error names. @default 'condition'
 */
export function compileIncidentCondition(text: string, field = 'condition'): CompiledCondition {
  const compiled = asCondition(text, compileExpression(text, 'incident'));
  if (compiled.isValid) return compiled;
  return { isValid: false, error: { code: 'EXPRESSION_INVALID', field, ...compiled.error } };
}

/** Whether a condition holds; one that fails while it is evaluated does not. */
export function conditionHolds(
  expression: Expression<ExpressionIncident> | null,
  incident: ExpressionIncident,
): boolean {
  if (expression === null) return true;
  const outcome = expression.evaluate(incident);
  return outcome.isDone && outcome.value === true;
}

/** What of an incident does not depend on when and why one looks. */
export type IncidentFacts = Omit<ExpressionIncident, 'event' | 'actorKind' | 'hour' | 'weekday'>;

/** The facts as an expression sees them. @param instant epoch milliseconds; @param timeZone IANA name */
export function factsAt(
  facts: IncidentFacts,
  event: { readonly event: string; readonly actorKind: string },
  instant: number,
  timeZone: string,
): ExpressionIncident {
  const wall = new Date(zoneOf(timeZone).wallOf(instant));
  return { ...facts, ...event, hour: wall.getUTCHours(), weekday: wall.getUTCDay() === 0 ? 7 : wall.getUTCDay() };
}
