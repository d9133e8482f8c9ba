import { useCallback, useMemo } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../graphql/graphql.ts';

const namesQuery = graphql(`
  query PeopleNames {
    people(isActive: null) {
      id
      handle
      name
      isActive
    }
  }
`);

/** The people by handle, whoever is active first asked of the cache. */
function usePeople() {
  const [{ data }] = useQuery({ query: namesQuery, variables: {} });
  return data?.people;
}

/** How somebody is called on screen, by handle. A name from before there were accounts stays as it is. */
export function usePersonName(): (handle: string) => string {
  const people = usePeople();
  const names = useMemo(() => new Map(people?.map(({ handle, name }) => [handle, name])), [people]);
  return useCallback((handle) => names.get(handle) ?? handle, [names]);
}

/** Whom work can be given to, by name. */
export function useActivePeople() {
  return (usePeople() ?? []).filter(({ isActive }) => isActive).toSorted((a, b) => a.name.localeCompare(b.name));
}
