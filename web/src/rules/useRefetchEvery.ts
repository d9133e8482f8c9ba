import { useEffect, useEffectEvent } from 'react';

/** Reads again now and then, while the page is seen: for what has no live feed. */
export function useRefetchEvery(refetch: () => void, everyMs: number): void {
  const look = useEffectEvent(() => {
    if (document.visibilityState === 'visible') refetch();
  });
  useEffect(() => {
    const timer = setInterval(() => look(), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
}
