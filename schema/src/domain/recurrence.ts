import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { type Frequency, parseRecurrenceRule, type RecurrenceRule } from './recurrenceRule.js';
import { isTimeZone, longestShift, type Zone, zoneOf } from './recurrenceZone.js';

/** When a recurring window begins. Times are epoch milliseconds. */
export interface Recurrence {
  /** The starts from `from` (inclusive) to `to` (exclusive), in order. */
  readonly startsBetween: (from: number, to: number) => readonly number[];
  /** The first start at or after `from`; null where there is none for ten years, or three of a daily or weekly rule. */
  readonly firstFrom: (from: number) => number | null;
}

export type ParsedRecurrence =
  | { readonly ok: true; readonly recurrence: Recurrence }
  | { readonly ok: false; readonly field: 'rrule' | 'timeZone'; readonly message: string };

const day = 86_400_000;
/**
 * How far ahead to look, in steps: what recurs often is found in the first, and no step holds many starts. Going through
 * days is slower than through months: what has no start in three years of days (some 50 ms) is refused.
 */
const horizons: Readonly<Record<Frequency, readonly number[]>> = {
  HOURLY: [day, 8 * day, 40 * day],
  DAILY: [2 * day, 40 * day, 400 * day, 1_100 * day],
  WEEKLY: [8 * day, 60 * day, 400 * day, 1_100 * day],
  MONTHLY: [40 * day, 400 * day, 3_660 * day],
  YEARLY: [400 * day, 3_660 * day],
};

/**
 * The starts that an RRULE gives from `startsAt` on, in local time of an IANA time zone: 02:00 stays 02:00 when the
 * clocks change. A start that a change skips moves to the time after the gap (as a clock on the wall would have it) rather
 * than being left out, since a window that vanishes for a night pages people; one that comes twice is the first of the
 * two, but for hourly rules, which have both.
 */
export function parseRecurrence(rrule: string, startsAt: number, timeZone: string): ParsedRecurrence {
  if (!isTimeZone(timeZone)) {
    return {
      ok: false,
      field: 'timeZone',
      message: `“${timeZone.slice(0, 60)}” is no time zone such as Europe/Berlin.`,
    };
  }
  const parsed = parseRecurrenceRule(rrule);
  if (!parsed.ok) return { ok: false, field: 'rrule', message: parsed.message };
  const last = lastStart(parsed.rule.until, timeZone);
  if (last === undefined) return { ok: false, field: 'rrule', message: 'UNTIL is no date.' };
  const start = Math.floor(startsAt / 1_000) * 1_000;
  const recurrence = countedOut(parsed.rule, start, recurrenceOf(parsed.rule, start, last, zoneOf(timeZone)));
  if (recurrence === null)
    return { ok: false, field: 'rrule', message: 'COUNT reaches too many years ahead: use UNTIL.' };
  if (recurrence.firstFrom(startsAt) === null) {
    return { ok: false, field: 'rrule', message: 'This RRULE has no occurrence for years after its start.' };
  }
  return { ok: true, recurrence };
}

/** Without COUNT: see {@link countedOut}. */
function recurrenceOf(rule: RecurrenceRule, startsAt: number, last: number, zone: Zone): Recurrence {
  // The local times are expanded as if they were UTC, where a day has 24 hours: exact, and some hundred times faster.
  const series = new RRuleTemporal(seriesOptions(rule, zone.wallOf(startsAt)));
  const startsBetween = (from: number, to: number): readonly number[] => {
    const first = Math.max(from, startsAt);
    const end = Math.min(to, last + 1);
    if (first >= end) return [];
    const walls = series.between(
      new Date(zone.wallOf(first) - longestShift),
      new Date(zone.wallOf(end) + longestShift),
      true,
    );
    const starts = walls.flatMap(({ epochMilliseconds }) => {
      const instants = zone.instantsOf(epochMilliseconds);
      return rule.frequency === 'HOURLY' ? instants : instants.slice(0, 1);
    });
    return [...new Set(starts)].filter((start) => start >= first && start < end).toSorted((a, b) => a - b);
  };
  const firstFrom = (from: number): number | null => {
    let begin = Math.max(from, startsAt);
    for (const horizon of horizons[rule.frequency]) {
      const end = Math.max(from, startsAt) + horizon;
      const [first] = startsBetween(begin, end);
      if (first !== undefined) return first;
      begin = end;
    }
    return null;
  };
  return { startsBetween, firstFrom };
}

/** How far the starts are expanded at once where they are counted, and how far at all. */
const counting: Readonly<Record<Frequency, { readonly stretch: number; readonly furthest: number }>> = {
  HOURLY: { stretch: 8 * day, furthest: 400 * day },
  DAILY: { stretch: 100 * day, furthest: 1_100 * day },
  WEEKLY: { stretch: 200 * day, furthest: 1_100 * day },
  MONTHLY: { stretch: 1_000 * day, furthest: 3_660 * day },
  YEARLY: { stretch: 1_000 * day, furthest: 3_660 * day },
};

/**
 * Counts to COUNT once. A rule that counts must be expanded from its first start at every question, which took up to 2 s;
 * one that has a last start is asked about any time alike. Null where COUNT reaches further than is counted.
 */
function countedOut(rule: RecurrenceRule, startsAt: number, all: Recurrence): Recurrence | null {
  if (rule.count === null) return all;
  const { stretch, furthest } = counting[rule.frequency];
  let left = rule.count;
  for (let from = startsAt; from < startsAt + furthest; from += stretch) {
    const starts = all.startsBetween(from, from + stretch);
    const last = starts[left - 1];
    if (last !== undefined) {
      return {
        startsBetween: (begin, end) => all.startsBetween(begin, Math.min(end, last + 1)),
        firstFrom: (begin) => (begin > last ? null : all.firstFrom(begin)),
      };
    }
    left -= starts.length;
  }
  return null;
}

function seriesOptions(rule: RecurrenceRule, wall: number) {
  return {
    freq: rule.frequency,
    interval: rule.interval,
    dtstart: Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC'),
    ...(rule.byDay && { byDay: [...rule.byDay] }),
    ...(rule.byHour && { byHour: [...rule.byHour] }),
    ...(rule.byMinute && { byMinute: [...rule.byMinute] }),
    ...(rule.byMonth && { byMonth: [...rule.byMonth] }),
    ...(rule.byMonthDay && { byMonthDay: [...rule.byMonthDay] }),
    ...(rule.bySetPos && { bySetPos: [...rule.bySetPos] }),
    ...(rule.weekStart !== null && { wkst: rule.weekStart }),
    cache: false,
  };
}

/** The last instant that UNTIL allows; a mere date allows its whole day. Undefined where it is no date. */
function lastStart(until: string | null, timeZone: string): number | undefined {
  if (until === null) return Infinity;
  const [, year, month, date, hour = '23', minute = '59', second = '59', utc] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/.exec(until) ?? [];
  try {
    const local = Temporal.PlainDateTime.from(`${year}-${month}-${date}T${hour}:${minute}:${second}`);
    return local.toZonedDateTime(utc === undefined ? timeZone : 'UTC').epochMilliseconds;
  } catch {
    return undefined;
  }
}
