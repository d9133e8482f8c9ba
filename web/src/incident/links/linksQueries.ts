import type { ResultOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';

export const linksQuery = graphql(`
  query IncidentLinks($id: ID!) {
    incident(id: $id) {
      id
      links {
        id
        kind
        title
        url
        addedBy
      }
      attachments {
        id
        name
        bytes
        uploadedBy
        uploadedAt
        url
      }
    }
  }
`);

type Shown = NonNullable<ResultOf<typeof linksQuery>['incident']>;
export type ShownLink = Shown['links'][number];
export type ShownAttachment = Shown['attachments'][number];

export const addLink = graphql(`
  mutation AddLink($incidentId: ID!, $kind: LinkKind!, $title: String!, $url: String!) {
    addLink(incidentId: $incidentId, kind: $kind, title: $title, url: $url) {
      id
    }
  }
`);

export const removeLink = graphql(`
  mutation RemoveLink($id: ID!) {
    removeLink(id: $id) {
      id
    }
  }
`);

export const deleteAttachment = graphql(`
  mutation DeleteAttachment($id: ID!) {
    deleteAttachment(id: $id) {
      id
    }
  }
`);
