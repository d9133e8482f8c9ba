import { useEffect, useEffectEvent } from 'react';
import type { ResultOf } from 'gql.tada';
import { client } from '../graphql/client.ts';
import { graphql } from '../graphql/graphql.ts';
import { eventFields, incidentFields } from '../graphql/incidentFields.ts';

const incidentEventsSubscription = graphql(
  `
    subscription IncidentFeed($after: Cursor) {
      incidentEvents(after: $after) {
        cursor
        event {
          ...EventFields
        }
        incident {
          ...IncidentFields
        }
      }
    }
  `,
  [eventFields, incidentFields],
);

export type IncidentChange = ResultOf<typeof incidentEventsSubscription>['incidentEvents'];

const listeners = new Set<(change: IncidentChange) => void>();

export function onIncidentChange(listener: (change: IncidentChange) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Follows every incident from `after` on. The cache takes the rows over; listeners hear what changed. */
export function startIncidentFeed(after: string): () => void {
  const source = client.subscription(incidentEventsSubscription, { after });
  const subscription = source.subscribe((result) => {
    const change = result.data?.incidentEvents;
    if (change) for (const listener of listeners) listener(change);
  });
  return () => subscription.unsubscribe();
}

/** Calls back with every change to any incident while the component is on screen. */
export function useIncidentChanges(listener: (change: IncidentChange) => void): void {
  const onChange = useEffectEvent(listener);
  useEffect(() => onIncidentChange((change) => onChange(change)), []);
}
