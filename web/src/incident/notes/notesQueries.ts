import type { ResultOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';

export const notesQuery = graphql(`
  query IncidentNotes($id: ID!) {
    incident(id: $id) {
      id
      notes {
        id
        version
        author
        text
        editedAt
        deletedAt
        isPinned
      }
      pins {
        id
        kind
        title
        pinnedBy
        pinnedAt
        note {
          id
        }
        attachment {
          id
          url
        }
        event {
          id
          occurredAt
        }
      }
    }
  }
`);

type Shown = NonNullable<ResultOf<typeof notesQuery>['incident']>;
export type IncidentNote = Shown['notes'][number];
export type IncidentPin = Shown['pins'][number];

export const editNote = graphql(`
  mutation EditNote($id: ID!, $text: String!, $expectedVersion: Int!) {
    editNote(id: $id, text: $text, expectedVersion: $expectedVersion) {
      id
      version
      text
      editedAt
    }
  }
`);

export const deleteNote = graphql(`
  mutation DeleteNote($id: ID!) {
    deleteNote(id: $id) {
      id
      version
      text
      deletedAt
    }
  }
`);

export const pin = graphql(`
  mutation Pin($incidentId: ID!, $input: PinInput!) {
    pin(incidentId: $incidentId, input: $input) {
      id
    }
  }
`);

export const unpin = graphql(`
  mutation Unpin($id: ID!) {
    unpin(id: $id) {
      id
    }
  }
`);
