import { useMemo, useState } from 'react';
import { client } from '../graphql/client.ts';
import { type List, useList } from '../lists/useList.ts';
import { readLogHead } from '../ui/logCursor.ts';
import { useAlertChanges, useAlertFeed } from './alertFeed.ts';
import { type AlertSearch, filterOf, sortOf } from './alertSearch.ts';
import { alertPageQuery, type AlertRow } from './alertsQueries.ts';
import { alertTest } from './matchesAlert.ts';

const pageSize = 100;
/** Somebody who scrolls reads faster than one who looks. */
const nextPageSize = 200;
/** Repeats make no event: how often an alert came is read again this often. */
const recountMs = 15_000;

/** The alerts behind the address, live. @param isHeld whether rows must not move now */
export function useAlertList(search: AlertSearch, isHeld: () => boolean): List<AlertRow> {
  const [cursor, setCursor] = useState<string | null>(null);
  const filter = useMemo(() => filterOf(search), [search]);
  const matches = useMemo(() => alertTest(filter), [filter]);
  const sort = sortOf(search);
  const list = useList<AlertRow>({
    question: JSON.stringify([filter, sort]),
    readPage: async (after) => {
      const head = cursor === null ? await readLogHead() : null;
      const isFirst = after === null;
      const variables = { filter, sort, first: isFirst ? pageSize : nextPageSize, after, isFirst };
      const { data, error } = await client
        .query(alertPageQuery, variables, { requestPolicy: 'network-only' })
        .toPromise();
      if (head?.cursor) setCursor(head.cursor);
      return { page: data?.alerts, error };
    },
    matches,
    ageOf: ({ lastReceivedAt }) => Date.parse(lastReceivedAt),
    isHeld,
    recountMs,
  });
  useAlertFeed(cursor);
  useAlertChanges(list.heard);
  return list;
}
