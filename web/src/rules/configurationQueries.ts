import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

export const exportConfigurationQuery = graphql(`
  query ExportConfiguration {
    exportConfiguration
  }
`);

export const applyConfiguration = graphql(`
  mutation ApplyConfiguration($document: String!, $dryRun: Boolean) {
    applyConfiguration(document: $document, dryRun: $dryRun) {
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

export type ConfigurationResult = ResultOf<typeof applyConfiguration>['applyConfiguration'];
