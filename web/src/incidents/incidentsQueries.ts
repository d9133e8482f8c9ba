import { graphql } from '../graphql/graphql.ts';
import { incidentFields } from '../graphql/incidentFields.ts';

export const incidentPageQuery = graphql(
  `
    query IncidentPage($filter: IncidentFilter, $sort: IncidentSort, $first: Int, $after: Cursor) {
      incidents(filter: $filter, sort: $sort, first: $first, after: $after) {
        nodes {
          ...IncidentFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount {
          value
          isExact
        }
      }
    }
  `,
  [incidentFields],
);

export const incidentFacetsQuery = graphql(`
  query IncidentFacets($filter: IncidentFilter) {
    incidentFacets(filter: $filter, fields: [SEVERITY, PHASE, SERVICE, ENVIRONMENT, TEAM, TYPE, ASSIGNEE]) {
      field
      values {
        value
        count
      }
    }
  }
`);
