import { describe, expect, it } from 'vitest';
import { progressOf } from './replay.ts';

const at = '2026-03-01T10:00:00.000Z';
const letter = (id: string, replayedAt: string | null, replayError: string | null = null) => ({
  id,
  replayedAt,
  replayError,
});

describe('the replay of dead letters', () => {
  const replay = { queued: 3, before: new Map(['a', 'b', 'c'].map((id) => [id, null] as const)) };

  it('waits for those that were not replayed since it was asked for', () => {
    const progress = progressOf(replay, [letter('a', null), letter('b', null), letter('c', null), letter('x', null)]);
    expect(progress.waiting).toEqual(['a', 'b', 'c']);
  });

  it('tells what was understood from what failed again', () => {
    const { sentence, failed } = progressOf(replay, [letter('a', at), letter('b', at, 'no title'), letter('c', null)]);
    expect(sentence).toBe('3 letters replayed: 1 understood, 1 failed again, 1 in line');
    expect(failed).toBe(1);
  });

  it('does not take an earlier replay for this one', () => {
    const again = { queued: 1, before: new Map([['a', at]]) };
    expect(progressOf(again, [letter('a', at)]).waiting).toEqual(['a']);
  });
});
