import type { ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';
import { personFields, shiftFields } from './onCallQueries.ts';

export const scheduleQuery = graphql(
  `
    query Schedule($id: ID!) {
      schedule(id: $id) {
        id
        name
        timeZone
        version
        team {
          id
          name
        }
        layers {
          name
          startsOn
          endsOn
          handoffTime
          turnUnit
          turnLength
          members {
            ...OnCallPerson
          }
          restrictions {
            weekdays
            from
            until
          }
        }
      }
    }
  `,
  [personFields],
);

export type ScheduleDetails = NonNullable<ResultOf<typeof scheduleQuery>['schedule']>;
export type ScheduleInput = ReturnType<typeof graphql.scalar<'ScheduleInput'>>;
export type TurnUnit = ReturnType<typeof graphql.scalar<'TurnUnit'>>;

export const previewScheduleQuery = graphql(
  `
    query PreviewSchedule($input: ScheduleInput!, $from: DateTime!, $to: DateTime!) {
      previewSchedule(input: $input, from: $from, to: $to) {
        ...ShiftFields
      }
    }
  `,
  [shiftFields],
);

export const saveSchedule = graphql(`
  mutation SaveSchedule($input: ScheduleInput!, $expectedVersion: Int) {
    saveSchedule(input: $input, expectedVersion: $expectedVersion) {
      id
      version
    }
  }
`);

export const deleteSchedule = graphql(`
  mutation DeleteSchedule($id: ID!) {
    deleteSchedule(id: $id)
  }
`);
