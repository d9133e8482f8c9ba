import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getOperationAST,
  GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

/** What one operation may ask for. The dashboard's largest asks for about a sixth of the cost. */
export const limits = {
  depth: 14,
  aliases: 40,
  /** Root fields of one mutation: each is a transaction of its own. */
  mutations: 10,
  /** Root fields of one query that compute on what they are given: each may hold the process for a while. */
  previews: 3,
  tokens: 4_000,
  /** Fields of one selection set, its fragments spread. */
  selections: 200,
  /** Times that one name is answered in one selection set: validation compares each with each. */
  repetitions: 20,
  /** Levels of any document, those of introspection too. */
  nesting: 50,
  /** Selections of a document, its fragments spread. */
  spread: 20_000,
  /** Fields that may be answered: each counts once per row of the lists around it. */
  cost: 60_000,
  pageSize: 200,
  /** Items of one list argument. */
  listLength: 500,
  bodyBytes: 512 * 1024,
  subscriptionsPerConnection: 50,
} as const;

/** A list that takes no `first` is short: labels, links, facets. */
const assumedListLength = 5;

const previewFields: ReadonlySet<string> = new Set([
  'previewTemplate',
  'previewUpdate',
  'dryRunAutomation',
  'previewSchedule',
]);

interface Walk {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  aliases: number;
}

/** What is beyond the limits, as errors to answer with; none where all is well. The document has passed validation. */
export function limitErrors(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>>,
): readonly GraphQLError[] {
  const operation = getOperationAST(document, operationName);
  const root = operation ? schema.getRootType(operation.operation) : null;
  if (!operation || !root) return [];
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const mutations =
    operation.operation === OperationTypeNode.MUTATION ? rootFields(operation.selectionSet, fragments).length : 0;
  if (mutations > limits.mutations)
    return [tooComplex(`A mutation may do at most ${limits.mutations} things at once.`)];
  const previews = rootFields(operation.selectionSet, fragments).filter((name) => previewFields.has(name)).length;
  if (previews > limits.previews) return [tooComplex(`A query may preview at most ${limits.previews} things at once.`)];
  const walk: Walk = { schema, fragments, variables, aliases: 0 };
  try {
    const cost = costOf(operation.selectionSet, root, 1, 1, walk);
    if (cost > limits.cost) throw tooComplex(`The query may answer ${cost} fields; the limit is ${limits.cost}.`);
    if (walk.aliases > limits.aliases) throw tooComplex(`The query has more than ${limits.aliases} aliases.`);
    assertShortLists(variables);
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
  return [];
}

/** Their names, fragments spread: not many, for the shape of the document has been checked. */
function rootFields(set: SelectionSetNode, fragments: Walk['fragments']): readonly string[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    return fragment ? rootFields(fragment.selectionSet, fragments) : [];
  });
}

function costOf(set: SelectionSetNode, type: GraphQLNamedType, depth: number, rows: number, walk: Walk): number {
  if (depth > limits.depth) throw tooComplex(`The query is deeper than ${limits.depth} levels.`);
  let cost = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      cost += fieldCost(selection, type, depth, rows, walk);
    } else {
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? walk.fragments.get(selection.name.value) : selection;
      if (fragment) cost += costOf(fragment.selectionSet, type, depth, rows, walk);
    }
    // Stops a fragment bomb before it is walked to its end.
    if (cost > limits.cost) break;
  }
  return cost;
}

function fieldCost(node: FieldNode, parent: GraphQLNamedType, depth: number, rows: number, walk: Walk): number {
  if (node.alias) walk.aliases++;
  for (const argument of node.arguments ?? []) assertShortLiterals(argument.value);
  // Introspection reads the schema, which is in memory, and its standard query is deep.
  if (node.name.value.startsWith('__')) return 1;
  const field = isObjectType(parent) ? parent.getFields()[node.name.value] : undefined;
  const type = field ? getNamedType(field.type) : undefined;
  if (!field || !type || !node.selectionSet || !isCompositeType(type)) return rows;
  return rows + costOf(node.selectionSet, type, depth + 1, rows * lengthOf(node, field, walk), walk);
}

/** How many rows the field may hold: what `first` says, a guess for other lists, one for the rest. */
function lengthOf(node: FieldNode, field: GraphQLField<unknown, unknown>, walk: Walk): number {
  const first = field.args.find(({ name }) => name === 'first');
  if (first) {
    const value = node.arguments?.find(({ name }) => name.value === 'first')?.value;
    if (value?.kind === Kind.INT) return Math.max(1, Number(value.value));
    const given = value?.kind === Kind.VARIABLE ? walk.variables[value.name.value] : undefined;
    return typeof given === 'number' ? Math.max(1, given) : Number(first.defaultValue ?? limits.pageSize);
  }
  // The connection's own `first` has counted these already.
  if (node.name.value === 'nodes' || node.name.value === 'edges') return 1;
  const type = isNonNullType(field.type) ? field.type.ofType : field.type;
  return isListType(type) ? assumedListLength : 1;
}

function assertShortLiterals(value: ValueNode): void {
  if (value.kind === Kind.LIST) {
    if (value.values.length > limits.listLength) throw tooLong();
    value.values.forEach(assertShortLiterals);
  } else if (value.kind === Kind.OBJECT) {
    value.fields.forEach((field) => assertShortLiterals(field.value));
  }
}

function assertShortLists(value: unknown, depth = 0): void {
  if (depth > limits.depth) throw tooComplex('A variable is nested too deep.');
  if (Array.isArray(value)) {
    if (value.length > limits.listLength) throw tooLong();
    for (const item of value) assertShortLists(item, depth + 1);
  } else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) assertShortLists(item, depth + 1);
  }
}

function tooLong(): GraphQLError {
  return tooComplex(`A list argument has more than ${limits.listLength} items.`);
}

export function tooComplex(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'QUERY_TOO_COMPLEX', http: { status: 400 } } });
}
