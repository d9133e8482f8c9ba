import type { FragmentOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

/** Everything a row shows, and what tells whether it passes the filter. The live feed carries the same. */
export const alertRowFields = graphql(`
  fragment AlertRowFields on Alert {
    id
    status
    severity
    title
    summary
    service
    environment
    labels {
      name
      value
    }
    startsAt
    endsAt
    lastReceivedAt
    receivedCount
    isStale
    isFlapping
    resolveReason
    vanishReason
    suppression {
      windowId
      name
      kind
      until
    }
    integration {
      id
      name
    }
    incident {
      id
      number
      reference
    }
    explanation {
      outcome
    }
  }
`);

export type AlertRow = FragmentOf<typeof alertRowFields>;

export const alertPageQuery = graphql(
  `
    query AlertPage($filter: AlertFilter, $sort: AlertSort, $first: Int, $after: Cursor, $isFirst: Boolean!) {
      alerts(filter: $filter, sort: $sort, first: $first, after: $after) {
        nodes {
          ...AlertRowFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount @include(if: $isFirst) {
          value
          isExact
        }
      }
    }
  `,
  [alertRowFields],
);

export const alertEventsSubscription = graphql(
  `
    subscription AlertFeed($after: Cursor) {
      alertEvents(after: $after) {
        cursor
        event {
          id
          kind
        }
        alert {
          ...AlertRowFields
        }
      }
    }
  `,
  [alertRowFields],
);

export const alertFacetsQuery = graphql(`
  query AlertFacets($filter: AlertFilter, $fields: [String!]!) {
    alertFacets(filter: $filter, fields: $fields) {
      field
      values {
        value
        count
      }
    }
  }
`);

export const labelNamesQuery = graphql(`
  query LabelNames($prefix: String) {
    labelNames(prefix: $prefix)
  }
`);

export const labelValuesQuery = graphql(`
  query LabelValues($name: String!, $prefix: String) {
    labelValues(name: $name, prefix: $prefix)
  }
`);

export const integrationNamesQuery = graphql(`
  query IntegrationNames {
    integrations {
      id
      name
    }
  }
`);
