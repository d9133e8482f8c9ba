import { counted } from '../ui/words.ts';
import type { DeadLetter } from './integrationsQueries.ts';

/** A replay that was asked for: how many letters it concerns, and when those on screen had been replayed before. */
export interface Replay {
  readonly queued: number;
  readonly before: ReadonlyMap<string, string | null>;
}

type Letter = Pick<DeadLetter, 'id' | 'replayedAt' | 'replayError'>;

export interface ReplayProgress {
  readonly waiting: readonly string[];
  readonly failed: number;
  readonly sentence: string;
}

/** How far a replay is, from the letters as they are now: the server's clock stays out of it. */
export function progressOf({ queued, before }: Replay, letters: readonly Letter[]): ReplayProgress {
  const mine = letters.filter(({ id }) => before.has(id));
  const isDone = ({ id, replayedAt }: Letter) => replayedAt !== null && replayedAt !== before.get(id);
  const done = mine.filter(isDone);
  const failed = done.filter(({ replayError }) => replayError !== null).length;
  const waiting = mine.flatMap((letter) => (isDone(letter) ? [] : [letter.id]));
  const parts = [
    ...(done.length > failed ? [`${done.length - failed} understood`] : []),
    ...(failed > 0 ? [`${failed} failed again`] : []),
    ...(waiting.length > 0 ? [`${waiting.length} in line`] : []),
  ];
  return { waiting, failed, sentence: `${counted(queued, 'letter')} replayed: ${parts.join(', ') || 'in line'}` };
}
