import { describe, expect, it } from 'vitest';
import { type CalendarShift, calendarText } from './calendar.js';

const shift: CalendarShift = {
  personId: 1,
  layer: 'Primary',
  overrideId: null,
  startsAt: Date.parse('2026-03-29T01:00:00Z'),
  endsAt: Date.parse('2026-03-30T00:30:00Z'),
  title: 'On call: Checkout',
  uid: '1-1@tocsin',
};

describe('a calendar', () => {
  it('says shifts in UTC, and leaves gaps out', () => {
    const text = calendarText('Mine', [shift, { ...shift, personId: null }], Date.parse('2026-01-01T00:00:00Z'));
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(1);
    expect(text).toContain('\r\nDTSTART:20260329T010000Z\r\nDTEND:20260330T003000Z\r\n');
  });

  it('folds lines at 75 octets without tearing a character', () => {
    const lines = calendarText('Mine', [{ ...shift, title: '🚒é'.repeat(60) }], 0).split('\r\n');
    expect(Math.max(...lines.map((line) => new TextEncoder().encode(line).length))).toBeLessThanOrEqual(75);
    expect(lines.join('')).not.toContain('\ufffd');
  });

  it('lets no text end its line: a name brings no event of its own', () => {
    const text = calendarText('x\r\nBEGIN:VEVENT', [{ ...shift, title: 'a\nDTEND:1;b,c\\' }], 0);
    expect(text.match(/^BEGIN:VEVENT/gm)).toHaveLength(1);
    expect(text).toContain('SUMMARY:a\\nDTEND:1\\;b\\,c\\\\\r\n');
  });
});
