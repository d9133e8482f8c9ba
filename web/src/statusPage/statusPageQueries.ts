import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

export const statusPageQuery = graphql(`
  query StatusPageSettings {
    statusPage {
      isPublic
      url
      title
      description
      needsApproval
      version
      components {
        id
        title
        group
        serviceName
        state
      }
    }
    services {
      id
      name
    }
    updatesAwaitingApproval {
      id
      title
      author
      createdAt
      incident {
        id
        number
        reference
      }
    }
  }
`);

export type StatusPageShown = ResultOf<typeof statusPageQuery>;

export const subscriberCountQuery = graphql(`
  query StatusSubscribers {
    statusPage {
      subscriberCount
    }
  }
`);

export const saveStatusPage = graphql(`
  mutation SaveStatusPage($input: StatusPageInput!, $expectedVersion: Int!) {
    saveStatusPage(input: $input, expectedVersion: $expectedVersion) {
      version
    }
  }
`);
