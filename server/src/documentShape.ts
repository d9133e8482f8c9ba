import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { Refusal } from './auth/admission.js';
import { limits, tooComplex } from './limits.js';

interface Walk {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  left: number;
}

/**
 * What no document may look like, asked before it is validated: validation compares every two fields that answer under one name,
 * so what repeats a name often holds the process for seconds before any other limit is asked.
 */
export function shapeErrors({ definitions }: DocumentNode): readonly GraphQLError[] {
  const fragments = new Map(
    definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [])),
  );
  const walk: Walk = { fragments, left: limits.spread };
  for (const definition of definitions) {
    // Fragments as well: one that nothing spreads is validated too.
    if (!('selectionSet' in definition)) continue;
    const problem = problemOf([definition.selectionSet], walk);
    if (problem !== null) return [tooComplex(problem)];
  }
  return [];
}

/** @param asked the body of a request, or its query string. What has no document, or none that parses, is for others to refuse. */
export function refusalOfShape(asked: unknown): Refusal | null {
  if (typeof asked !== 'object' || asked === null || !('query' in asked) || typeof asked.query !== 'string')
    return null;
  const [error] = shapeErrors(parsed(asked.query));
  return error === undefined ? null : { status: 400, code: 'QUERY_TOO_COMPLEX', message: error.message };
}

const nothing: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };

function parsed(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: limits.tokens, noLocation: true });
  } catch {
    return nothing;
  }
}

/** Level by level: fields that answer under one name are one to validation, and so is what is below them. */
function problemOf(sets: readonly SelectionSetNode[], walk: Walk, depth = 1): string | null {
  if (depth > limits.nesting) return `The query is deeper than ${limits.nesting} levels.`;
  const byName = new Map<string, FieldNode[]>();
  let count = 0;
  for (const field of fieldsOf(sets, walk)) {
    const name = (field.alias ?? field.name).value;
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [field]);
    else same.push(field);
    if (++count > limits.selections) return `A selection has more than ${limits.selections} fields.`;
    if (same && same.length > limits.repetitions)
      return `A selection has ${name} more than ${limits.repetitions} times.`;
  }
  if (walk.left <= 0) return `The query has more than ${limits.spread} fields.`;
  for (const fields of byName.values()) {
    const below = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
    const problem = below.length === 0 ? null : problemOf(below, walk, depth + 1);
    if (problem !== null) return problem;
  }
  return null;
}

/** Ends where too much was spread: fragments may name themselves, which validation has not refused yet. */
function* fieldsOf(sets: readonly SelectionSetNode[], walk: Walk): Generator<FieldNode> {
  const waiting = [...sets];
  for (let set = waiting.pop(); set !== undefined; set = waiting.pop()) {
    for (const selection of set.selections) {
      if (--walk.left <= 0) return;
      if (selection.kind === Kind.FIELD) yield selection;
      else {
        const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? walk.fragments.get(selection.name.value) : selection;
        if (fragment) waiting.push(fragment.selectionSet);
      }
    }
  }
}
