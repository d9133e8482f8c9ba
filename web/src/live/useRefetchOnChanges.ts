import { useEffect, useRef } from 'react';
import { useIncidentChanges } from './incidentFeed.ts';

interface Options {
  /** Only changes of this incident count. @default all incidents */
  readonly incidentId?: string;
  /** @default 1000 */
  readonly everyMs?: number;
}

/** Runs `refetch` after incident changes, at most once in `everyMs`, and once more after the last change. */
export function useRefetchOnChanges(refetch: () => void, { incidentId, everyMs = 1_000 }: Options = {}): void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const lastAt = useRef(0);
  useIncidentChanges(({ incident }) => {
    if (timer.current !== undefined || (incidentId !== undefined && incident.id !== incidentId)) return;
    const wait = Math.max(0, lastAt.current + everyMs - Date.now());
    timer.current = setTimeout(() => {
      timer.current = undefined;
      lastAt.current = Date.now();
      refetch();
    }, wait);
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
}
