import type { FragmentOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

const backtestFields = graphql(`
  fragment BacktestFields on Backtest {
    id
    state
    progress
    alertCount
    before {
      ...SummaryFields
    }
    after {
      ...SummaryFields
    }
    differences {
      kind
      sentence
      alertCount
      incidentsBefore
      incidentsAfter
      alerts {
        id
        severity
        title
        service
        startsAt
      }
    }
    error
    startedAt
    finishedAt
    from
    to
  }

  fragment SummaryFields on BacktestSummary {
    alerts
    incidents
    alertsPerIncident
    largestIncidentAlerts
    heldBack
  }
`);

export type BacktestRow = FragmentOf<typeof backtestFields>;
export type BacktestDifference = BacktestRow['differences'][number];

export const backtestQuery = graphql(
  `
    query Backtest($id: ID!) {
      backtest(id: $id) {
        ...BacktestFields
      }
    }
  `,
  [backtestFields],
);

export const startBacktest = graphql(
  `
    mutation StartBacktest($rules: [CorrelationRuleInput!]!, $from: DateTime, $to: DateTime) {
      startBacktest(rules: $rules, from: $from, to: $to) {
        ...BacktestFields
      }
    }
  `,
  [backtestFields],
);

export const cancelBacktest = graphql(
  `
    mutation CancelBacktest($id: ID!) {
      cancelBacktest(id: $id) {
        ...BacktestFields
      }
    }
  `,
  [backtestFields],
);
