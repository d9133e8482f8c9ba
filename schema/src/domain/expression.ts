import {
  type ASTNode,
  type Environment,
  EvaluationError,
  ParseError,
  type ParseResult,
  TypeError,
} from '@marcbachmann/cel-js';
import {
  alertEnvironment,
  alertFields,
  AlertVariables,
  type ExpressionAlert,
  namespaceIdentifier,
} from './expressionAlert.js';
import { bodyEnvironment, type ExpressionBody, jsonOf } from './expressionBody.js';
import {
  type ExpressionIncident,
  incidentEnvironment,
  incidentFieldNames,
  incidentVariables,
  typeIdentifier,
} from './expressionIncidentScope.js';
import { startBudget } from './expressionBudget.js';
import { type ExpressionError, expressionError, ExpressionRefusal } from './expressionError.js';
import { expressionLimits, guardExpression, type Insertion } from './expressionGuard.js';

/** What an expression looks at: an alert's fields, `body`, the JSON of a request, or an incident's fields. */
export type ExpressionEnvironment = 'alert' | 'body' | 'incident';

/** `isMissing`: it read a member that the body does not have; mappings take that for "no value". */
export type ExpressionOutcome =
  | { readonly isDone: true; readonly value: unknown }
  | { readonly isDone: false; readonly message: string; readonly isMissing: boolean };

/** Compiled once, evaluated any number of times. */
export interface Expression<Input> {
  readonly text: string;
  /** The type it gives, in CEL's words: `bool`, `string`, …, `dyn` where only the input decides. */
  readonly type: string;
  /** Never throws. The value is JSON. */
  readonly evaluate: (input: Input) => ExpressionOutcome;
}

export type Compiled<Input> =
  | { readonly isValid: true; readonly expression: Expression<Input> }
  | { readonly isValid: false; readonly error: ExpressionError };

interface Scope {
  readonly environment: Environment;
  readonly fields: ReadonlySet<string>;
  readonly records: ReadonlySet<string>;
}

const scopes: Readonly<Record<ExpressionEnvironment, Scope>> = {
  alert: {
    environment: alertEnvironment(),
    fields: new Set([...alertFields, namespaceIdentifier]),
    records: new Set(['labels', 'annotations']),
  },
  body: { environment: bodyEnvironment(), fields: new Set(['body']), records: new Set() },
  incident: {
    environment: incidentEnvironment(),
    fields: new Set([...incidentFieldNames, typeIdentifier]),
    records: new Set(['labels', 'fields']),
  },
};

/**
 * Compiles CEL with guards: no `matches` (write `re(text, "pattern")`), no loop inside a loop, bounded length, parts, depth,
 * lists and work. Over an alert, what is unknown reads as '': `labels.team == ""` is an alert without a team, as in a
 * Prometheus matcher, and `has(labels.team)` or `"team" in labels` ask whether there is one. Severities compare by weight,
 * with or without quotes: `severity >= high`, `severity == "critical"`, `severity in ["high", "critical"]`.
 */
export function compileExpression(text: string, environment: 'alert'): Compiled<ExpressionAlert>;
export function compileExpression(text: string, environment: 'body'): Compiled<ExpressionBody>;
export function compileExpression(text: string, environment: 'incident'): Compiled<ExpressionIncident>;
export function compileExpression(
  text: string,
  environment: ExpressionEnvironment,
): Compiled<ExpressionAlert> | Compiled<ExpressionBody> | Compiled<ExpressionIncident> {
  try {
    const { run, type } = compile(text, scopes[environment]);
    switch (environment) {
      case 'alert':
        return { isValid: true, expression: alertExpression(text, type, run) };
      case 'body':
        return { isValid: true, expression: bodyExpression(text, type, run) };
      case 'incident':
        return { isValid: true, expression: incidentExpression(text, type, run) };
    }
  } catch (error) {
    return { isValid: false, error: refusalOf(error, text, environment) };
  }
}

/** As {@link compileExpression} over an alert, of what is true or false. */
export function compileCondition(text: string): Compiled<ExpressionAlert> {
  return asCondition(text, compileExpression(text, 'alert'));
}

/** The same of anything that was compiled: refused where it gives something else than true or false. */
export function asCondition<Input>(text: string, compiled: Compiled<Input>): Compiled<Input> {
  if (!compiled.isValid || compiled.expression.type === 'bool' || compiled.expression.type === 'dyn') return compiled;
  const message = `The expression must be true or false, and gives a ${compiled.expression.type}.`;
  return { isValid: false, error: expressionError(text, message, 0) };
}

