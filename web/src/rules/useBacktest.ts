import { notifications } from '@mantine/notifications';
import { useCallback, useEffect, useState } from 'react';
import { client } from '../graphql/client.ts';
import { sentenceOf } from '../graphql/errors.ts';
import { useMutate } from '../ui/useMutate.ts';
import { type BacktestRow, backtestQuery, cancelBacktest, startBacktest } from './backtestQueries.ts';
import type { RuleInput } from './rulesQueries.ts';

const pollMs = 500;

export interface Backtesting {
  readonly backtest: BacktestRow | null;
  /** What is tried, e.g. "the draft". */
  readonly subject: string;
  readonly isStarting: boolean;
  readonly start: (rules: readonly RuleInput[], subject: string, from: string | null) => Promise<void>;
  readonly cancel: () => Promise<void>;
  readonly close: () => void;
}

/** One backtest at a time, followed until it ends. */
export function useBacktest(): Backtesting {
  const [backtest, setBacktest] = useState<BacktestRow | null>(null);
  const [subject, setSubject] = useState('');
  const { mutate, isMutating } = useMutate();
  const runningId = backtest?.state === 'RUNNING' ? backtest.id : null;

  useEffect(() => {
    if (runningId === null) return;
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      const result = await client
        .query(backtestQuery, { id: runningId }, { requestPolicy: 'network-only' })
        .toPromise();
      if (!isCurrent) return;
      const found = result.data?.backtest;
      if (found) setBacktest(found);
      else if (result.data) setBacktest(null);
      if (result.error) notifications.show({ color: 'red', message: sentenceOf(result.error), id: 'backtest' });
      if (!found || found.state === 'RUNNING') timer = setTimeout(() => void look(), pollMs);
    };
    timer = setTimeout(() => void look(), pollMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [runningId]);

  const start = useCallback(
    async (rules: readonly RuleInput[], what: string, from: string | null) => {
      const result = await mutate(startBacktest, { rules: [...rules], from, to: null });
      if (!result) return;
      setSubject(what);
      setBacktest(result.startBacktest);
    },
    [mutate],
  );
  const cancel = useCallback(async () => {
    if (runningId === null) return;
    const result = await mutate(cancelBacktest, { id: runningId });
    if (result) setBacktest(result.cancelBacktest);
  }, [mutate, runningId]);
  const close = useCallback(() => setBacktest(null), []);
  return { backtest, subject, isStarting: isMutating, start, cancel, close };
}
