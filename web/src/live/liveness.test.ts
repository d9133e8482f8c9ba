import { describe, expect, it } from 'vitest';
import { type Liveness, nextLiveness, type Signal, staleAfterMs, startLiveness } from './liveness.ts';

const after = (...signals: readonly Signal[]): Liveness => signals.reduce(nextLiveness, startLiveness(0));

describe('liveness', () => {
  it('is connecting until the server has acknowledged the connection', () => {
    expect(after({ kind: 'attempt', at: 5 })).toEqual({ state: 'connecting', since: 0 });
  });

  it('is live after the acknowledgement and learns the latency from the first pong', () => {
    const live = after({ kind: 'connected', at: 10 }, { kind: 'heard', at: 20, latencyMs: 7 });
    expect(live).toEqual({ state: 'live', since: 10, heardAt: 20, latencyMs: 7 });
  });

  it('knows the latency at once where the greeting measured it', () => {
    expect(after({ kind: 'connected', at: 10, latencyMs: 4 })).toMatchObject({ state: 'live', latencyMs: 4 });
  });

  it('keeps the last latency when a message without one is heard', () => {
    const live = after(
      { kind: 'connected', at: 10 },
      { kind: 'heard', at: 20, latencyMs: 7 },
      { kind: 'heard', at: 30 },
    );
    expect(live).toMatchObject({ state: 'live', heardAt: 30, latencyMs: 7 });
  });

  it('says since when it is reconnecting and counts the attempts', () => {
    const lost = after(
      { kind: 'connected', at: 10 },
      { kind: 'closed', at: 100 },
      { kind: 'attempt', at: 110 },
      { kind: 'closed', at: 120 },
      { kind: 'attempt', at: 130 },
    );
    expect(lost).toEqual({ state: 'reconnecting', since: 100, attempts: 2, heardAt: 10 });
  });

  it('is stale when an open socket has been silent for too long', () => {
    const quiet = after({ kind: 'connected', at: 10 }, { kind: 'tick', at: 10 + staleAfterMs });
    expect(quiet).toEqual({ state: 'stale', since: 10, heardAt: 10 });
  });

  it('is stale when reconnecting takes too long, and remembers when it last heard something', () => {
    const lost = after(
      { kind: 'connected', at: 10 },
      { kind: 'closed', at: 100 },
      { kind: 'tick', at: 99 + staleAfterMs },
      { kind: 'tick', at: 100 + staleAfterMs },
    );
    expect(lost).toEqual({ state: 'stale', since: 100, heardAt: 10 });
  });

  it('does not become live by a leftover message of a closed socket', () => {
    const lost = after({ kind: 'connected', at: 10 }, { kind: 'closed', at: 100 }, { kind: 'heard', at: 101 });
    expect(lost.state).toBe('reconnecting');
  });

  it('is live again from stale when the silent socket speaks', () => {
    const back = after(
      { kind: 'connected', at: 10 },
      { kind: 'tick', at: 10 + staleAfterMs },
      { kind: 'heard', at: 50_000 },
    );
    expect(back).toMatchObject({ state: 'live', heardAt: 50_000 });
  });
});
