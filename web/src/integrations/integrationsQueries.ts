import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

const integrationFields = graphql(`
  fragment IntegrationFields on Integration {
    id
    name
    source
    team
    environment
    staleAfterSeconds
    isSilent
    createdAt
    firstReceivedAt
    lastReceivedAt
    outcomes {
      outcome
      count
    }
  }
`);

export const integrationsQuery = graphql(
  `
    query Integrations {
      integrations {
        ...IntegrationFields
      }
    }
  `,
  [integrationFields],
);

export type IntegrationItem = ResultOf<typeof integrationsQuery>['integrations'][number];

export const integrationQuery = graphql(
  `
    query Integration($id: ID!) {
      integration(id: $id) {
        ...IntegrationFields
        staleAction
        ignoreLabels
        volatileAnnotations
        labelAliases {
          field
          label
        }
        heartbeatSeconds
        reconcileUrl
        topics
        reconcileError
        hasSigningSecret
        mapping {
          field
          expression
        }
        snippets {
          title
          language
          code
          explanation
        }
        secrets {
          id
          hint
          createdAt
          expiresAt
          lastUsedAt
        }
        deliveries(first: 20) {
          id
          receivedAt
          receivedCount
          alertCount
          opened
          repeated
          changed
          resolved
          stale
          ignored
          superseded
          test
          deadLettered
          changes
        }
      }
    }
  `,
  [integrationFields],
);

export type IntegrationDetails = NonNullable<ResultOf<typeof integrationQuery>['integration']>;
export type Delivery = IntegrationDetails['deliveries'][number];

export const deadLettersQuery = graphql(`
  query DeadLetters($id: ID!, $first: Int!) {
    integration(id: $id) {
      id
      deadLetters(first: $first) {
        nodes {
          id
          receivedAt
          code
          message
          path
          body
          replayedAt
          replayError
        }
        pageInfo {
          hasNextPage
        }
        totalCount {
          value
          isExact
        }
      }
    }
  }
`);

export type DeadLetter = NonNullable<ResultOf<typeof deadLettersQuery>['integration']>['deadLetters']['nodes'][number];

/** What the mapping editor starts from. */
export const mappingQuery = graphql(`
  query Mapping($id: ID!) {
    integration(id: $id) {
      id
      name
      source
      mapping {
        field
        expression
      }
      recentBodies {
        receivedAt
        body
      }
    }
  }
`);

export type MappedIntegration = NonNullable<ResultOf<typeof mappingQuery>['integration']>;

export const previewMappingQuery = graphql(`
  query PreviewMapping($integrationId: ID!, $mapping: [FieldMappingInput!]!, $body: String!) {
    previewMapping(integrationId: $integrationId, mapping: $mapping, body: $body) {
      errors {
        field
        message
        line
        column
      }
      alert {
        title
        status
        severity
        service
        environment
        fingerprint
        summary
        startsAt
        labels {
          name
          value
        }
      }
    }
  }
`);

export type MappingPreview = ResultOf<typeof previewMappingQuery>['previewMapping'];
export type MappingError = MappingPreview['errors'][number];

export const deliveryEventsSubscription = graphql(`
  subscription DeliveryFeed($integrationId: ID, $after: Cursor) {
    deliveryEvents(integrationId: $integrationId, after: $after) {
      cursor
      integrationId
      receivedAt
      outcomes {
        outcome
        count
      }
    }
  }
`);

export type DeliveryEvent = ResultOf<typeof deliveryEventsSubscription>['deliveryEvents'];

export const testAlertSubscription = graphql(`
  subscription TestAlert($filter: AlertFilter, $after: Cursor) {
    alertEvents(filter: $filter, after: $after) {
      cursor
      alert {
        id
        title
        service
        incident {
          id
          number
          reference
        }
      }
    }
  }
`);
