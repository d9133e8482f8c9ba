import type { FragmentOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';
import { personFields } from './onCallQueries.ts';

const policyFields = graphql(
  `
    fragment PolicyFields on EscalationPolicy {
      id
      name
      version
      repeatCount
      unacknowledgeSeconds
      pageWhen
      usedBy
      team {
        id
        name
      }
      steps {
        delaySeconds
        mode
        condition
        targets {
          person {
            ...OnCallPerson
          }
          schedule {
            id
            name
          }
          team {
            id
            name
          }
          channel {
            id
            name
          }
        }
      }
    }
  `,
  [personFields],
);

export type PolicyRow = FragmentOf<typeof policyFields>;
export type PolicyInput = ReturnType<typeof graphql.scalar<'EscalationPolicyInput'>>;

export const policiesQuery = graphql(
  `
    query Policies {
      escalationPolicies {
        ...PolicyFields
      }
    }
  `,
  [policyFields],
);

export const policyQuery = graphql(
  `
    query Policy($id: ID!) {
      escalationPolicy(id: $id) {
        ...PolicyFields
      }
    }
  `,
  [policyFields],
);

/** Whom a step may wake. */
export const targetsQuery = graphql(
  `
    query PolicyTargets {
      people(isActive: true) {
        ...OnCallPerson
      }
      schedules {
        id
        name
      }
      teams {
        id
        name
      }
      notificationChannels {
        id
        name
      }
    }
  `,
  [personFields],
);

export const savePolicy = graphql(`
  mutation SavePolicy($input: EscalationPolicyInput!, $expectedVersion: Int) {
    saveEscalationPolicy(input: $input, expectedVersion: $expectedVersion) {
      id
      version
    }
  }
`);

export const deletePolicy = graphql(`
  mutation DeletePolicy($id: ID!) {
    deleteEscalationPolicy(id: $id)
  }
`);
