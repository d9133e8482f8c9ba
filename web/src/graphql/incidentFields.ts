import type { FragmentOf } from 'gql.tada';
import { graphql } from './graphql.ts';

/** Everything a row of a list shows. The live feed carries the same fields, so a row never has to be fetched again. */
export const incidentFields = graphql(`
  fragment IncidentFields on Incident {
    id
    number
    reference
    version
    title
    type {
      key
      title
    }
    severity
    phase
    isOpen
    services
    environment
    team
    assignee
    openedAt
    acknowledgedAt
    acknowledgedBy
    resolvedAt
    autoResolvesAt
    alertCount
    firingAlertCount
    updatedAt
  }
`);

export type IncidentRow = FragmentOf<typeof incidentFields>;

export const eventFields = graphql(`
  fragment EventFields on TimelineEvent {
    id
    kind
    occurredAt
    recordedAt
    actor {
      kind
      name
    }
    summary
    note
    noteEntry {
      id
    }
    from
    to
    reason
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
    incidentId
    alert {
      id
      title
      status
      severity
    }
    change {
      id
      links {
        title
        url
      }
    }
    relatedIncident {
      id
      number
      reference
      title
    }
  }
`);

export type TimelineRow = FragmentOf<typeof eventFields>;
