import type { ResultOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';

export const tokensQuery = graphql(`
  query ApiTokens {
    apiTokens {
      id
      name
      hint
      scopes
      teams
      createdAt
      expiresAt
      lastUsedAt
      lastUsedAddress
    }
  }
`);

export type TokenRow = ResultOf<typeof tokensQuery>['apiTokens'][number];

export const createApiToken = graphql(`
  mutation CreateApiToken($input: ApiTokenInput!) {
    createApiToken(input: $input) {
      secret
      apiToken {
        id
      }
    }
  }
`);

export const revokeApiToken = graphql(`
  mutation RevokeApiToken($id: ID!) {
    revokeApiToken(id: $id)
  }
`);
