import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

export interface Document {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What an argument of this name should be; undefined: anything of its type. */
export type Known = (name: string) => unknown;

/**
 * A document that asks for one field, with every argument it needs made from its type: what gets past the permission is refused
 * for its arguments, or acts on what the test made for it. Null: there is no such field.
 */
export function documentFor(schema: GraphQLSchema, key: string, known: Known): Document | null {
  const [typeName = '', fieldName = ''] = key.split('.');
  const operation = typeName.toLowerCase();
  const root = schema.getType(typeName);
  const field = root && 'getFields' in root ? root.getFields()[fieldName] : undefined;
  if (field === undefined || !('args' in field)) return null;
  const args = field.args.filter(({ name, type }) => isNonNullType(type) || known(name) !== undefined);
  const declared = args.map(({ name, type }) => `$${name}: ${type.toString()}`).join(', ');
  const passed = args.map(({ name }) => `${name}: $${name}`).join(', ');
  const call = args.length === 0 ? fieldName : `${fieldName}(${passed})`;
  return {
    query: `${operation}${args.length === 0 ? '' : ` (${declared})`} { ${call}${selectionOf(field)} }`,
    variables: Object.fromEntries(args.map(({ name, type }) => [name, valueOf(name, type, known)])),
  };
}

function selectionOf({ type }: GraphQLField<unknown, unknown>): string {
  return isCompositeType(getNamedType(type)) ? ' { __typename }' : '';
}

const scalars: Readonly<Record<string, unknown>> = {
  ID: '999999',
  Int: 1,
  Float: 1,
  Boolean: true,
  DateTime: '2026-01-01T00:00:00Z',
  Date: '2026-01-01',
  Cursor: '1_1',
};

function valueOf(name: string, type: GraphQLInputType, known: Known): unknown {
  if (isNonNullType(type)) return valueOf(name, type.ofType, known);
  if (isListType(type)) return Array.isArray(known(name)) ? known(name) : [valueOf(name, type.ofType, known)];
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const needed = fields.filter((each) => isNonNullType(each.type) || known(each.name) !== undefined);
    return Object.fromEntries(needed.map((each) => [each.name, valueOf(each.name, each.type, known)]));
  }
  const given = known(name);
  if (given !== undefined) return given;
  if (isEnumType(type)) return type.getValues()[0]?.name;
  return scalars[type.name] ?? 'x';
}
