import type { ResultOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';

export const severityQuery = graphql(`
  query SeveritySettings {
    severityCriteria {
      severity
      criteria
    }
    priorityMatrix {
      version
      cells
      savedAt
      savedBy
    }
  }
`);

export type SeveritySettings = ResultOf<typeof severityQuery>;

export const saveCriteria = graphql(`
  mutation SaveCriteria($criteria: [SeverityCriterionInput!]!) {
    saveSeverityCriteria(criteria: $criteria) {
      severity
      criteria
    }
  }
`);

export const saveMatrix = graphql(`
  mutation SaveMatrix($cells: [[Int!]!]!, $version: Int!) {
    savePriorityMatrix(cells: $cells, expectedVersion: $version) {
      version
      cells
      savedAt
      savedBy
    }
  }
`);
