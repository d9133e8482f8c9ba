import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertPart } from './alert.js';
import { foldArrival, unknownFingerprint, type Arrival, type FingerprintState } from './dedupe.js';

const minute = 60_000;
const start = Date.parse('2026-03-01T10:00:00Z');
const at = (minutes: number) => start + minutes * minute;

const fires = (fingerprint: string, from: number): AlertPart => {
  return { fingerprint, status: 'firing', startsAt: at(from), endsAt: null };
};
const ended = (fingerprint: string, from: number, to: number): AlertPart => {
  return { fingerprint, status: 'resolved', startsAt: at(from), endsAt: at(to) };
};

/** What an adapter makes of the parts of one condition in one delivery. */
function arrival(...parts: readonly AlertPart[]): Arrival {
  const firing = parts.filter(({ status }) => status === 'firing');
  const of = firing.length > 0 ? firing : parts;
  const starts = of.map(({ startsAt }) => startsAt ?? 0);
  const ends = of.map(({ endsAt }) => endsAt ?? 0);
  const alert = {
    status: firing.length > 0 ? 'firing' : 'resolved',
    severity: 'medium',
    startsAt: Math.min(...starts),
    endsAt: firing.length > 0 ? null : Math.max(...ends),
    parts,
  } as const;
  return { alert, receivedAt: at(600), materialHash: 'same' };
}

function fold(...arrivals: readonly Arrival[]): { outcomes: readonly string[]; state: FingerprintState } {
  let state = unknownFingerprint;
  const outcomes = arrivals.map((each) => {
    const folded = foldArrival(state, each);
    state = folded.state;
    return folded.decision.outcome;
  });
  return { outcomes, state };
}

describe('a condition of two of the sender’s alerts', () => {
  it('fires while one of them does', () => {
    const { outcomes, state } = fold(
      arrival(fires('w', 0)),
      arrival(fires('w', 0), fires('c', 8)),
      arrival(fires('w', 0), ended('c', 8, 9)),
      arrival(ended('w', 0, 12)),
    );
    expect(outcomes).toEqual(['opened', 'repeated', 'repeated', 'resolved']);
    expect(state).toEqual({ open: null, lastEndedAt: at(12) });
  });

  it('goes on where one ends and the other began before', () => {
    expect(fold(arrival(fires('w', 0)), arrival(ended('w', 0, 5), fires('c', 3))).outcomes).toEqual([
      'opened',
      'repeated',
    ]);
  });

  it('is superseded where its only part starts again', () => {
    expect(fold(arrival(fires('w', 0)), arrival(fires('w', 9))).outcomes).toEqual(['opened', 'superseded']);
  });

  it('is not held open by a late copy of a part that has ended', () => {
    const { outcomes } = fold(
      arrival(fires('w', 0), fires('c', 1)),
      arrival(fires('w', 0), ended('c', 1, 3)),
      arrival(fires('c', 1)),
      arrival(ended('w', 0, 6)),
    );
    expect(outcomes).toEqual(['opened', 'repeated', 'repeated', 'resolved']);
  });

  it('knows every firing of its parts', () => {
    const { state } = fold(arrival(fires('w', 0), fires('c', 1)), arrival(ended('c', 1, 3)), arrival(fires('c', 9)));
    expect(state.open?.parts).toEqual([
      { fingerprint: 'w', startsAt: at(0), endsAt: null },
      { fingerprint: 'c', startsAt: at(1), endsAt: at(3) },
      { fingerprint: 'c', startsAt: at(9), endsAt: null },
    ]);
  });
});

it('tells with the next episode what passed before it, and with the last what had ended', () => {
  const { state } = fold(arrival(fires('w', 0)));
  const folded = foldArrival(state, arrival(ended('c', 4, 6), fires('w', 9)));
  expect(folded.decision).toEqual({ outcome: 'superseded', endsAt: at(9), startsAt: at(9) });
  expect(folded.endedParts).toEqual([{ fingerprint: 'w', startsAt: at(0), endsAt: at(9) }]);
  expect(folded.state.open?.parts?.map(({ startsAt }) => startsAt)).toEqual([at(4), at(9)]);
});

describe('what began and ended between two notifications', () => {
  const passed = (from: number, to: number): Arrival => {
    const alert = { status: 'resolved', severity: 'medium', startsAt: at(from), endsAt: at(to) } as const;
    return { alert, receivedAt: at(600), materialHash: 'same' };
  };

  it('is an episode that opens and closes at once', () => {
    expect(foldArrival(unknownFingerprint, passed(0, 3)).decision).toEqual({
      outcome: 'passed',
      startsAt: at(0),
      endsAt: at(3),
      parts: null,
      supersedes: null,
    });
    expect(fold(passed(0, 3), passed(5, 8)).outcomes).toEqual(['passed', 'passed']);
    expect(fold(arrival(ended('w', 0, 3))).outcomes).toEqual(['passed']);
  });

  it('ends the episode before it, which ended unseen', () => {
    const alert = { status: 'firing', severity: 'medium', startsAt: at(0), endsAt: null } as const;
    const { state } = foldArrival(unknownFingerprint, { alert, receivedAt: at(600), materialHash: 'same' });
    expect(foldArrival(state, passed(10, 13)).decision).toMatchObject({ outcome: 'passed', supersedes: at(10) });
    expect(foldArrival(state, passed(1, 3)).decision).toMatchObject({ outcome: 'resolved', endsAt: at(3) });
  });

  it('is counted once, however often its end is told', () => {
    expect(fold(passed(0, 3), passed(0, 3)).outcomes).toEqual(['passed', 'ignored']);
    expect(fold(arrival(ended('w', 0, 3)), arrival(ended('w', 0, 3))).outcomes).toEqual(['passed', 'ignored']);
  });
});

it('repeating a delivery of parts changes nothing', () => {
  const part = fc
    .tuple(fc.constantFrom('w', 'c'), fc.nat(40), fc.option(fc.nat(20), { nil: null }))
    .map(([fingerprint, from, length]) =>
      length === null ? fires(fingerprint, from) : ended(fingerprint, from, from + length),
    );
  const arrivals = fc.array(fc.uniqueArray(part, { minLength: 1, selector: ({ fingerprint }) => fingerprint }), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(arrivals, (deliveries) => {
      const once = deliveries.map((parts) => arrival(...parts));
      const last = once.at(-1);
      if (last === undefined) return;
      expect(fold(...once, last).state).toEqual(fold(...once).state);
    }),
    { numRuns: 2_000 },
  );
});
