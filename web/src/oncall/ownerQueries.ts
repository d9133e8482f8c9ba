import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';
import { personFields } from './onCallQueries.ts';

export const ownerFields = graphql(
  `
    fragment OwnerFields on Ownership {
      state
      teamName
      because
      policyBecause
      team {
        id
        name
        chatUrl
        onCallNow {
          until
          person {
            ...OnCallPerson
          }
          schedule {
            id
            name
          }
        }
      }
      policy {
        id
        name
      }
    }
  `,
  [personFields],
);

export type Owner = ResultOf<typeof ownerFields>;

export const incidentOwnerQuery = graphql(
  `
    query IncidentOwner($id: ID!) {
      incident(id: $id) {
        id
        version
        team
        owner {
          ...OwnerFields
        }
      }
    }
  `,
  [ownerFields],
);

export const giveToTeam = graphql(`
  mutation GiveToTeam($id: ID!, $team: String!, $expectedVersion: Int) {
    editIncident(id: $id, patch: { team: $team }, expectedVersion: $expectedVersion) {
      id
      version
      team
    }
  }
`);
