import type { FragmentOf, ResultOf } from 'gql.tada';
import { graphql } from '../graphql/graphql.ts';

export const personFields = graphql(`
  fragment OnCallPerson on Person {
    id
    handle
    name
    isActive
  }
`);

export const shiftFields = graphql(
  `
    fragment ShiftFields on Shift {
      startsAt
      endsAt
      layer
      person {
        ...OnCallPerson
      }
      override {
        id
        reason
        createdBy
      }
    }
  `,
  [personFields],
);

export type PersonRow = FragmentOf<typeof personFields>;
export type ShiftRow = FragmentOf<typeof shiftFields>;

export const onCallQuery = graphql(
  `
    query OnCall($from: DateTime!, $to: DateTime!) {
      schedules {
        id
        name
        timeZone
        team {
          id
          name
        }
        usedBy {
          id
          name
        }
        shifts(from: $from, to: $to) {
          ...ShiftFields
        }
        gaps {
          startsAt
          endsAt
        }
      }
      teams {
        id
        name
        openIncidents
        escalationPolicy {
          id
          name
        }
        schedules {
          id
        }
      }
      unowned {
        openIncidents
      }
    }
  `,
  [shiftFields],
);

export type ScheduleRow = ResultOf<typeof onCallQuery>['schedules'][number];
export type TeamRow = ResultOf<typeof onCallQuery>['teams'][number];

export const peopleQuery = graphql(
  `
    query OnCallPeople {
      people(isActive: true) {
        ...OnCallPerson
      }
    }
  `,
  [personFields],
);

export const teamNamesQuery = graphql(`
  query TeamNames {
    teams {
      id
      name
    }
  }
`);

export const createOverride = graphql(`
  mutation CreateOverride($input: OverrideInput!) {
    createOverride(input: $input) {
      id
    }
  }
`);

export const deleteOverride = graphql(`
  mutation DeleteOverride($id: ID!) {
    deleteOverride(id: $id)
  }
`);
