import { graphql } from '../../graphql/graphql.ts';
import { shiftFields } from '../../oncall/onCallQueries.ts';

export const myShiftsQuery = graphql(
  `
    query MyShifts($from: DateTime!, $to: DateTime!) {
      shiftsOf(from: $from, to: $to) {
        ...ShiftFields
        schedule {
          id
          name
        }
      }
      calendarFeeds {
        id
        createdAt
        lastReadAt
        schedule {
          id
          name
        }
      }
    }
  `,
  [shiftFields],
);

export const createFeed = graphql(`
  mutation CreateFeed($scheduleId: ID) {
    createCalendarFeed(scheduleId: $scheduleId) {
      id
      url
    }
  }
`);

export const deleteFeed = graphql(`
  mutation DeleteFeed($id: ID!) {
    deleteCalendarFeed(id: $id)
  }
`);
