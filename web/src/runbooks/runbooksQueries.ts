import type { FragmentOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

const runbookFields = graphql(`
  fragment RunbookFields on Runbook {
    id
    version
    title
    body
    services
    types
    condition
    isArchived
    updatedBy
    updatedAt
    team {
      id
      name
    }
  }
`);

export type RunbookRow = FragmentOf<typeof runbookFields>;

export const runbooksQuery = graphql(
  `
    query Runbooks($search: String) {
      runbooks(search: $search) {
        ...RunbookFields
      }
    }
  `,
  [runbookFields],
);

export const runbookQuery = graphql(
  `
    query Runbook($id: ID!) {
      runbook(id: $id) {
        ...RunbookFields
      }
    }
  `,
  [runbookFields],
);

/** What a runbook can be attached by. */
export const runbookChoicesQuery = graphql(`
  query RunbookChoices {
    services {
      id
      name
    }
    incidentTypes {
      key
      title
    }
    teams {
      id
      name
    }
  }
`);

export const saveRunbook = graphql(
  `
    mutation SaveRunbook($input: RunbookInput!, $expectedVersion: Int) {
      saveRunbook(input: $input, expectedVersion: $expectedVersion) {
        ...RunbookFields
      }
    }
  `,
  [runbookFields],
);

export const archiveRunbook = graphql(
  `
    mutation ArchiveRunbook($id: ID!, $isArchived: Boolean!) {
      archiveRunbook(id: $id, isArchived: $isArchived) {
        ...RunbookFields
      }
    }
  `,
  [runbookFields],
);
