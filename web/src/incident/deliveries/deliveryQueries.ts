import type { ResultOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';

export const deliveriesQuery = graphql(`
  query IncidentDeliveries($id: ID!, $after: Cursor) {
    incident(id: $id) {
      id
      notifications(first: 50, after: $after) {
        nodes {
          id
          topic
          via
          title
          state
          reason
          dueAt
          sentAt
          bundledCount
          person {
            id
            name
          }
          channel {
            id
            name
          }
          fallbackOf {
            id
            via
          }
          attempts {
            number
            isRepeat
            startedAt
            finishedAt
            outcome
            status
            error
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

type Deliveries = NonNullable<ResultOf<typeof deliveriesQuery>['incident']>['notifications'];
export type DeliveryRow = Deliveries['nodes'][number];

export const retryNotification = graphql(`
  mutation RetryNotification($id: ID!) {
    retryNotification(id: $id) {
      id
      state
      reason
    }
  }
`);
