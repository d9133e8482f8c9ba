import type { ResultOf, VariablesOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';

const typeFields = graphql(`
  fragment TypeFields on IncidentType {
    key
    title
    isRestricted
    isArchived
    version
    openIncidents
    definition {
      statuses {
        key
        title
        phase
      }
      transitions {
        from
        to
        role
        requires
      }
      fields {
        key
        title
        kind
        choices
        reportOrder
        isRequiredInReport
      }
      roles {
        role
        requiredFrom
        checklist {
          key
          text
        }
      }
      defaultSeverity
      closing {
        reviewFrom
        openTasks
        fields
      }
      updatesNeedApproval
    }
  }
`);

export const typesQuery = graphql(
  `
    query IncidentTypes {
      incidentTypes(isArchived: null) {
        ...TypeFields
      }
    }
  `,
  [typeFields],
);

export type TypeRow = ResultOf<typeof typesQuery>['incidentTypes'][number];

export const checkTypeQuery = graphql(`
  query CheckType($input: IncidentTypeInput!) {
    checkIncidentType(input: $input) {
      code
      message
      status
      field
    }
  }
`);

export type TypeInput = VariablesOf<typeof checkTypeQuery>['input'];
export type Problem = ResultOf<typeof checkTypeQuery>['checkIncidentType'][number];
export type Definition = TypeRow['definition'];

export const saveType = graphql(
  `
    mutation SaveType($input: IncidentTypeInput!, $version: Int!, $comment: String) {
      saveIncidentType(input: $input, expectedVersion: $version, comment: $comment) {
        ...TypeFields
      }
    }
  `,
  [typeFields],
);

export const archiveType = graphql(
  `
    mutation ArchiveType($key: ID!, $isArchived: Boolean!) {
      archiveIncidentType(key: $key, isArchived: $isArchived) {
        ...TypeFields
      }
    }
  `,
  [typeFields],
);
