import { useEffect, useEffectEvent, useState } from 'react';

export interface Settled<T> {
  readonly value: T;
  /** The value has changed since, and has not stood still for long enough yet. */
  readonly isBehind: boolean;
}

/** A value once its text has stood still for a while. It keeps its identity until the text changes. */
export function useSettled<T>(value: T, waitMs: number): Settled<T> {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState({ text, value });
  const settle = useEffectEvent(() => setSettled({ text, value }));
  useEffect(() => {
    const timer = setTimeout(() => settle(), waitMs);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- `text` stands for the value
  }, [text, waitMs]);
  return { value: settled.value, isBehind: settled.text !== text };
}
