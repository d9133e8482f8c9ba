import type { AlertFilter } from '@tocsin/schema/domain/listFilter';
import { AlertConnectionObject, AlertObject } from '@tocsin/schema/graphql/alert';
import { FacetObject } from '@tocsin/schema/graphql/common';
import { AlertSortEnum } from '@tocsin/schema/graphql/enums';
import { AlertFilterInput } from '@tocsin/schema/graphql/filters';
import { Cursor } from '@tocsin/schema/graphql/scalars';
import { countAlertFacets, recentLabelNames, recentLabelValues } from '@tocsin/schema/postgres/alertFacets';
import { type AlertSort, countAlerts, listAlerts } from '@tocsin/schema/postgres/alertList';
import type { StoredAlert } from '@tocsin/schema/postgres/alertRow';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Int, Query, Resolver } from 'type-graphql';
import { showsIncident } from '../auth/guard.js';
import type { ApiContext } from '../context.js';
import { invalidInput } from '../errors.js';
import { enumFacets } from './enumFacets.js';
import { alertFilterOf } from './filters.js';
import { idOrNull, optionalText, textList } from './input.js';
import { listPage } from './listPage.js';

const mostFacets = 20;
const mostSuggestions = 50;
const longestLabel = 1_024;
/** Ids begin at one. */
const noIncident = 0;

/** By an incident that does not show is found what is found by one that is not there: nothing. */
async function shownFilter(input: AlertFilterInput | null | undefined, context: ApiContext): Promise<AlertFilter> {
  const filter = alertFilterOf(input);
  if (filter.incidentId == null || (await showsIncident(filter.incidentId, context))) return filter;
  return { ...filter, incidentId: noIncident };
}

@Resolver()
export class AlertQueriesResolver {
  @Query(() => AlertConnectionObject)
  async alerts(
    @Arg('filter', () => AlertFilterInput, { nullable: true }) input: AlertFilterInput | null | undefined,
    @Arg('sort', () => AlertSortEnum, { nullable: true, defaultValue: 'NEWEST' }) sort: AlertSort | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => Cursor, { nullable: true }) after: string | null | undefined,
    @Ctx() context: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    const filter = await shownFilter(input, context);
    const { loaders, services } = context;
    const { pool } = services;
    return listPage(
      {
        name: 'alerts',
        defaultSort: 'NEWEST',
        read: (request) => listAlerts(pool, { filter, ...request }),
        count: (limit) => countAlerts(pool, filter, limit),
        remember: (node) => loaders.alert.prime(node.id, node),
      },
      { sort, first, after },
      info,
    );
  }

  @Query(() => AlertObject, { nullable: true })
  async alert(@Arg('id', () => ID) id: string, @Ctx() { loaders }: ApiContext): Promise<StoredAlert | null> {
    const wanted = idOrNull(id);
    return wanted === null ? null : loaders.alert.load(wanted);
  }

  @Query(() => [FacetObject], {
    description: '`fields`: status, severity, service, environment, integration, or any label name.',
  })
  async alertFacets(
    @Arg('filter', () => AlertFilterInput, { nullable: true }) input: AlertFilterInput | null | undefined,
    @Arg('fields', () => [String]) fields: readonly string[],
    @Ctx() context: ApiContext,
  ): Promise<readonly object[]> {
    const wanted = textList('fields', fields, mostFacets, longestLabel);
    const filter = await shownFilter(input, context);
    return enumFacets(await countAlertFacets(context.services.pool, filter, wanted), ['status', 'severity']);
  }

  @Query(() => [String], {
    description: 'Names and values for completing a label filter, most frequent first among recent alerts.',
  })
  labelNames(
    @Arg('prefix', () => String, { nullable: true }) prefix: string | null | undefined,
    @Ctx() { services }: ApiContext,
  ): Promise<readonly string[]> {
    return recentLabelNames(services.pool, optionalText('prefix', prefix, longestLabel) ?? '', mostSuggestions);
  }

  @Query(() => [String])
  labelValues(
    @Arg('name', () => String) name: string,
    @Arg('prefix', () => String, { nullable: true }) prefix: string | null | undefined,
    @Ctx() { services }: ApiContext,
  ): Promise<readonly string[]> {
    const label = optionalText('name', name, longestLabel);
    if (label === null) throw invalidInput('name', 'name must name a label.');
    const start = optionalText('prefix', prefix, longestLabel) ?? '';
    return recentLabelValues(services.pool, label, start, mostSuggestions);
  }
}
