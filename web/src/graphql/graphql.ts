import { initGraphQLTada } from 'gql.tada';
import type { introspection } from '../graphql-env.d.ts';

/** Typed documents from `schema/schema.graphql`. Fragments are not masked: rows are passed between lists and the live feed. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { DateTime: string; Date: string; Cursor: string };
}>();

export type Role = ReturnType<typeof graphql.scalar<'Role'>>;
export type TokenScope = ReturnType<typeof graphql.scalar<'TokenScope'>>;
export type Severity = ReturnType<typeof graphql.scalar<'Severity'>>;
export type IncidentPhase = ReturnType<typeof graphql.scalar<'IncidentPhase'>>;
export type IncidentSort = ReturnType<typeof graphql.scalar<'IncidentSort'>>;
export type EventKind = ReturnType<typeof graphql.scalar<'EventKind'>>;
export type DismissReason = ReturnType<typeof graphql.scalar<'DismissReason'>>;
export type VanishReason = ReturnType<typeof graphql.scalar<'VanishReason'>>;
export type IncidentFilter = ReturnType<typeof graphql.scalar<'IncidentFilter'>>;
