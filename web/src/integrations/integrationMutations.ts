import { graphql } from '../graphql/graphql.ts';

export const createIntegration = graphql(`
  mutation CreateIntegration($input: CreateIntegrationInput!) {
    createIntegration(input: $input) {
      secret
      integration {
        id
        name
      }
    }
  }
`);

export const updateIntegration = graphql(`
  mutation UpdateIntegration($id: ID!, $input: UpdateIntegrationInput!) {
    updateIntegration(id: $id, input: $input) {
      id
      name
      team
      environment
      staleAfterSeconds
      staleAction
      ignoreLabels
      volatileAnnotations
      labelAliases {
        field
        label
      }
      heartbeatSeconds
      reconcileUrl
      topics
      reconcileError
      isSilent
    }
  }
`);

export const rotateIntegrationSecret = graphql(`
  mutation RotateIntegrationSecret($id: ID!, $overlapSeconds: Int) {
    rotateIntegrationSecret(id: $id, overlapSeconds: $overlapSeconds) {
      secret
      integration {
        id
        secrets {
          id
          hint
          createdAt
          expiresAt
          lastUsedAt
        }
      }
    }
  }
`);

export const sendTestAlert = graphql(`
  mutation SendTestAlert($integrationId: ID!) {
    sendTestAlert(integrationId: $integrationId)
  }
`);

/** All letters of the integration where `ids` is null; answers how many were put in line. */
export const replayDeadLetters = graphql(`
  mutation ReplayDeadLetters($integrationId: ID!, $ids: [ID!]) {
    replayDeadLetters(integrationId: $integrationId, ids: $ids)
  }
`);

/** Null takes the secret away. */
export const setSigningSecret = graphql(`
  mutation SetSigningSecret($integrationId: ID!, $secret: String) {
    setSigningSecret(integrationId: $integrationId, secret: $secret) {
      id
      hasSigningSecret
    }
  }
`);

export const saveMapping = graphql(`
  mutation SaveMapping($integrationId: ID!, $mapping: [FieldMappingInput!]!) {
    saveMapping(integrationId: $integrationId, mapping: $mapping) {
      id
      mapping {
        field
        expression
      }
    }
  }
`);
