import { useEffect, useEffectEvent, useState } from 'react';
import { useLiveEvents } from '../live/useLiveEvents.ts';
import { type AlertRow, alertEventsSubscription } from './alertsQueries.ts';

const listeners = new Set<(alert: AlertRow) => void>();

/** Follows every alert behind `after` while the explorer is on screen, for all its parts. */
export function useAlertFeed(after: string | null): void {
  // The subscription keeps its own cursor: only the first one starts it.
  const [start, setStart] = useState(after);
  if (start === null && after !== null) setStart(after);
  useLiveEvents({
    query: alertEventsSubscription,
    variables: start === null ? null : { after: start },
    onData: ({ alertEvents: { alert } }) => {
      for (const listener of listeners) listener(alert);
    },
  });
}

export function useAlertChanges(listener: (alert: AlertRow) => void): void {
  const onChange = useEffectEvent(listener);
  useEffect(() => {
    const mine = (alert: AlertRow) => onChange(alert);
    listeners.add(mine);
    return () => {
      listeners.delete(mine);
    };
  }, []);
}
