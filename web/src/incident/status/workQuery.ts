import type { ResultOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';

const workFields = graphql(`
  fragment WorkFields on Incident {
    id
    reference
    title
    version
    priority
    impact
    urgency
    isOpen
    isRestricted
    services
    tags
    status {
      key
      title
      phase
    }
    nextStatuses {
      status {
        key
        title
        phase
      }
      isAllowed
      because
      requires
    }
    customFields {
      key
      title
      kind
      choices
      value
    }
    roles {
      role
      isRequired
      holders {
        personId
        handle
        name
      }
      checklist {
        key
        text
        tickedBy
      }
    }
    closingObstacles
  }
`);

/** How the incident stands in its workflow, what it holds and who does what. */
export const workQuery = graphql(
  `
    query IncidentWork($id: ID!) {
      incident(id: $id) {
        ...WorkFields
      }
    }
  `,
  [workFields],
);

export type IncidentWork = NonNullable<ResultOf<typeof workQuery>['incident']>;
export type RoleState = IncidentWork['roles'][number];
export type WorkField = IncidentWork['customFields'][number];

/** What the catalogue and open incidents know. */
export const serviceNamesQuery = graphql(`
  query ServiceNames {
    serviceNames
  }
`);

export const changeStatus = graphql(
  `
    mutation ChangeStatus($id: ID!, $status: String!, $fields: [CustomFieldValueInput!], $version: Int) {
      changeIncidentStatus(id: $id, status: $status, customFields: $fields, expectedVersion: $version) {
        phase
        ...WorkFields
      }
    }
  `,
  [workFields],
);

export const editWork = graphql(
  `
    mutation EditWork($id: ID!, $patch: IncidentPatch!, $version: Int) {
      editIncident(id: $id, patch: $patch, expectedVersion: $version) {
        ...WorkFields
      }
    }
  `,
  [workFields],
);

export const assignRole = graphql(
  `
    mutation AssignRole($id: ID!, $role: IncidentRole!, $personId: ID!) {
      assignIncidentRole(id: $id, role: $role, personId: $personId) {
        ...WorkFields
      }
    }
  `,
  [workFields],
);

export const removeRole = graphql(
  `
    mutation RemoveRole($id: ID!, $role: IncidentRole!, $personId: ID!) {
      removeIncidentRole(id: $id, role: $role, personId: $personId) {
        ...WorkFields
      }
    }
  `,
  [workFields],
);

export const tickItem = graphql(
  `
    mutation TickItem($id: ID!, $role: IncidentRole!, $item: String!, $isTicked: Boolean!) {
      tickChecklist(id: $id, role: $role, item: $item, isTicked: $isTicked) {
        ...WorkFields
      }
    }
  `,
  [workFields],
);
