import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';
import { incidentFields } from '../graphql/incidentFields.ts';

export const overviewQuery = graphql(`
  query Overview {
    overview {
      openIncidents
      unacknowledgedIncidents
      firingAlerts
      bySeverity {
        value
        count
      }
      openedLastHour
      resolvedLastHour
      receivedLastHour
      silentIntegrations {
        id
        name
        source
        lastReceivedAt
        staleAfterSeconds
        heartbeatSeconds
        isSilent
      }
      recentEvents(first: 30) {
        id
        kind
        occurredAt
        summary
        actor {
          kind
          name
        }
        relatedIncident {
          id
          number
          reference
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

export const burningQuery = graphql(
  `
    query Burning {
      incidents(filter: { isOpen: true }, sort: SEVERITY, first: 50) {
        nodes {
          ...IncidentFields
        }
        totalCount {
          value
          isExact
        }
      }
    }
  `,
  [incidentFields],
);

export type OverviewData = ResultOf<typeof overviewQuery>['overview'];
export type RecentEvent = OverviewData['recentEvents'][number];
