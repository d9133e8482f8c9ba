import { graphql } from '../graphql/graphql.ts';

/** What a service or a rule may name: teams, and escalation policies. */
export const ownerNamesQuery = graphql(`
  query OwnerNames {
    teams {
      id
      name
    }
    escalationPolicies {
      id
      name
    }
  }
`);
