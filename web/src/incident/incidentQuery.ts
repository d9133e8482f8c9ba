import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';
import { eventFields, incidentFields } from '../graphql/incidentFields.ts';

export const incidentQuery = graphql(
  `
    query Incident($number: Int!) {
      incident(number: $number) {
        ...IncidentFields
        description
        priority
        isRestricted
        status {
          key
          title
        }
        snoozedUntil
        snoozedBy
        isSubscribed
        roles {
          role
          holders {
            personId
            name
          }
        }
        severityIsManual
        reporter
        impactStartedAt
        mitigatedAt
        firstResolvedAt
        resolvedBy {
          kind
          name
        }
        closedAt
        reopenedCount
        isFlapping
        dismissReason
        mergedInto {
          id
          number
          reference
          title
        }
        mergedFrom {
          id
          number
          reference
          title
        }
        probableOrigin
        changes {
          change {
            id
            title
            service
            environment
            source
            occurredAt
            links {
              title
              url
            }
            details {
              name
              value
            }
          }
          secondsBeforeImpact
          reason
        }
        sharedLabels {
          name
          value
        }
        timeToAcknowledgeSeconds
        timeToFirstResolveSeconds
        timeToResolveSeconds
      }
    }
  `,
  [incidentFields],
);

export type IncidentDetails = NonNullable<ResultOf<typeof incidentQuery>['incident']>;

export const timelineQuery = graphql(
  `
    query Timeline($id: ID!, $after: Cursor) {
      incident(id: $id) {
        id
        timeline(first: 200, after: $after) {
          edges {
            cursor
            node {
              ...EventFields
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  [eventFields],
);

export const timelineSubscription = graphql(
  `
    subscription IncidentTimeline($incidentId: ID!, $after: Cursor) {
      incidentTimeline(incidentId: $incidentId, after: $after) {
        cursor
        node {
          ...EventFields
        }
      }
    }
  `,
  [eventFields],
);

export const incidentAlertsQuery = graphql(`
  query IncidentAlerts($id: ID!, $after: Cursor) {
    incident(id: $id) {
      id
      alerts(first: 50, after: $after) {
        nodes {
          id
          status
          severity
          senderSeverity
          title
          summary
          description
          service
          environment
          labels {
            name
            value
          }
          startsAt
          endsAt
          lastReceivedAt
          receivedCount
          isStale
          isFlapping
          resolveReason
          vanishReason
          suppression {
            windowId
            name
            kind
            until
          }
          generatorUrl
          runbookUrl
          links {
            title
            url
          }
          integration {
            id
            name
          }
          explanation {
            ruleId
            ruleVersion
            outcome
            key
            values {
              name
              value
            }
            windowSeconds
            sentence
            path
            failures {
              ruleId
              message
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

export type IncidentAlert = NonNullable<ResultOf<typeof incidentAlertsQuery>['incident']>['alerts']['nodes'][number];
export type IncidentChange = IncidentDetails['changes'][number];
export type Explanation = NonNullable<IncidentAlert['explanation']>;

export const openIncidentsQuery = graphql(`
  query OpenIncidents($text: String) {
    incidents(filter: { isOpen: true, text: $text }, sort: NEWEST, first: 20) {
      nodes {
        id
        number
        reference
        title
        severity
      }
    }
  }
`);
