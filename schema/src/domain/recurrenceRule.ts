export type Frequency = 'HOURLY' | 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';

/** The parts of an RRULE that we take, parsed; what is absent is null. */
export interface RecurrenceRule {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count: number | null;
  /** As it was written: `20261231`, `20261231T235959` (both in the window's zone) or `20261231T235959Z`. */
  readonly until: string | null;
  readonly byDay: readonly string[] | null;
  readonly byHour: readonly number[] | null;
  readonly byMinute: readonly number[] | null;
  readonly byMonth: readonly number[] | null;
  readonly byMonthDay: readonly number[] | null;
  readonly bySetPos: readonly number[] | null;
  readonly weekStart: string | null;
}

export type ParsedRule =
  { readonly ok: true; readonly rule: RecurrenceRule } | { readonly ok: false; readonly message: string };

/** Every part is bounded, so that no rule costs more than a moment, whoever wrote it. */
export const recurrenceLimits = { text: 300, count: 366, listItems: 31 } as const;

const longestInterval: Readonly<Record<Frequency, number>> = {
  HOURLY: 24,
  DAILY: 366,
  WEEKLY: 53,
  MONTHLY: 60,
  YEARLY: 5,
};

const frequencies: readonly Frequency[] = ['HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** The parts that are taken, and those that an HOURLY rule may not have: what it would say, DAILY with BYHOUR says. */
const known = 'FREQ INTERVAL COUNT UNTIL BYDAY BYHOUR BYMINUTE BYMONTH BYMONTHDAY BYSETPOS WKST'.split(' ');
const notHourly = 'BYDAY BYHOUR BYMONTH BYMONTHDAY BYSETPOS'.split(' ');

class RuleFault extends Error {}

/**
 * Parses an RFC 5545 RRULE (`FREQ=WEEKLY;BYDAY=SA`, with or without `RRULE:`) into the parts we take. More often than
 * hourly is refused, and so are the parts that nobody plans maintenance by.
 */
export function parseRecurrenceRule(text: string): ParsedRule {
  try {
    return { ok: true, rule: ruleOf(partsOf(text)) };
  } catch (error) {
    if (error instanceof RuleFault) return { ok: false, message: error.message };
    throw error;
  }
}

function partsOf(text: string): ReadonlyMap<string, string> {
  if (text.length > recurrenceLimits.text) fail(`An RRULE has at most ${recurrenceLimits.text} characters.`);
  const parts = new Map<string, string>();
  for (const part of text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .split(';')) {
    const [name = '', value = '', ...rest] = part.trim().split('=');
    if (rest.length > 0 || value === '') fail(`“${part}” is no part of an RRULE, such as FREQ=WEEKLY.`);
    if (!known.includes(name)) fail(`${name} is not supported; the parts are ${known.join(', ')}.`);
    if (parts.has(name)) fail(`${name} stands twice.`);
    parts.set(name, value);
  }
  return parts;
}

function ruleOf(parts: ReadonlyMap<string, string>): RecurrenceRule {
  const frequency = frequencies.find((each) => each === parts.get('FREQ'));
  if (frequency === undefined) {
    fail(`FREQ must be one of ${frequencies.join(', ')}: a window recurs hourly at most.`);
  }
  const misplaced = frequency === 'HOURLY' ? notHourly.find((part) => parts.has(part)) : undefined;
  if (misplaced !== undefined) fail(`${misplaced} does not go with FREQ=HOURLY; use DAILY or longer with BYHOUR.`);
  if (frequency === 'WEEKLY' && parts.has('BYMONTHDAY')) fail('BYMONTHDAY does not go with FREQ=WEEKLY.');
  if (parts.has('COUNT') && parts.has('UNTIL')) fail('COUNT and UNTIL exclude each other.');
  const byMinute = numbers(parts, 'BYMINUTE', 0, 59);
  if (byMinute !== null && byMinute.length > 1) fail('BYMINUTE takes one minute: a window recurs hourly at most.');
  const byHour = numbers(parts, 'BYHOUR', 0, 23);
  if ((frequency === 'MONTHLY' || frequency === 'YEARLY') && (byHour?.length ?? 0) > 1) {
    fail(`BYHOUR takes one hour with FREQ=${frequency}; use DAILY or WEEKLY for several.`);
  }
  const byMonth = numbers(parts, 'BYMONTH', 1, 12);
  const byMonthDay = numbers(parts, 'BYMONTHDAY', -31, 31);
  if (
    byMonth !== null &&
    byMonthDay?.every((day) => byMonth.every((month) => Math.abs(day) > daysOf(month))) === true
  ) {
    fail('No month of BYMONTH has a day of BYMONTHDAY.');
  }
  return {
    frequency,
    interval: numbers(parts, 'INTERVAL', 1, longestInterval[frequency], 1)?.[0] ?? 1,
    count: numbers(parts, 'COUNT', 1, recurrenceLimits.count, 1)?.[0] ?? null,
    until: matching(parts, 'UNTIL', /^\d{8}(T\d{6}Z?)?$/, '20261231 or 20261231T220000Z'),
    byDay: days(parts, frequency),
    byHour,
    byMinute,
    byMonth,
    byMonthDay,
    bySetPos: numbers(parts, 'BYSETPOS', -366, 366),
    weekStart: matching(parts, 'WKST', /^(MO|TU|WE|TH|FR|SA|SU)$/, 'MO'),
  };
}

/** In a leap year. */
function daysOf(month: number): number {
  return month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function days(parts: ReadonlyMap<string, string>, frequency: Frequency): readonly string[] | null {
  const items = listOf(parts, 'BYDAY');
  for (const item of items ?? []) {
    const [, ordinal = '', day = ''] = /^([+-]?\d{1,2})?(\w\w)$/.exec(item) ?? [];
    if (!weekdays.includes(day)) fail(`BYDAY does not know “${item}”; the days are ${weekdays.join(', ')}.`);
    if (ordinal !== '' && frequency !== 'MONTHLY' && frequency !== 'YEARLY') {
      fail(`BYDAY=${item} needs FREQ=MONTHLY or YEARLY.`);
    }
    if (ordinal !== '' && (Number(ordinal) === 0 || Math.abs(Number(ordinal)) > 53)) fail(`BYDAY=${item} is no day.`);
  }
  return items;
}

function numbers(
  parts: ReadonlyMap<string, string>,
  name: string,
  min: number,
  max: number,
  most: number = recurrenceLimits.listItems,
): readonly number[] | null {
  const items = listOf(parts, name, most);
  return (
    items?.map((item) => {
      const value = /^[+-]?\d{1,6}$/.test(item) ? Number(item) : Number.NaN;
      // Where negatives count from the end, zero names nothing.
      if (!(value >= min && value <= max) || (min < 0 && value === 0)) {
        fail(`${name}=${item} must be a number from ${min} to ${max}.`);
      }
      return value;
    }) ?? null
  );
}

function listOf(
  parts: ReadonlyMap<string, string>,
  name: string,
  most: number = recurrenceLimits.listItems,
): string[] | null {
  const items = parts.get(name)?.split(',') ?? null;
  if (items !== null && items.length > most) fail(`${name} has at most ${most} values.`);
  return items;
}

function matching(parts: ReadonlyMap<string, string>, name: string, pattern: RegExp, example: string): string | null {
  const value = parts.get(name) ?? null;
  if (value !== null && !pattern.test(value)) fail(`${name}=${value} must be like ${example}.`);
  return value;
}

function fail(message: string): never {
  throw new RuleFault(message);
}
