import { graphql } from './graphql.ts';
import { incidentFields } from './incidentFields.ts';

/** One mutation for each intent; each answers the row as it is afterwards, which the cache takes over. */
export const acknowledgeIncident = graphql(
  `
    mutation AcknowledgeIncident($id: ID!, $expectedVersion: Int) {
      acknowledgeIncident(id: $id, expectedVersion: $expectedVersion) {
        ...IncidentFields
      }
    }
  `,
  [incidentFields],
);

export const assignIncident = graphql(
  `
    mutation AssignIncident($id: ID!, $assignee: String, $expectedVersion: Int) {
      assignIncident(id: $id, assignee: $assignee, expectedVersion: $expectedVersion) {
        ...IncidentFields
      }
    }
  `,
  [incidentFields],
);

export const changeIncidentSeverity = graphql(
  `
    mutation ChangeIncidentSeverity($id: ID!, $severity: Severity!, $expectedVersion: Int) {
      changeIncidentSeverity(id: $id, severity: $severity, expectedVersion: $expectedVersion) {
        ...IncidentFields
        severityIsManual
      }
    }
  `,
  [incidentFields],
);

export const addIncidentNote = graphql(
  `
    mutation AddIncidentNote($id: ID!, $text: String!) {
      addIncidentNote(id: $id, text: $text) {
        ...IncidentFields
      }
    }
  `,
  [incidentFields],
);

export const mitigateIncident = graphql(
  `
    mutation MitigateIncident($id: ID!, $expectedVersion: Int) {
      mitigateIncident(id: $id, expectedVersion: $expectedVersion) {
        ...IncidentFields
      }
    }
  `,
  [incidentFields],
);

export const resolveIncident = graphql(
  `
    mutation ResolveIncident($id: ID!, $expectedVersion: Int) {
      resolveIncident(id: $id, expectedVersion: $expectedVersion) {
        ...IncidentFields
      }
    }
  `,
  [incidentFields],
);

export const reopenIncident = graphql(
  `
    mutation ReopenIncident($id: ID!, $expectedVersion: Int) {
      reopenIncident(id: $id, expectedVersion: $expectedVersion) {
        ...IncidentFields
      }
    }
  `,
  [incidentFields],
);

export const closeIncident = graphql(
  `
    mutation CloseIncident($id: ID!, $expectedVersion: Int) {
      closeIncident(id: $id, expectedVersion: $expectedVersion) {
        ...IncidentFields
      }
    }
  `,
  [incidentFields],
);

export const dismissIncident = graphql(
  `
    mutation DismissIncident($id: ID!, $reason: DismissReason!, $comment: String, $expectedVersion: Int) {
      dismissIncident(id: $id, reason: $reason, comment: $comment, expectedVersion: $expectedVersion) {
        ...IncidentFields
        dismissReason
      }
    }
  `,
  [incidentFields],
);

export const mergeIncidents = graphql(
  `
    mutation MergeIncidents($ids: [ID!]!, $into: ID!) {
      mergeIncidents(ids: $ids, into: $into) {
        ...IncidentFields
      }
    }
  `,
  [incidentFields],
);

export const unmergeIncident = graphql(
  `
    mutation UnmergeIncident($id: ID!) {
      unmergeIncident(id: $id) {
        ...IncidentFields
      }
    }
  `,
  [incidentFields],
);

export const moveAlerts = graphql(
  `
    mutation MoveAlerts($alertIds: [ID!]!, $into: ID!) {
      moveAlerts(alertIds: $alertIds, into: $into) {
        ...IncidentFields
      }
    }
  `,
  [incidentFields],
);

export const splitIncident = graphql(
  `
    mutation SplitIncident($id: ID!, $alertIds: [ID!]!, $title: String) {
      splitIncident(id: $id, alertIds: $alertIds, title: $title) {
        ...IncidentFields
      }
    }
  `,
  [incidentFields],
);

export const createIncident = graphql(
  `
    mutation CreateIncident($input: CreateIncidentInput!) {
      createIncident(input: $input) {
        ...IncidentFields
      }
    }
  `,
  [incidentFields],
);
