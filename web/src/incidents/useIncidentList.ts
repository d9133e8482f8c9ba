import { client } from '../graphql/client.ts';
import type { IncidentRow } from '../graphql/incidentFields.ts';
import { type List, useList } from '../lists/useList.ts';
import { useIncidentChanges } from '../live/incidentFeed.ts';
import { filterOf, type IncidentSearch, sortOf } from './incidentSearch.ts';
import { incidentPageQuery } from './incidentsQueries.ts';
import { matchesFilter } from './matchesFilter.ts';

const pageSize = 100;

/** The incidents behind the address, live. @param isHeld whether rows must not move now */
export function useIncidentList(search: IncidentSearch, isHeld: () => boolean): List<IncidentRow> {
  const filter = filterOf(search);
  const sort = sortOf(search);
  const list = useList<IncidentRow>({
    question: JSON.stringify([filter, sort]),
    readPage: async (after) => {
      const variables = { filter, sort, first: pageSize, after };
      const result = await client.query(incidentPageQuery, variables, { requestPolicy: 'network-only' }).toPromise();
      return { page: result.data?.incidents, error: result.error };
    },
    matches: (row) => matchesFilter(row, filter),
    ageOf: ({ version }) => version,
    isHeld,
  });
  useIncidentChanges(({ incident }) => list.heard(incident));
  return list;
}
