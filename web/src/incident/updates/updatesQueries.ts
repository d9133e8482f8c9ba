import type { ResultOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';

export const updatesQuery = graphql(`
  query IncidentUpdates($id: ID!) {
    incident(id: $id) {
      id
      title
      updates {
        id
        version
        audience
        state
        title
        body
        progress
        author
        createdAt
        decidedBy
        decisionComment
        publishedAt
        needsApprovalBecause
        recipientCount
        components {
          component {
            id
            title
          }
          state
        }
      }
    }
    statusPage {
      isPublic
      components {
        id
        title
      }
    }
    messageTemplates(kind: "stakeholder") {
      id
      key
      title
    }
  }
`);

export type Shown = ResultOf<typeof updatesQuery>;
export type IncidentUpdate = NonNullable<Shown['incident']>['updates'][number];

export const previewUpdateQuery = graphql(`
  query PreviewUpdate($input: UpdateInput!) {
    previewUpdate(input: $input) {
      title
      text
    }
  }
`);

export const saveUpdate = graphql(`
  mutation SaveUpdate($input: UpdateInput!, $expectedVersion: Int) {
    saveUpdate(input: $input, expectedVersion: $expectedVersion) {
      id
      version
    }
  }
`);

export const submitUpdate = graphql(`
  mutation SubmitUpdate($id: ID!, $expectedVersion: Int!) {
    submitUpdate(id: $id, expectedVersion: $expectedVersion) {
      id
      version
      state
    }
  }
`);

export const decideUpdate = graphql(`
  mutation DecideUpdate($id: ID!, $isApproved: Boolean!, $comment: String, $expectedVersion: Int!) {
    decideUpdate(id: $id, isApproved: $isApproved, comment: $comment, expectedVersion: $expectedVersion) {
      id
      version
      state
    }
  }
`);

export const discardUpdate = graphql(`
  mutation DiscardUpdate($id: ID!) {
    discardUpdate(id: $id)
  }
`);
