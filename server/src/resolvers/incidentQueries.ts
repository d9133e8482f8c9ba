import type { Incident } from '@tocsin/schema/domain/incident';
import { FacetObject } from '@tocsin/schema/graphql/common';
import { IncidentFacetFieldEnum, IncidentSortEnum } from '@tocsin/schema/graphql/enums';
import { IncidentFilterInput } from '@tocsin/schema/graphql/filters';
import { IncidentConnectionObject, IncidentObject } from '@tocsin/schema/graphql/incident';
import { Cursor } from '@tocsin/schema/graphql/scalars';
import { countIncidentFacets } from '@tocsin/schema/postgres/incidentFacets';
import { countIncidents, type IncidentSort, listIncidents } from '@tocsin/schema/postgres/incidentList';
import type { IncidentFacetField } from '@tocsin/schema/postgres/incidentListFilter';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Int, Query, Resolver } from 'type-graphql';
import type { ApiContext } from '../context.js';
import { invalidInput } from '../errors.js';
import { enumFacets } from './enumFacets.js';
import { incidentFilterOf } from './filters.js';
import { idOrNull } from './input.js';
import { listPage } from './listPage.js';

@Resolver()
export class IncidentQueriesResolver {
  @Query(() => IncidentConnectionObject)
  async incidents(
    @Arg('filter', () => IncidentFilterInput, { nullable: true }) input: IncidentFilterInput | null | undefined,
    @Arg('sort', () => IncidentSortEnum, { nullable: true, defaultValue: 'NEWEST' }) sort: IncidentSort | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => Cursor, { nullable: true }) after: string | null | undefined,
    @Ctx() { services, loaders, viewer }: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    const filter = { ...incidentFilterOf(input), onlooker: viewer };
    const { pool } = services;
    return listPage(
      {
        name: 'incidents',
        defaultSort: 'NEWEST',
        read: (request) => listIncidents(pool, { filter, ...request }),
        count: (limit) => countIncidents(pool, filter, limit),
        remember: (node) => loaders.incident.prime(node.id, node),
      },
      { sort, first, after },
      info,
    );
  }

  @Query(() => IncidentObject, { nullable: true })
  async incident(
    @Arg('id', () => ID, { nullable: true }) id: string | null | undefined,
    @Arg('number', () => Int, { nullable: true }) number: number | null | undefined,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Incident | null> {
    if ((id == null) === (number == null)) throw invalidInput('id', 'Give either id or number.');
    const wanted = id == null ? (number ?? null) : idOrNull(id);
    return wanted === null || wanted < 1 ? null : loaders.incident.load(wanted);
  }

  @Query(() => [FacetObject])
  async incidentFacets(
    @Arg('filter', () => IncidentFilterInput, { nullable: true }) input: IncidentFilterInput | null | undefined,
    @Arg('fields', () => [IncidentFacetFieldEnum]) fields: readonly IncidentFacetField[],
    @Ctx() { services, viewer }: ApiContext,
  ): Promise<readonly object[]> {
    const facets = await countIncidentFacets(services.pool, { ...incidentFilterOf(input), onlooker: viewer }, [
      ...new Set(fields),
    ]);
    return enumFacets(facets, ['PHASE', 'SEVERITY']);
  }
}
