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

export const replayDeadLetter = graphql(`
  mutation ReplayDeadLetter($id: ID!) {
    replayDeadLetter(id: $id)
  }
`);
