import type { ResultOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';

export const tasksQuery = graphql(`
  query IncidentTasks($id: ID!) {
    incident(id: $id) {
      id
      tasks {
        id
        version
        title
        state
        dueAt
        assignee {
          id
          name
        }
      }
    }
  }
`);

export type IncidentTask = NonNullable<ResultOf<typeof tasksQuery>['incident']>['tasks'][number];

export const peopleToAskQuery = graphql(`
  query PeopleToAsk {
    people {
      id
      name
      handle
    }
  }
`);

export const myTasksQuery = graphql(`
  query MyTasks {
    myTasks {
      id
      version
      title
      state
      dueAt
      incident {
        id
        number
        reference
        title
      }
    }
  }
`);

export const createTask = graphql(`
  mutation CreateTask($incidentId: ID!, $input: TaskInput!) {
    createTask(incidentId: $incidentId, input: $input) {
      id
    }
  }
`);

export const setTaskState = graphql(`
  mutation SetTaskState($id: ID!, $state: TaskState!) {
    setTaskState(id: $id, state: $state) {
      id
      version
      state
    }
  }
`);
