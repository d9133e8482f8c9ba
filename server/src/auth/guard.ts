import { type Permission, permissions } from '@tocsin/schema/domain/permission';
import { can, canSee } from '@tocsin/schema/domain/permissionCheck';
import { isAtLeast } from '@tocsin/schema/domain/role';
import {
  defaultFieldResolver,
  getNamedType,
  type GraphQLField,
  type GraphQLFieldResolver,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLOutputType,
  type GraphQLSchema,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import type { ApiContext } from '../context.js';
import { ApiFailure } from '../errors.js';
import { type Asked, subjectsOf } from './subjects.js';

type Field = GraphQLField<unknown, ApiContext>;
type Resolve = GraphQLFieldResolver<unknown, ApiContext>;

/** A `keyof` would say that every text is a key. */
const table: Readonly<Record<string, Permission>> = permissions;

/**
 * Puts the permission table between every question and its resolver: Query, Mutation and Subscription as a whole, what is
 * sensitive of other types by its own row, and every field that leads to an incident.
 * @throws Error where a mutation or subscription has no row, or a row no field: what was forgotten does not start
 */
export function guardSchema(schema: GraphQLSchema): GraphQLSchema {
  const missing = new Set(Object.keys(table).filter((key) => !key.startsWith('Route.') && key !== 'Query.*'));
  const problems: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const key = `${type.name}.${field.name}`;
      const row = table[key] ?? (type.name === 'Query' ? table['Query.*'] : undefined);
      missing.delete(key);
      if (row === undefined) {
        if (type.name === 'Mutation' || type.name === 'Subscription') problems.push(`${key} has no permission`);
      } else if (type.name === 'Subscription') {
        field.subscribe = guarded(key, row, field, field.subscribe ?? field.resolve ?? defaultFieldResolver);
      } else {
        field.resolve = guarded(key, row, field, field.resolve ?? defaultFieldResolver);
      }
      if (type.name !== 'Mutation' && mayHide(field)) field.resolve = withoutHidden(field);
    }
  }
  problems.push(...[...missing].map((key) => `${key} is in the permission table only`));
  if (problems.length > 0) throw new Error(problems.join('; '));
  return schema;
}

function guarded(key: string, permission: Permission, field: Field, resolve: Resolve): Resolve {
  return async (source, args: Readonly<Record<string, unknown>>, context, info) => {
    const verdict = await verdictOf(permission, { key, args, source, context });
    if (verdict === 'hidden') {
      if (field.type instanceof GraphQLNonNull) throw new ApiFailure('NOT_FOUND', 'There is no such thing.');
      return null;
    }
    return resolve(source, args, context, info);
  };
}

/** @throws ApiFailure FORBIDDEN, which the audit trail has too */
async function verdictOf(permission: Permission, asked: Asked): Promise<'allowed' | 'hidden'> {
  const { context, key } = asked;
  const subjects = await subjectsOf(permission.subject, asked);
  // What is not there is the resolver's to say; what a token is for at all, it is not.
  const checks = subjects?.map((subject) => [permission, subject] as const) ?? [
    [anybody(permission), nowhere] as const,
  ];
  for (const [needed, subject] of checks) {
    const decision = can(context.viewer, needed, subject);
    if (decision.isAllowed) continue;
    if (decision.as === 'hidden') return 'hidden';
    context.services.auth.refusals.note(context.actor, {
      what: 'permission',
      permission: key,
      detail: decision.message,
    });
    throw new ApiFailure('FORBIDDEN', decision.message);
  }
  return 'allowed';
}

const nowhere = { kind: 'global' } as const;

function anybody({ scope, subject }: Permission): Permission {
  return { role: 'viewer', scope, subject };
}

/** Asks for a route beside GraphQL. @throws ApiFailure FORBIDDEN; NOT_FOUND where the thing is hidden */
export async function guardRoute(
  key: keyof typeof permissions & `Route.${string}`,
  args: Readonly<Record<string, unknown>>,
  context: ApiContext,
): Promise<void> {
  const verdict = await verdictOf(permissions[key], { key, args, source: null, context });
  if (verdict === 'hidden') throw new ApiFailure('NOT_FOUND', 'There is no such thing.');
}

/** Incidents, and rows of the log where a list of them is not of one incident. */
function mayHide(field: Field): boolean {
  const { name } = getNamedType(field.type);
  return name === 'Incident' || (name === 'TimelineEvent' && isList(field.type));
}

function isList(type: GraphQLOutputType): boolean {
  return type instanceof GraphQLNonNull ? isList(type.ofType) : type instanceof GraphQLList;
}

/** Whatever way leads to an incident, one that does not show is not there: null, or left out of the list. */
function withoutHidden(field: Field): Resolve {
  const resolve = field.resolve ?? defaultFieldResolver;
  return async (source, args: Readonly<Record<string, unknown>>, context, info) => {
    const result: unknown = await resolve(source, args, context, info);
    if (Array.isArray(result)) {
      const rows: readonly unknown[] = result;
      const shown = await Promise.all(rows.map((each) => shows(each, context)));
      return rows.filter((_, index) => shown[index]);
    }
    if (await shows(result, context)) return result;
    if (field.type instanceof GraphQLNonNull) throw new ApiFailure('NOT_FOUND', 'There is no such thing.');
    return null;
  };
}

async function shows(value: unknown, context: ApiContext): Promise<boolean> {
  const { viewer } = context;
  if (typeof value !== 'object' || value === null) return true;
  if (isAtLeast(viewer.role, 'manager') && viewer.onlyTeams === null) return true;
  const isUnrestricted = 'isRestricted' in value && value.isRestricted === false;
  if (isUnrestricted && viewer.onlyTeams === null) return true;
  const id = 'incidentId' in value ? value.incidentId : 'id' in value ? value.id : null;
  return typeof id === 'number' ? showsIncident(id, context) : true;
}

/** Whether the incident of this number shows to who asks. */
export async function showsIncident(
  id: number,
  { viewer, loaders }: Pick<ApiContext, 'viewer' | 'loaders'>,
): Promise<boolean> {
  const subject = await loaders.incidentSubject.load(id);
  return subject === null || canSee(viewer, subject);
}
