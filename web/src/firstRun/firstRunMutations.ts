import { graphql } from '../graphql/graphql.ts';

export const startDemo = graphql(`
  mutation StartDemo {
    startDemo
  }
`);

export const genericIntegrationsQuery = graphql(`
  query GenericIntegrations {
    integrations {
      id
      source
    }
  }
`);
