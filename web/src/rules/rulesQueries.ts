import type { FragmentOf, ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

export const ruleFields = graphql(`
  fragment RuleFields on CorrelationRule {
    id
    name
    isEnabled
    match
    groupBy
    windowSeconds
    maxAgeSeconds
    thresholdCount
    thresholdSeconds
    holdSeconds
    titleTemplate
    severity
    team
    escalationPolicy
    notify
    onMissingLabel
    resolve
    quietPeriodSeconds
    reopenWindowSeconds
    maxHops
    isBuiltIn
    matchCount
  }
`);

export type Rule = FragmentOf<typeof ruleFields>;

export const ruleSetQuery = graphql(
  `
    query RuleSet($version: Int) {
      ruleSet(version: $version) {
        version
        savedAt
        savedBy
        comment
        rules {
          ...RuleFields
        }
      }
    }
  `,
  [ruleFields],
);

export type RuleSet = ResultOf<typeof ruleSetQuery>['ruleSet'];
export type RuleInput = ReturnType<typeof graphql.scalar<'CorrelationRuleInput'>>;

export const ruleVersionsQuery = graphql(`
  query RuleSetVersions {
    ruleSetVersions(first: 50) {
      version
      savedAt
      savedBy
      comment
      ruleCount
    }
  }
`);

export type RuleVersion = ResultOf<typeof ruleVersionsQuery>['ruleSetVersions'][number];

export const ruleDiffQuery = graphql(`
  query RuleSetDiff($from: Int!, $to: Int!) {
    ruleSetDiff(from: $from, to: $to) {
      kind
      what
      name
      diff
    }
  }
`);

export type ConfigurationChange = ResultOf<typeof ruleDiffQuery>['ruleSetDiff'][number];

export const checkExpressionQuery = graphql(`
  query CheckExpression($expression: String!) {
    checkExpression(expression: $expression) {
      isValid
      message
      line
      column
    }
  }
`);

export const previewRuleQuery = graphql(`
  query PreviewRule($rule: CorrelationRuleInput!, $alertId: ID!) {
    previewRule(rule: $rule, alertId: $alertId) {
      matches
      reason
      key
      values {
        name
        value
      }
    }
  }
`);

export type RulePreview = ResultOf<typeof previewRuleQuery>['previewRule'];

export const saveRuleSet = graphql(
  `
    mutation SaveRuleSet($rules: [CorrelationRuleInput!]!, $expectedVersion: Int!, $comment: String) {
      saveRuleSet(rules: $rules, expectedVersion: $expectedVersion, comment: $comment) {
        version
        savedAt
        savedBy
        comment
        rules {
          ...RuleFields
        }
      }
    }
  `,
  [ruleFields],
);

export const ruleProposalsQuery = graphql(
  `
    query RuleProposals {
      ruleProposals {
        id
        kind
        title
        reason
        alertCount
        incidentCount
        silenceMatch
        rules {
          ...RuleFields
        }
      }
    }
  `,
  [ruleFields],
);

export type RuleProposal = ResultOf<typeof ruleProposalsQuery>['ruleProposals'][number];

export const recentAlertsQuery = graphql(`
  query RecentAlerts($filter: AlertFilter) {
    alerts(filter: $filter, sort: LAST_RECEIVED, first: 20) {
      nodes {
        id
        status
        severity
        title
        service
        environment
        lastReceivedAt
      }
    }
  }
`);

export type RecentAlert = ResultOf<typeof recentAlertsQuery>['alerts']['nodes'][number];

export const triedAlertQuery = graphql(`
  query TriedAlert($id: ID!) {
    alert(id: $id) {
      id
      status
      severity
      title
      service
      environment
      labels {
        name
        value
      }
      incident {
        id
        number
        reference
        title
      }
    }
  }
`);

export type TriedAlert = NonNullable<ResultOf<typeof triedAlertQuery>['alert']>;