function compile(text: string, scope: Scope): { readonly run: ParseResult; readonly type: string } {
  if (text.length > expressionLimits.length) {
    throw new ExpressionRefusal(`The expression is longer than ${expressionLimits.length} characters.`, 0);
  }
  if (text.trim() === '') throw new ExpressionRefusal('The expression is empty.', 0);
  const { source, parsed } = parse(text, scope);
  const insertions = guardExpression(parsed.ast, source, scope.fields, scope.records);
  const { valid, error, type = 'dyn' } = parsed.check();
  if (!valid) throw error ?? new ExpressionRefusal('The types of the expression do not fit.', 0);
  const run = scope.environment.parse(insertAll(source, insertions));
  if (!run.check().valid) throw new ExpressionRefusal('The expression cannot be compiled: write it more simply.', 0);
  return { run, type };
}

/** `namespace` is reserved in CEL and an everyday word here: where it stands as a name, a name as long takes its place. */
function parse(text: string, scope: Scope): { readonly source: string; readonly parsed: ParseResult } {
  let source = text;
  for (;;) {
    try {
      const parsed = scope.environment.parse(source);
      const renamed = scope.fields.has(typeIdentifier) ? withTypeField(parsed.ast, source) : source;
      return { source: renamed, parsed: renamed === source ? parsed : scope.environment.parse(renamed) };
    } catch (error) {
      const at = error instanceof ParseError && error.code === 'reserved_identifier' ? error.range?.start : undefined;
      if (at === undefined || !scope.fields.has('namespace') || !source.startsWith('namespace', at)) throw error;
      source = source.slice(0, at) + namespaceIdentifier + source.slice(at + namespaceIdentifier.length);
    }
  }
}

/** Where `type` stands as a name, and is not called, it is the incident's. */
function withTypeField(root: ASTNode, source: string): string {
  let text = source;
  const queue: unknown[] = [root];
  for (let each = queue.pop(); each !== undefined; each = queue.pop()) {
    if (Array.isArray(each)) for (const part of each) queue.push(part);
    else if (isNode(each)) {
      if (each.op === 'id' && each.args === 'type') {
        text = text.slice(0, each.start) + typeIdentifier + text.slice(each.start + typeIdentifier.length);
      } else queue.push(each.args);
    }
  }
  return text;
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

/** Of two openings at one place the later is the outer one, so it stands first. */
function insertAll(source: string, insertions: readonly Insertion[]): string {
  let text = source;
  const fromTheEnd = insertions
    .map((each, index) => ({ ...each, index }))
    .toSorted((a, b) => b.at - a.at || a.index - b.index);
  for (const { at, text: piece } of fromTheEnd) text = text.slice(0, at) + piece + text.slice(at);
  return text;
}

function alertExpression(text: string, type: string, run: ParseResult): Expression<ExpressionAlert> {
  return { text, type, evaluate: (alert) => outcomeOf(run, new AlertVariables(alert), 0) };
}

function bodyExpression(text: string, type: string, run: ParseResult): Expression<ExpressionBody> {
  return { text, type, evaluate: ({ body, size }) => outcomeOf(run, { body }, size) };
}

function incidentExpression(text: string, type: string, run: ParseResult): Expression<ExpressionIncident> {
  return { text, type, evaluate: (incident) => outcomeOf(run, incidentVariables(incident), 0) };
}

function outcomeOf(run: ParseResult, variables: object, inputSize: number): ExpressionOutcome {
  startBudget(inputSize);
  try {
    const value: unknown = run(variables);
    return { isDone: true, value: typeof value === 'boolean' || typeof value === 'string' ? value : jsonOf(value) };
  } catch (error) {
    const isMissing = error instanceof EvaluationError && error.code === 'no_such_key';
    return { isDone: false, message: summaryOf(error), isMissing };
  }
}

function summaryOf(error: unknown): string {
  if (error instanceof EvaluationError || error instanceof ParseError || error instanceof TypeError)
    return error.summary;
  return error instanceof Error ? error.message : String(error);
}

function refusalOf(error: unknown, text: string, environment: ExpressionEnvironment): ExpressionError {
  if (error instanceof ExpressionRefusal) return expressionError(text, error.message, error.position);
  if (error instanceof ParseError || error instanceof TypeError) {
    return expressionError(text, helpfulMessage(error, text, environment), error.range?.start ?? 0);
  }
  // A stack that ran out, say: nothing of the text can be named.
  return expressionError(text, summaryOf(error), 0);
}

function helpfulMessage(error: ParseError | TypeError, text: string, environment: ExpressionEnvironment): string {
  const { code, summary } = error;
  if (summary.startsWith('Unexpected token: EOF')) return 'The expression ends too early.';
  if (/: '?='?$/.test(summary) && error.range && text[error.range.start + 1] !== '=') return 'Compare with `==`.';
  if (code !== 'unknown_variable') return `${summary}.`;
  const name = summary.replace(/^.*: /, '');
  if (environment === 'incident') {
    return `There is no field \`${name}\`. There are ${incidentFieldNames.join(', ')}; a field of the type is \`fields.${name}\`.`;
  }
  return environment === 'body'
    ? `There is no \`${name}\`; everything stands in \`body\`, e.g. \`body.${name}\`.`
    : `There is no field \`${name}\`. There are ${alertFields.join(', ')}; a label is \`labels.${name}\`.`;
}
