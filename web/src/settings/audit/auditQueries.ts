import type { ResultOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';

export const auditQuery = graphql(`
  query Audit($filter: AuditFilter, $after: Cursor) {
    auditEvents(filter: $filter, first: 50, after: $after) {
      nodes {
        id
        kind
        occurredAt
        actor {
          kind
          name
        }
        address
        tokenId
        summary
        topic
        before
        after
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export type AuditRow = ResultOf<typeof auditQuery>['auditEvents']['nodes'][number];

export const auditHeadQuery = graphql(`
  query AuditHead {
    auditHead {
      day
      number
      hash
      sealedAt
      unsealedEvents
    }
  }
`);

export const auditPeopleQuery = graphql(`
  query AuditPeople {
    people(isActive: null) {
      id
      handle
      name
    }
  }
`);
