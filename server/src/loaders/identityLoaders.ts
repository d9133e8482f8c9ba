import { incidentSubjects, type IncidentSubject } from '@tocsin/schema/postgres/permissionSubject';
import { membershipsOf, type Person, personsByHandle } from '@tocsin/schema/postgres/person';
import type { Pool } from '@tocsin/schema/postgres/pool';
import DataLoader from 'dataloader';

type Membership = Awaited<ReturnType<typeof membershipsOf>>[number];

export interface IdentityLoaders {
  /** Null: a name from before there were accounts. */
  readonly personByHandle: DataLoader<string, Person | null>;
  readonly membershipsOfPerson: DataLoader<number, readonly Membership[]>;
  /** What decides who may see and do what on an incident. */
  readonly incidentSubject: DataLoader<number, IncidentSubject | null>;
}

export function createIdentityLoaders(pool: Pool): IdentityLoaders {
  return {
    personByHandle: new DataLoader(async (handles: readonly string[]) => {
      const people = new Map((await personsByHandle(pool, handles)).map((person) => [person.handle, person]));
      return handles.map((handle) => people.get(handle) ?? null);
    }),
    membershipsOfPerson: new DataLoader(async (ids: readonly number[]) => {
      const memberships = await membershipsOf(pool, ids);
      return ids.map((id) => memberships.filter(({ personId }) => personId === id));
    }),
    incidentSubject: new DataLoader(async (ids: readonly number[]) => {
      const subjects = await incidentSubjects(pool, ids);
      return ids.map((id) => subjects.get(id) ?? null);
    }),
  };
}
