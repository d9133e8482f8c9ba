import { useCallback, useEffect, useEffectEvent, useRef } from 'react';

/** Runs `run` when called, at most once in `everyMs`, and once more after the last call. */
export function useThrottled(run: () => void, everyMs: number): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const lastAt = useRef(0);
  const runNow = useEffectEvent(run);
  const fire = useRef(() => {});
  useEffect(() => {
    fire.current = () => {
      timer.current = undefined;
      lastAt.current = Date.now();
      runNow();
    };
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, []);
  return useCallback(() => {
    timer.current ??= setTimeout(() => fire.current(), Math.max(0, lastAt.current + everyMs - Date.now()));
  }, [everyMs]);
}
