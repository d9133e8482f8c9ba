import type { ResultOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';

export const incidentRunbooksQuery = graphql(`
  query IncidentRunbooks($id: ID!) {
    incident(id: $id) {
      id
      runbooks {
        id
        title
        body
        attachedBy
        runbook {
          id
          version
        }
        steps {
          step
          text
          tickedBy
          tickedAt
        }
      }
    }
  }
`);

export type AttachedRunbook = NonNullable<ResultOf<typeof incidentRunbooksQuery>['incident']>['runbooks'][number];

export const runbookTitlesQuery = graphql(`
  query RunbookTitles {
    runbooks {
      id
      title
      isArchived
    }
  }
`);

export const attachRunbook = graphql(`
  mutation AttachRunbook($incidentId: ID!, $runbookId: ID!) {
    attachRunbook(incidentId: $incidentId, runbookId: $runbookId) {
      id
    }
  }
`);

export const tickRunbookStep = graphql(`
  mutation TickRunbookStep($id: ID!, $step: Int!, $isTicked: Boolean!) {
    tickRunbookStep(id: $id, step: $step, isTicked: $isTicked) {
      id
      steps {
        step
        text
        tickedBy
        tickedAt
      }
    }
  }
`);
