import { compileExpression, type Compiled } from './expression.js';
import { expressionBody, type ExpressionBody } from './expressionBody.js';
import { BadField, isRecord, kindOf } from './fields.js';
import { genericDraftOf, type GenericFields } from './genericAlert.js';
import { fieldsOf } from './genericFields.js';
import type { Draft } from './normalise.js';
import type { Integration } from './source.js';

/** `alerts` is the list of alerts in a body that holds several; the others are fields of one alert. */
export const mappedFields = [
  'title',
  'status',
  'severity',
  'fingerprint',
  'service',
  'environment',
  'summary',
  'description',
  'startsAt',
  'endsAt',
  'labels',
  'url',
  'groupKey',
  'alerts',
] as const;
export type MappedField = (typeof mappedFields)[number];

/** Where a field stands in a body: a CEL expression over `body`. */
export interface FieldMapping {
  readonly field: MappedField;
  readonly expression: string;
}

export interface MappingError {
  readonly field: MappedField;
  readonly message: string;
  /** In the expression; null where the expression is right and what it gives is not. */
  readonly at: { readonly position: number; readonly line: number; readonly column: number } | null;
}

/** One alert of a body, still as it was sent. */
export interface MappedElement {
  /** Where it stands: `` where the body is the alert, else e.g. `alerts[3]`. */
  readonly path: string;
  readonly sent: unknown;
  readonly input: ExpressionBody;
}

/** As many as a batch holds; more in one body would keep everybody else waiting. */
const mostAlerts = 1_000;

/** Compiling takes about a millisecond and evaluating some microseconds: each text is compiled once a process. */
const compiled = new Map<string, Compiled<ExpressionBody>>();
const mostCompiled = 2_000;

function compile(text: string): Compiled<ExpressionBody> {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  if (compiled.size >= mostCompiled) compiled.clear();
  const fresh = compileExpression(text, 'body');
  compiled.set(text, fresh);
  return fresh;
}

/** What is wrong with a mapping before any body is seen; empty where it can be saved. */
export function checkMapping(mapping: readonly FieldMapping[]): readonly MappingError[] {
  const seen = new Set<MappedField>();
  return mapping.flatMap(({ field, expression }): MappingError[] => {
    if (seen.has(field)) return [{ field, message: `${field} is mapped twice.`, at: null }];
    seen.add(field);
    // Compiled past the cache: what is being typed must not push out what is in use.
    const result = compiled.get(expression) ?? compileExpression(expression, 'body');
    if (result.isValid) return [];
    const { message, ...at } = result.error;
    return [{ field, message, at }];
  });
}

/**
 * The alerts of a body: itself, or what the expression of `alerts` gives. In such a list `body` is the element, and the whole
 * body stands in `body._body`. @throws BadField
 */
export function mappedElements(json: unknown, mapping: readonly FieldMapping[]): readonly MappedElement[] {
  const whole = ready(json);
  const list = mapping.find(({ field }) => field === 'alerts');
  if (list === undefined) return [{ path: '', sent: json, input: whole }];
  const found = evaluateMapped(list, whole);
  if (found === null) {
    const { expression } = list;
    const message = `the integration's mapping reads a list of alerts from \`${expression.slice(0, 200)}\`, which finds nothing in this body: send that, or mend the mapping`;
    throw new BadField(message, 'alerts');
  }
  if (!Array.isArray(found)) throw new BadField(`the expression gives ${kindOf(found)}, not a list`, 'alerts');
  if (found.length > mostAlerts) {
    throw new BadField(`has ${found.length} elements, at most ${mostAlerts} are read: send fewer at a time`, 'alerts');
  }
  return found.map((sent: unknown, index) => ({ path: `alerts[${index}]`, sent, input: inside(whole, sent) }));
}

/** One alert on its own, without the body that it came in. @throws BadField */
export function mappedElement(sent: unknown): MappedElement {
  return { path: '', sent, input: ready(sent) };
}

function ready(json: unknown): ExpressionBody {
  try {
    return expressionBody(json);
  } catch (failure) {
    throw new BadField(failure instanceof Error ? failure.message : 'the body cannot be read');
  }
}

function inside(whole: ExpressionBody, sent: unknown): ExpressionBody {
  const { body, size } = ready(sent);
  if (!(body instanceof Map) || body.has('_body')) return { body, size };
  // A loop over the whole body, in each of its elements, costs accordingly.
  return { body: new Map([...body, ['_body', whole.body]]), size: size + whole.size };
}

/** Under which of the generic adapter's names each field is read. */
const genericNames: Readonly<Record<Exclude<MappedField, 'alerts'>, keyof GenericFields>> = {
  title: 'title',
  status: 'status',
  severity: 'severity',
  fingerprint: 'dedupKey',
  service: 'service',
  environment: 'environment',
  summary: 'summary',
  description: 'description',
  startsAt: 'startsAt',
  endsAt: 'endsAt',
  labels: 'labels',
  url: 'url',
  groupKey: 'groupKey',
};

/**
 * One alert as its mapping reads it. A field that is not mapped is read as without a mapping; one whose expression finds
 * nothing is absent. @throws BadField naming the field
 */
export function mappedDraft(
  { sent, input }: MappedElement,
  mapping: readonly FieldMapping[],
  integration: Integration,
): Draft {
  const fields: Partial<Record<keyof GenericFields, unknown>> = isRecord(sent) ? { ...fieldsOf(sent) } : {};
  let emptyTitle: string | null = null;
  for (const each of mapping) {
    if (each.field === 'alerts') continue;
    const value = evaluateMapped(each, input);
    const isEmpty = value === null || value === '';
    if (isEmpty && each.field === 'title') emptyTitle = each.expression;
    fields[genericNames[each.field]] = isEmpty ? undefined : value;
  }
  try {
    return genericDraftOf(fields, integration);
  } catch (failure) {
    if (!(failure instanceof BadField) || failure.steps[0] !== 'title' || emptyTitle === null) throw failure;
    throw new BadField(titleMissing(emptyTitle), 'title');
  }
}

/** Without this the answer asks for a `title`, which the mapping would not read. */
function titleMissing(expression: string): string {
  const shown = expression.length > 200 ? `${expression.slice(0, 200)}…` : expression;
  return `the integration's mapping reads it from \`${shown}\`, which finds nothing in this body: send that, or mend the mapping`;
}

/**
 * Whether the mapping finds an alert in a body: its list, or a state. What a change is by its own words is one where it does
 * not: a title alone is found in both.
 */
export function mapsAlert(json: unknown, mapping: readonly FieldMapping[]): boolean {
  return mapping
    .filter(({ field }) => field === 'alerts' || field === 'status')
    .some((each) => {
      try {
        return evaluateMapped(each, ready(json)) !== null;
      } catch (failure) {
        if (!(failure instanceof BadField)) throw failure;
        return false;
      }
    });
}

/** What an expression gives; null where the body has no such member. @throws BadField */
export function evaluateMapped({ field, expression }: FieldMapping, input: ExpressionBody): unknown {
  const result = compile(expression);
  // Refused when it was saved; a later version may have stricter guards.
  if (!result.isValid) throw new BadField(`its expression is refused: ${result.error.message}`, field);
  const outcome = result.expression.evaluate(input);
  if (outcome.isDone) return outcome.value;
  if (outcome.isMissing) return null;
  throw new BadField(`its expression failed: ${outcome.message}`, field);
}
