import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyDedupe,
  dedupe,
  materialText,
  sameEpisodeToleranceMs,
  unknownFingerprint,
  type Arrival,
  type FingerprintState,
} from './dedupe.js';

const minute = 60_000;
const start = Date.parse('2026-03-01T10:00:00Z');
const later = start + 1_000 * minute;

function firing(startsAt: number | null, extra: Partial<Arrival> & { severity?: 'critical' | 'medium' } = {}): Arrival {
  const { severity = 'medium', ...rest } = extra;
  const alert = { status: 'firing', severity, startsAt, endsAt: null } as const;
  return { alert, receivedAt: later, materialHash: 'same', ...rest };
}

function resolved(startsAt: number | null, endsAt: number | null): Arrival {
  return {
    alert: { status: 'resolved', severity: 'medium', startsAt, endsAt },
    receivedAt: later,
    materialHash: 'same',
  };
}

function after(...arrivals: readonly Arrival[]): FingerprintState {
  return arrivals.reduce((state, arrival) => applyDedupe(state, arrival, dedupe(state, arrival)), unknownFingerprint);
}

function outcome(state: FingerprintState, arrival: Arrival): string {
  return dedupe(state, arrival).outcome;
}

describe('dedupe', () => {
  const open = after(firing(start));
  const closed = after(firing(start), resolved(start, start + 5 * minute));

  it('opens an episode when nothing is open', () => {
    expect(dedupe(unknownFingerprint, firing(start))).toEqual({ outcome: 'opened', startsAt: start });
    expect(dedupe(unknownFingerprint, firing(null))).toEqual({ outcome: 'opened', startsAt: later });
  });

  it('folds a repeat, also from a replica that evaluated a little later, and lets the start move earlier', () => {
    expect(dedupe(open, firing(start + sameEpisodeToleranceMs))).toEqual({ outcome: 'repeated', startsAt: start });
    expect(dedupe(open, firing(start - 30 * minute))).toEqual({ outcome: 'repeated', startsAt: start - 30 * minute });
    expect(outcome(open, firing(null))).toBe('repeated');
  });

  it('reports a change of severity or of a non-volatile annotation', () => {
    const arrival = firing(start, { severity: 'critical', materialHash: 'other' });
    expect(dedupe(open, arrival)).toEqual({ outcome: 'changed', startsAt: start, severityFrom: 'medium' });
    expect(dedupe(open, firing(start, { materialHash: 'other' }))).toMatchObject({ severityFrom: null });
  });

  it('supersedes an episode whose end was never seen', () => {
    const startsAt = start + sameEpisodeToleranceMs + 1;
    expect(dedupe(open, firing(startsAt))).toEqual({ outcome: 'superseded', endsAt: startsAt, startsAt });
    const next = after(firing(start), firing(startsAt));
    expect(next).toMatchObject({ open: { startsAt }, lastEndedAt: startsAt });
    expect(outcome(next, firing(startsAt))).toBe('repeated');
  });

  it('never takes a later copy for a new episode where the sender names no start', () => {
    const unnamed = after(firing(null));
    expect(outcome(unnamed, firing(later + 60 * minute))).toBe('repeated');
  });

  it('counts a late copy of what has ended, and nothing else', () => {
    expect(outcome(closed, firing(start))).toBe('stale');
    expect(outcome(closed, firing(start + 5 * minute))).toBe('stale');
    expect(outcome(closed, firing(start + 6 * minute))).toBe('opened');
  });

  it('resolves at the end that was sent, else at receipt, never before the start', () => {
    expect(dedupe(open, resolved(start, start + minute))).toEqual({ outcome: 'resolved', endsAt: start + minute });
    expect(dedupe(open, resolved(start, null))).toEqual({ outcome: 'resolved', endsAt: later });
  });

  it('does not let a late end of an earlier episode end the one that runs', () => {
    const second = after(firing(start), resolved(start, start + 5 * minute), firing(start + 60 * minute));
    expect(outcome(second, resolved(start, start + 5 * minute))).toBe('stale');
  });

  it('ignores an end without a start, but remembers it', () => {
    const ended = after(resolved(start, start + minute));
    expect(ended).toEqual({ open: null, lastEndedAt: start + minute });
    expect(outcome(ended, firing(start))).toBe('stale');
  });

  it('ends in the same state whatever the order and the repetition of one episode’s deliveries', () => {
    const endsAt = start + 10 * minute;
    const copies = fc.integer({ min: 0, max: sameEpisodeToleranceMs }).map((offset) => firing(start + offset));
    const ends = fc.constant(resolved(start, endsAt));
    const deliveries = fc.array(fc.oneof(copies, ends), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(deliveries, fc.nat(12), (sent, position) => {
        const withEnd = sent.toSpliced(position, 0, resolved(start, endsAt));
        expect(after(...withEnd)).toMatchObject({ open: null, lastEndedAt: endsAt });
      }),
    );
    fc.assert(
      fc.property(fc.array(copies, { minLength: 1, maxLength: 12 }), (sent) => {
        const starts = sent.map((arrival) => arrival.alert.startsAt ?? 0);
        expect(after(...sent)).toMatchObject({ open: { startsAt: Math.min(...starts) } });
      }),
    );
  });
});

describe('what counts as a change', () => {
  const volatile = ['related_logs'];
  const text = (annotations: Record<string, string>, severity: 'low' | 'high' = 'low'): string =>
    materialText({ severity, annotations }, volatile);

  it('is the severity and every annotation that is not volatile, in any order', () => {
    expect(text({ a: '1', b: '2' })).toBe(text({ b: '2', a: '1' }));
    expect(text({ a: '1', related_logs: 'x' })).toBe(text({ a: '1', related_logs: 'y' }));
    expect(text({ a: '1' })).not.toBe(text({ a: '2' }));
    expect(text({ a: '1' })).not.toBe(text({ a: '1' }, 'high'));
    expect(text({ a: '1","b":"2' })).not.toBe(text({ a: '1', b: '2' }));
  });
});
