import { withSpan } from '@tocsin/schema/runtime/span';
import type { MiddlewareFn } from 'type-graphql';

/** A span for each resolver; a field that is merely read off its parent is none, or a list would make thousands. */
export const traceResolver: MiddlewareFn = ({ root, info }, next) => {
  const parent: unknown = root;
  if (typeof parent === 'object' && parent !== null && info.fieldName in parent) return next();
  return withSpan(`${info.parentType.name}.${info.fieldName}`, { 'graphql.operation': info.operation.operation }, next);
};
