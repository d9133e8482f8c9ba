import type { ResultOf, VariablesOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';

const ruleFields = graphql(`
  fragment AutomationFields on AutomationRule {
    id
    version
    name
    isEnabled
    kinds
    condition
    team
    actions {
      kind
      parameters
      sentence
    }
    runCount
    lastRunAt
  }
`);

export const automationQuery = graphql(
  `
    query Automation {
      automationRules {
        ...AutomationFields
      }
      automationRuns(first: 30) {
        nodes {
          id
          state
          depth
          refusal
          ranAt
          results {
            action
            outcome
            message
          }
          rule {
            id
            name
          }
          incident {
            id
            number
            reference
            title
          }
        }
      }
    }
  `,
  [ruleFields],
);

/** What actions may name. */
export const actionTargetsQuery = graphql(`
  query AutomationTargets {
    people(isActive: true) {
      id
      handle
      name
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
    runbooks {
      id
      title
    }
    incidentTypes {
      key
      title
    }
  }
`);

export type ActionTargets = ResultOf<typeof actionTargetsQuery>;

export type RuleRow = ResultOf<typeof automationQuery>['automationRules'][number];
export type RunRow = ResultOf<typeof automationQuery>['automationRuns']['nodes'][number];

export const saveRule = graphql(
  `
    mutation SaveAutomation($input: AutomationRuleInput!, $version: Int) {
      saveAutomationRule(input: $input, expectedVersion: $version) {
        ...AutomationFields
      }
    }
  `,
  [ruleFields],
);

export type RuleInput = VariablesOf<typeof saveRule>['input'];

export const deleteRule = graphql(`
  mutation DeleteAutomation($id: ID!) {
    deleteAutomationRule(id: $id)
  }
`);

export const dryRunQuery = graphql(`
  query DryRunAutomation($input: AutomationRuleInput!) {
    dryRunAutomation(input: $input) {
      eventCount
      failures
      matches {
        wouldDo
        event {
          id
          summary
          occurredAt
        }
        incident {
          id
          number
          reference
          title
        }
      }
    }
  }
`);

export const conditionQuery = graphql(`
  query CheckCondition($expression: String!) {
    checkIncidentExpression(expression: $expression) {
      isValid
      message
      line
      column
    }
  }
`);
