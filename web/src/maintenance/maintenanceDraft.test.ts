import { describe, expect, it } from 'vitest';
import { draftOf, faultOf, inputOf, newDraft } from './maintenanceDraft.ts';
import { parseMaintenanceSearch } from './maintenanceSearch.ts';
import { instantIn, localIn } from './zonedTime.ts';

const now = Date.parse('2026-03-20T10:20:00Z');

describe('the clocks of a time zone', () => {
  it('are read in summer and in winter', () => {
    expect(localIn('Europe/Berlin', Date.parse('2026-01-10T09:00:00Z'))).toBe('2026-01-10T10:00');
    expect(instantIn('Europe/Berlin', '2026-07-10T10:00')).toBe(Date.parse('2026-07-10T08:00:00Z'));
    expect(instantIn('America/New_York', '2026-01-10T10:00')).toBe(Date.parse('2026-01-10T15:00:00Z'));
  });

  it('jump over an hour in spring, which is read as later, and show one twice in autumn, of which the first counts', () => {
    expect(instantIn('Europe/Berlin', '2026-03-29T02:30')).toBe(Date.parse('2026-03-29T01:30:00Z'));
    expect(instantIn('Europe/Berlin', '2026-10-25T02:30')).toBe(Date.parse('2026-10-25T00:30:00Z'));
  });

  it('show nothing for what is no time', () => {
    expect(instantIn('UTC', 'soon')).toBeNaN();
  });
});

describe('a silence', () => {
  it('runs from now on, filled with what the address said', () => {
    const draft = newDraft('silence', now, { match: 'service == "a"', name: 'known' });
    const input = inputOf(draft, now);
    expect(input).toMatchObject({ kind: 'SILENCE', match: 'service == "a"', name: 'known', rrule: null });
    expect(Date.parse(input.endsAt ?? '') - Date.parse(input.startsAt)).toBe(7_200_000);
    expect(faultOf(draft, now)).toBeNull();
  });

  it('says what is missing', () => {
    const draft = newDraft('silence', now, { match: 'true', name: 'x' });
    expect(faultOf({ ...draft, name: ' ' }, now)).toBe('Say what it is for.');
    expect(faultOf({ ...draft, match: '' }, now)).toBe('Say which alerts.');
    expect(faultOf({ ...draft, endsLocal: '' }, now)).toBe('Say when it ends.');
    expect(faultOf(draft, now + 10_800_000)).toBe('It has to end after it starts.');
  });
});

describe('a recurring window', () => {
  it('keeps the hours of its own zone through the form', () => {
    const stored = {
      id: '7',
      version: 1,
      kind: 'WINDOW',
      name: 'Upgrade',
      comment: null,
      match: 'true',
      owner: 'Ann',
      startsAt: '2026-03-21T01:00:00.000Z',
      endsAt: null,
      rrule: 'FREQ=WEEKLY;BYDAY=SA',
      timeZone: 'Asia/Tokyo',
      durationSeconds: 5_400,
      state: 'UPCOMING',
      occurrenceStartsAt: null,
      occurrenceEndsAt: null,
      suppressedAlertCount: 0,
      createdAt: '2026-03-20T00:00:00.000Z',
    } as const;
    const draft = draftOf(stored);
    expect(draft.startsLocal).toBe('2026-03-21T10:00');
    expect(inputOf(draft, now)).toEqual({
      kind: 'WINDOW',
      name: 'Upgrade',
      comment: null,
      match: 'true',
      startsAt: stored.startsAt,
      endsAt: null,
      rrule: stored.rrule,
      timeZone: 'Asia/Tokyo',
      durationSeconds: 5_400,
    });
  });
});

describe('the address of the maintenance screen', () => {
  it('opens a silence for an expression, whatever the router made of it', () => {
    expect(parseMaintenanceSearch({ new: 'silence', match: true, tab: 'active' })).toEqual({
      new: 'silence',
      match: 'true',
    });
    expect(parseMaintenanceSearch({ new: 'party', tab: 'never', edit: 7 })).toEqual({ edit: '7' });
  });
});
