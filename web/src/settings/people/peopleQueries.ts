import type { ResultOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';

/** What is refused to the viewer is not asked for. */
export const peopleQuery = graphql(`
  query People($search: String, $isActive: Boolean, $withEmail: Boolean!, $withDetails: Boolean!) {
    people(search: $search, isActive: $isActive) {
      id
      handle
      name
      role
      isActive
      version
      teams {
        role
        team {
          id
          name
        }
      }
      email @include(if: $withEmail)
      hasPassword @include(if: $withDetails)
      lastSeenAt @include(if: $withDetails)
    }
  }
`);

export type PersonRow = ResultOf<typeof peopleQuery>['people'][number];

export const invitationsQuery = graphql(`
  query Invitations {
    invitations {
      id
      email
      role
      createdBy {
        id
        name
      }
      createdAt
      expiresAt
    }
  }
`);

export type InvitationRow = ResultOf<typeof invitationsQuery>['invitations'][number];

export const invitePerson = graphql(`
  mutation InvitePerson($input: InvitationInput!) {
    invitePerson(input: $input) {
      url
      invitation {
        id
        email
        role
        expiresAt
      }
    }
  }
`);

export const revokeInvitation = graphql(`
  mutation RevokeInvitation($id: ID!) {
    revokeInvitation(id: $id)
  }
`);

export const setPersonRole = graphql(`
  mutation SetPersonRole($id: ID!, $role: Role!) {
    setPersonRole(id: $id, role: $role) {
      id
      role
      version
    }
  }
`);

export const deactivatePerson = graphql(`
  mutation DeactivatePerson($id: ID!) {
    deactivatePerson(id: $id) {
      id
      isActive
      version
    }
  }
`);

export const reactivatePerson = graphql(`
  mutation ReactivatePerson($id: ID!) {
    reactivatePerson(id: $id) {
      id
      isActive
      version
    }
  }
`);

export const createPasswordLink = graphql(`
  mutation CreatePasswordLink($personId: ID!) {
    createPasswordLink(personId: $personId) {
      url
      expiresAt
    }
  }
`);
