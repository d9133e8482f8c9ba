import type { ResultOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';
import { personFields } from '../../oncall/onCallQueries.ts';

export const teamsQuery = graphql(
  `
    query Teams {
      teams {
        id
        name
        description
        chatUrl
        version
        openIncidents
        escalationPolicy {
          id
          name
        }
        schedules {
          id
          name
        }
        services {
          id
          name
        }
        members {
          role
          person {
            ...OnCallPerson
          }
        }
        onCallNow {
          schedule {
            id
          }
          person {
            id
            name
          }
        }
      }
      escalationPolicies {
        id
        name
      }
      unowned {
        openIncidents
        teams
        services {
          id
          name
        }
      }
    }
  `,
  [personFields],
);

export type TeamDetails = ResultOf<typeof teamsQuery>['teams'][number];
export type UnownedDetails = ResultOf<typeof teamsQuery>['unowned'];
export type PolicyChoice = ResultOf<typeof teamsQuery>['escalationPolicies'][number];

export const saveTeam = graphql(`
  mutation SaveTeam($input: TeamInput!, $expectedVersion: Int) {
    saveTeam(input: $input, expectedVersion: $expectedVersion) {
      id
      version
    }
  }
`);

export const deleteTeam = graphql(`
  mutation DeleteTeam($name: String!) {
    deleteTeam(name: $name)
  }
`);
