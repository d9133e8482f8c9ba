import { describe, expect, it } from 'vitest';
import { facts, harbour, minute, ruleBy, t0 } from './correlate.fixture.js';
import type { CorrelationRule } from './rule.js';
import { createReplay, type Replay } from './replay.js';

interface Run {
  readonly replay: Replay;
  /** The incident of each alert, 0 while it waits. */
  readonly homes: readonly number[];
  /** Begins at that minute, received then or later. */
  readonly open: (at: number, receivedAt?: number) => number;
  readonly end: (id: number, at: number) => void;
  readonly waitUntil: (at: number) => void;
}

function running(rule: Partial<CorrelationRule>): Run {
  const homes: number[] = [];
  const replay = createReplay([ruleBy(['service'], rule)], harbour, (id, incident) => {
    homes[id] = incident;
  });
  const time = (at: number): number => t0 + at * minute;
  return {
    replay,
    homes,
    open: (at, receivedAt = at) => {
      const id = homes.push(0) - 1;
      replay.open(id, facts({ fingerprint: `f${id}`, startsAt: time(at) }), { receivedAt: time(receivedAt) });
      return id;
    },
    end: (id, at) => replay.end(id, time(at)),
    waitUntil: (at) => replay.waitUntil(time(at)),
  };
}

describe('a threshold', () => {
  const threshold = { count: 3, seconds: 600 };

  it('lets all go with the one that makes them enough, in whatever order they came', () => {
    const { open, homes } = running({ threshold });
    open(20, 20);
    open(16, 21);
    expect(homes).toEqual([0, 0]);
    open(25);
    expect(homes).toEqual([1, 1, 1]);
  });

  it('leaves behind what came too long before, and takes what comes after', () => {
    const { open, homes } = running({ threshold });
    for (const at of [0, 8, 15, 18, 19]) open(at);
    expect(homes).toEqual([0, 1, 1, 1, 1]);
  });

  it('is not reached by as many over a longer time', () => {
    const { open, homes } = running({ threshold });
    for (const at of [0, 6, 12, 18]) open(at);
    expect(homes).toEqual([0, 0, 0, 0]);
  });

  it('counts what has ended, and begins again once the incident is over', () => {
    const { open, end, homes, replay } = running({ threshold, windowSeconds: 600, reopenWindowSeconds: 60 });
    for (const at of [0, 1, 2]) end(open(at), at + 0.5);
    expect(homes).toEqual([1, 1, 1]);
    for (const at of [60, 61]) open(at);
    expect(homes.slice(3)).toEqual([0, 0]);
    expect(replay.incidentCount).toBe(1);
  });
});

describe('a hold', () => {
  it('opens for what still fires when it is over, not before', () => {
    const { open, waitUntil, homes } = running({ holdSeconds: 300 });
    open(0, 1);
    waitUntil(5.9);
    expect(homes).toEqual([0]);
    waitUntil(6);
    expect(homes).toEqual([1]);
  });

  it('does not open for what ended before, however often', () => {
    const { open, end, waitUntil, replay } = running({ holdSeconds: 300 });
    for (const at of [0, 3, 60]) end(open(at), at + 5);
    waitUntil(200);
    expect(replay.incidentCount).toBe(0);
  });

  it('keeps nothing from an incident that is there', () => {
    const { open, end, homes } = running({ holdSeconds: 300 });
    open(0);
    end(open(4), 6);
    expect(homes).toEqual([1, 0]);
    open(7);
    expect(homes).toEqual([1, 0, 1]);
  });

  it('goes before the threshold', () => {
    const { open, end, waitUntil, homes } = running({ holdSeconds: 300, threshold: { count: 2, seconds: 600 } });
    end(open(0), 3);
    open(1);
    waitUntil(5.9);
    expect(homes).toEqual([0, 0]);
    waitUntil(6);
    expect(homes).toEqual([1, 1]);
  });
});
