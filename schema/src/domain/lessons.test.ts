import { describe, expect, it } from 'vitest';
import { ageInDays, isDay, isOverdue } from './actionItem.js';
import { csvLine } from './csv.js';
import { afterWorkingDays, nextReminderAt } from './reminder.js';
import { becauseOf, likenessOf, scoreOf, titleWords } from './similar.js';
import { whyProblem, whyRows } from './whyTree.js';

const dayMs = 86_400_000;
const at = (text: string) => Date.parse(text);

describe('reminders', () => {
  it('come before the day, on it, and every week after', () => {
    const due = at('2026-03-12T09:00:00Z');
    expect(nextReminderAt(due, 3, due - 10 * dayMs)).toBe(due - 3 * dayMs);
    expect(nextReminderAt(due, 3, due - 3 * dayMs)).toBe(due);
    expect(nextReminderAt(due, 3, due)).toBe(due + 7 * dayMs);
    expect(nextReminderAt(due, 3, due + 7 * dayMs - 1)).toBe(due + 7 * dayMs);
    expect(nextReminderAt(due, 3, due + 7 * dayMs)).toBe(due + 14 * dayMs);
  });

  it('count working days: a Friday and five of them is the next Friday', () => {
    expect(afterWorkingDays(at('2026-03-06T15:00:00Z'), 5)).toBe(at('2026-03-13T15:00:00Z'));
    expect(afterWorkingDays(at('2026-03-07T15:00:00Z'), 1)).toBe(at('2026-03-09T15:00:00Z'));
  });
});

describe('action items', () => {
  it('are overdue when their day is over, in UTC, and never once they are done', () => {
    const item = { state: 'open', dueOn: '2026-03-01' } as const;
    expect(isOverdue(item, at('2026-03-01T23:59:59Z'))).toBe(false);
    expect(isOverdue(item, at('2026-03-02T00:00:00Z'))).toBe(true);
    expect(isOverdue({ ...item, state: 'done' }, at('2026-04-01T00:00:00Z'))).toBe(false);
  });

  it('age until they are done', () => {
    const createdAt = at('2026-03-01T00:00:00Z');
    expect(ageInDays({ createdAt, doneAt: null }, createdAt + 3.9 * dayMs)).toBe(3);
    expect(ageInDays({ createdAt, doneAt: createdAt + dayMs }, createdAt + 90 * dayMs)).toBe(1);
  });

  it.each([
    ['2026-02-28', true],
    ['2026-02-29', false],
    ['2026-02-30', false],
    ['28.2.2026', false],
    ['', false],
  ])('know the days of the calendar: %s', (day, is) => expect(isDay(day)).toBe(is));
});

describe('the five whys', () => {
  const why = (id: string, parentId: string | null) => ({ id, parentId, question: '', answer: '' });
  it('are read from the first to what lies below each answer', () => {
    const rows = whyRows([why('b', 'a'), why('a', null), why('c', null), why('d', 'b')]);
    expect(rows.map(({ id, depth }) => `${id}${depth}`)).toEqual(['a1', 'b2', 'd3', 'c1']);
  });

  it('go five deep and never in a circle', () => {
    const deep = ['1', '2', '3', '4', '5', '6'].map((id, index) => why(id, index === 0 ? null : String(index)));
    expect(whyProblem(deep.slice(0, 5))).toBeNull();
    expect(whyProblem(deep)).toMatch(/5 deep/);
    expect(whyProblem([why('a', 'a')])).toMatch(/circle/);
    expect(whyProblem([why('a', 'x')])).toMatch(/not there/);
    expect(whyProblem([why('<b>', null)])).toMatch(/letters/);
  });
});

describe('similar incidents', () => {
  const incident = { correlationKey: 'k', services: ['Checkout'], title: 'Checkout is too slow for 500' };
  it('are those of the same signature, services and words, in this order', () => {
    const scores = [
      { correlationKey: 'k', services: ['checkout'], title: 'Checkout is too slow for 300' },
      { correlationKey: 'k', services: [], title: 'x' },
      { correlationKey: null, services: ['checkout'], title: 'x' },
      { correlationKey: null, services: [], title: 'slow checkout' },
      { correlationKey: null, services: [], title: 'x' },
    ].map((past) => scoreOf(likenessOf(incident, past), incident, past));
    expect(scores).toEqual([1, 0.6, 0.3, 0.2, 0]);
  });

  it('say why, and two without a signature do not share one', () => {
    const likeness = likenessOf({ ...incident, correlationKey: null }, { ...incident, correlationKey: null });
    expect(becauseOf(likeness)).toEqual(['Both on Checkout', 'In both titles: checkout, slow']);
    expect(titleWords('The 500 errors and the ERRORS')).toEqual(['errors']);
  });
});

describe('a line of CSV', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(1)', '  =1+1', '\u00a0=1', '\t=1', '\r=1', '\n=1', '\uff1d1', '\ufeff=1'])(
    'keeps %j from being run',
    (text) => expect(csvLine([text])).toMatch(/^"?'/),
  );

  it('keeps its cells apart whatever stands in them', () =>
    expect(csvLine(['a,b', 'say "x"', 'l1\nl2', null, -4, 'a;b'])).toBe('"a,b","say ""x""","l1\nl2",,-4,"a;b"\r\n'));
});
