import type { FragmentOf, ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

const windowFields = graphql(`
  fragment WindowFields on MaintenanceWindow {
    id
    version
    kind
    name
    comment
    match
    owner
    startsAt
    endsAt
    rrule
    timeZone
    durationSeconds
    state
    occurrenceStartsAt
    occurrenceEndsAt
    suppressedAlertCount
    createdAt
  }
`);

export type MaintenanceWindow = FragmentOf<typeof windowFields>;
export type MaintenanceInput = ReturnType<typeof graphql.scalar<'MaintenanceInput'>>;

export const maintenanceWindowsQuery = graphql(
  `
    query MaintenanceWindows {
      maintenanceWindows {
        ...WindowFields
      }
    }
  `,
  [windowFields],
);

export const previewMaintenanceQuery = graphql(`
  query PreviewMaintenance($input: MaintenanceInput!) {
    previewMaintenance(input: $input) {
      firingCount
      recentCount
      alerts {
        id
        status
        severity
        title
        service
        environment
        startsAt
      }
      occurrences {
        startsAt
        endsAt
      }
    }
  }
`);

export type MaintenancePreview = ResultOf<typeof previewMaintenanceQuery>['previewMaintenance'];

export const createMaintenanceWindow = graphql(
  `
    mutation CreateMaintenanceWindow($input: MaintenanceInput!) {
      createMaintenanceWindow(input: $input) {
        ...WindowFields
      }
    }
  `,
  [windowFields],
);

export const updateMaintenanceWindow = graphql(
  `
    mutation UpdateMaintenanceWindow($id: ID!, $input: MaintenanceInput!, $expectedVersion: Int!) {
      updateMaintenanceWindow(id: $id, input: $input, expectedVersion: $expectedVersion) {
        ...WindowFields
      }
    }
  `,
  [windowFields],
);

export const endMaintenanceWindow = graphql(
  `
    mutation EndMaintenanceWindow($id: ID!) {
      endMaintenanceWindow(id: $id) {
        ...WindowFields
      }
    }
  `,
  [windowFields],
);
