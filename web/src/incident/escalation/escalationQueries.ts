import type { ResultOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';

export const escalationQuery = graphql(`
  query IncidentEscalation($id: ID!) {
    incident(id: $id) {
      id
      version
      reference
      phase
      snoozedUntil
      snoozedKinds
      snoozedBy
      escalations {
        id
        policyName
        state
        step
        stepCount
        round
        roundCount
        reason
        startedBy
        startedAt
        nextAt
        endedAt
        endedBy
        pages {
          id
          step
          round
          because
          dueAt
          state
          acknowledgedAt
          person {
            id
            name
          }
        }
      }
    }
  }
`);

export type EscalatedIncident = NonNullable<ResultOf<typeof escalationQuery>['incident']>;
export type ShownEscalation = EscalatedIncident['escalations'][number];

export const whomToCallQuery = graphql(`
  query WhomToCall {
    people {
      id
      name
    }
    teams {
      id
      name
    }
  }
`);

export const escalateIncident = graphql(`
  mutation EscalateIncident($id: ID!, $input: EscalateInput!) {
    escalateIncident(id: $id, input: $input) {
      id
    }
  }
`);

export const stopEscalation = graphql(`
  mutation StopEscalation($id: ID!) {
    stopEscalation(id: $id) {
      id
    }
  }
`);

export const snoozeIncident = graphql(`
  mutation SnoozeIncident($id: ID!, $input: SnoozeInput!, $expectedVersion: Int) {
    snoozeIncident(id: $id, input: $input, expectedVersion: $expectedVersion) {
      id
    }
  }
`);

export const wakeIncident = graphql(`
  mutation WakeIncident($id: ID!) {
    wakeIncident(id: $id) {
      id
    }
  }
`);
