import type { ClickHouse } from '@tocsin/schema/clickhouse/client';
import { kpiBreakdown, kpiSeries, kpiValues, noiseFunnel } from '@tocsin/schema/clickhouse/kpi';
import { type KpiDimension, type KpiMetric, kpiMetrics, type KpiQuery } from '@tocsin/schema/domain/kpi';
import { kpiDefinition } from '@tocsin/schema/domain/kpiDefinitions';
import type { TimeBucket } from '@tocsin/schema/domain/timeBucket';
import { KpiDimensionEnum, KpiMetricEnum, TimeBucketEnum } from '@tocsin/schema/graphql/enums';
import { KpiQueryInput } from '@tocsin/schema/graphql/filters';
import {
  KpiBreakdownObject,
  KpiDefinitionObject,
  KpiSeriesObject,
  KpiValueObject,
  NoiseFunnelObject,
} from '@tocsin/schema/graphql/kpi';
import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { enumValue } from './enumFacets.js';
import type { ApiContext, Services } from '../context.js';
import { ApiFailure } from '../errors.js';

export function kpiQueryOf(input: KpiQueryInput): KpiQuery {
  const { from, to, filter, timeZone } = input;
  return { from, to, filter: filter ?? {}, timeZone: timeZone ?? 'UTC' };
}

/** Runs a query where ClickHouse is there. @throws ApiFailure UNAVAILABLE where it is not, or does not answer. */
export async function withClickHouse<T>(
  { clickhouse }: Pick<Services, 'clickhouse'>,
  work: (client: ClickHouse) => Promise<T>,
): Promise<T> {
  const client = clickhouse();
  if (client === null) throw away();
  try {
    return await work(client);
  } catch (error) {
    throw isConnectionFailure(error) ? away(error) : error;
  }
}

function away(cause?: unknown): ApiFailure {
  return new ApiFailure('UNAVAILABLE', 'ClickHouse is away: numbers come back when it does.', undefined, { cause });
}

/** The client throws what the socket threw; what the server itself says has a type and a numeric code instead. */
function isConnectionFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOST|EAI_)/.test(code) || /timeout|socket hang up/i.test(error.message);
}

@Resolver()
export class KpiQueriesResolver {
  @Query(() => [KpiDefinitionObject])
  kpiDefinitions(): readonly object[] {
    return kpiMetrics.map(kpiDefinition);
  }

  @Query(() => [KpiValueObject])
  kpi(
    @Arg('query', () => KpiQueryInput) query: KpiQueryInput,
    @Arg('metrics', () => [KpiMetricEnum]) metrics: readonly KpiMetric[],
    @Ctx() { services }: ApiContext,
  ): Promise<readonly object[]> {
    return withClickHouse(services, (client) => kpiValues(client, kpiQueryOf(query), metrics));
  }

  @Query(() => KpiSeriesObject)
  async kpiSeries(
    @Arg('query', () => KpiQueryInput) query: KpiQueryInput,
    @Arg('metric', () => KpiMetricEnum) metric: KpiMetric,
    @Arg('bucket', () => TimeBucketEnum) bucket: TimeBucket,
    @Ctx() { services }: ApiContext,
  ): Promise<object> {
    const points = await withClickHouse(services, (client) => kpiSeries(client, kpiQueryOf(query), metric, bucket));
    return { metric, bucket, points };
  }

  @Query(() => KpiBreakdownObject)
  async kpiBreakdown(
    @Arg('query', () => KpiQueryInput) query: KpiQueryInput,
    @Arg('metric', () => KpiMetricEnum) metric: KpiMetric,
    @Arg('by', () => KpiDimensionEnum) by: KpiDimension,
    @Ctx() { services }: ApiContext,
  ): Promise<object> {
    const rows = await withClickHouse(services, (client) => kpiBreakdown(client, kpiQueryOf(query), metric, by));
    // Keys that are enum values are spelled as the API spells them.
    const isEnum = by === 'SEVERITY' || by === 'TYPE' || by === 'SOURCE';
    return { metric, by, rows: isEnum ? rows.map((row) => ({ ...row, key: enumValue(row.key) })) : rows };
  }

  @Query(() => NoiseFunnelObject)
  noiseFunnel(
    @Arg('query', () => KpiQueryInput) query: KpiQueryInput,
    @Ctx() { services }: ApiContext,
  ): Promise<object> {
    return withClickHouse(services, (client) => noiseFunnel(client, kpiQueryOf(query)));
  }
}
