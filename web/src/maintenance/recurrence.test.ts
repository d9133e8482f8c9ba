import { describe, expect, it } from 'vitest';
import { parseRecurrence, printRecurrence, recurrenceWords } from './recurrence.ts';

describe('a recurrence', () => {
  it.each([
    ['FREQ=DAILY', 'every day'],
    ['FREQ=DAILY;INTERVAL=3', 'every 3 days'],
    ['FREQ=WEEKLY;BYDAY=SA', 'every Saturday'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'every working day'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', 'every 2 weeks on Monday and Thursday'],
    ['FREQ=MONTHLY;BYMONTHDAY=15', 'every month on day 15'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', 'every month on the last day'],
    ['FREQ=MONTHLY;BYDAY=-1SU', 'every month on the last Sunday'],
    ['FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO', 'every 3 months on the first Monday'],
  ])('%s is “%s”, and is written as it was read', (rrule, words) => {
    expect(recurrenceWords(rrule)).toBe(words);
    expect(printRecurrence(parseRecurrence(rrule))).toBe(rrule);
  });

  it.each(['FREQ=YEARLY;BYMONTH=12', 'FREQ=WEEKLY;BYDAY=SA;COUNT=3', 'FREQ=MONTHLY;BYDAY=MO,TU', 'nonsense', ''])(
    '%s has no fields here and stays as it is written',
    (rrule) => {
      expect(parseRecurrence(rrule)).toEqual({ kind: 'raw', text: rrule });
      expect(printRecurrence(parseRecurrence(rrule))).toBe(rrule);
    },
  );

  it('reads other spellings of the same', () => {
    expect(parseRecurrence('RRULE:freq=weekly;byday=su,mo')).toEqual({
      kind: 'weekly',
      interval: 1,
      days: ['SU', 'MO'],
    });
  });
});
