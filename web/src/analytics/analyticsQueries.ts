import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

const kpiFields = graphql(`
  fragment KpiFields on KpiValue {
    metric
    n
    value
    mean
    median
    p90
    excluded
    previous {
      n
      value
      mean
      median
      p90
    }
  }
`);

const funnelFields = graphql(`
  fragment FunnelFields on NoiseFunnel {
    received
    alerts
    incidents
    acknowledged
    dedupRatio
    compression
  }
`);

export const kpiQuery = graphql(
  `
    query Kpis($query: KpiQuery!, $metrics: [KpiMetric!]!) {
      kpi(query: $query, metrics: $metrics) {
        ...KpiFields
      }
      noiseFunnel(query: $query) {
        ...FunnelFields
      }
    }
  `,
  [kpiFields, funnelFields],
);

export type KpiValue = ResultOf<typeof kpiQuery>['kpi'][number];
export type Funnel = ResultOf<typeof kpiQuery>['noiseFunnel'];

export const kpiTicksSubscription = graphql(
  `
    subscription KpiTicks($query: KpiQuery!, $metrics: [KpiMetric!]!) {
      kpiTicks(query: $query, metrics: $metrics) {
        cursor
        computedAt
        values {
          ...KpiFields
        }
        funnel {
          ...FunnelFields
        }
      }
    }
  `,
  [kpiFields, funnelFields],
);

export const definitionsQuery = graphql(`
  query KpiDefinitions {
    kpiDefinitions {
      metric
      name
      unit
      definition
      numerator
      denominator
      datedBy
      lowerIsBetter
    }
  }
`);

export type KpiDefinition = ResultOf<typeof definitionsQuery>['kpiDefinitions'][number];

export const seriesQuery = graphql(`
  query KpiSeries($query: KpiQuery!, $metric: KpiMetric!, $bucket: TimeBucket!) {
    kpiSeries(query: $query, metric: $metric, bucket: $bucket) {
      metric
      bucket
      points {
        bucketStart
        n
        value
        mean
        median
        p90
      }
    }
  }
`);

export type KpiPoint = ResultOf<typeof seriesQuery>['kpiSeries']['points'][number];

export const breakdownQuery = graphql(`
  query KpiBreakdown($query: KpiQuery!, $metric: KpiMetric!, $by: KpiDimension!) {
    kpiBreakdown(query: $query, metric: $metric, by: $by) {
      metric
      by
      rows {
        key
        n
        value
        mean
        median
        p90
      }
    }
  }
`);

export type BreakdownRow = ResultOf<typeof breakdownQuery>['kpiBreakdown']['rows'][number];

export const filterValuesQuery = graphql(`
  query AnalyticsFilterValues {
    incidentFacets(fields: [SERVICE, TEAM, ENVIRONMENT]) {
      field
      values {
        value
        count
      }
    }
  }
`);
