import { graphql } from '../../graphql/graphql.ts';

export type IncidentRole = ReturnType<typeof graphql.scalar<'IncidentRole'>>;

export const roleWords = {
  REPORTER: 'Reporter',
  MANAGER: 'Manager',
  RESPONDER: 'Responder',
  COMMUNICATIONS: 'Communications',
  REVIEWER: 'Reviewer',
} as const satisfies Record<IncidentRole, string>;

export const incidentRoles = [
  'REPORTER',
  'MANAGER',
  'RESPONDER',
  'COMMUNICATIONS',
  'REVIEWER',
] as const satisfies readonly IncidentRole[];

/** Whom a role can be given to. */
export const rolePeopleQuery = graphql(`
  query RolePeople {
    people {
      id
      handle
      name
    }
  }
`);
