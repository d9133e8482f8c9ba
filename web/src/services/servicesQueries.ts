import type { FragmentOf, ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';
import { incidentFields } from '../graphql/incidentFields.ts';

const serviceFields = graphql(`
  fragment ServiceFields on Service {
    id
    name
    kind
    environments
    namespace
    team
    tier
    runbookUrl
    aliases
    dependsOn
    dependedOnBy
    openIncidentCount
    firingAlertCount
    worstSeverity
    escalationPolicy {
      id
      name
    }
  }
`);

export type ServiceRow = FragmentOf<typeof serviceFields>;
export type ServiceInput = ReturnType<typeof graphql.scalar<'ServiceInput'>>;

export const servicesQuery = graphql(
  `
    query Services {
      services {
        ...ServiceFields
      }
    }
  `,
  [serviceFields],
);

export const serviceQuery = graphql(
  `
    query Service($name: String!) {
      service(name: $name) {
        ...ServiceFields
        owner {
          policyBecause
          policy {
            id
            name
          }
        }
        openIncidents {
          ...IncidentFields
        }
      }
    }
  `,
  [serviceFields, incidentFields],
);

export type ServiceDetails = NonNullable<ResultOf<typeof serviceQuery>['service']>;

export const saveService = graphql(
  `
    mutation SaveService($input: ServiceInput!) {
      saveService(input: $input) {
        ...ServiceFields
      }
    }
  `,
  [serviceFields],
);

export const deleteService = graphql(`
  mutation DeleteService($name: String!) {
    deleteService(name: $name)
  }
`);

export const importServices = graphql(`
  mutation ImportServices($document: String!, $dryRun: Boolean) {
    importServices(document: $document, dryRun: $dryRun) {
      isApplied
      changes {
        kind
        what
        name
        diff
      }
    }
  }
`);
