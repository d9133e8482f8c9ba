import { useEffect, useState } from 'react';
import { useMutate } from '../ui/useMutate.ts';
import { replayDeadLetters } from './integrationMutations.ts';
import type { DeadLetter } from './integrationsQueries.ts';
import { progressOf, type Replay, type ReplayProgress } from './replay.ts';

/** A replay goes through the queue: its result is looked for this often, and given up after so many looks. */
const lookMs = 800;
const looks = 25;

export interface Replaying {
  readonly progress: ReplayProgress | null;
  readonly isMutating: boolean;
  /** Null: all letters of the integration. */
  readonly replay: (ids: readonly string[] | null) => Promise<void>;
}

interface Options {
  readonly integrationId: string;
  readonly letters: readonly DeadLetter[];
  readonly refetch: () => void;
}

/** Replays dead letters and follows what becomes of them. */
export function useReplay({ integrationId, letters, refetch }: Options): Replaying {
  const { mutate, isMutating } = useMutate();
  const [running, setRunning] = useState<Replay | null>(null);
  const [looked, setLooked] = useState(0);
  const progress = running && progressOf(running, letters);
  const isWaiting = progress !== null && progress.waiting.length > 0 && looked < looks;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => {
      setLooked(looked + 1);
      refetch();
    }, lookMs);
    return () => clearTimeout(timer);
  }, [isWaiting, looked, refetch]);

  const replay = async (ids: readonly string[] | null) => {
    const mine = letters.filter(({ id }) => ids === null || ids.includes(id));
    const before = new Map(mine.map(({ id, replayedAt }) => [id, replayedAt] as const));
    const result = await mutate(replayDeadLetters, { integrationId, ids: ids && [...ids] });
    if (!result) return;
    setLooked(0);
    setRunning({ queued: result.replayDeadLetters, before });
  };
  return { progress, isMutating, replay };
}
