import { useEffect } from 'react';
import { useThrottled } from '../ui/useThrottled.ts';

/** Charts follow the tiles at their own pace: a line that twitches each second reads badly. */
const everyMs = 5_000;

export function useRefetchOnTicks(refetch: () => void, computedAt: string | null): void {
  const refetchSoon = useThrottled(refetch, everyMs);
  useEffect(() => {
    if (computedAt !== null) refetchSoon();
  }, [computedAt, refetchSoon]);
}
