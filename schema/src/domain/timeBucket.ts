import { DomainFailure } from './errors.js';

export const timeBuckets = ['MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH'] as const;
export type TimeBucket = (typeof timeBuckets)[number];

/** More points than any screen has pixels to draw. */
export const maxBuckets = 2_000;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** The shortest each can be: a day that loses an hour, a February. */
const shortestMs: Readonly<Record<TimeBucket, number>> = {
  MINUTE: minuteMs,
  HOUR: hourMs,
  DAY: 23 * hourMs,
  WEEK: 7 * dayMs - hourMs,
  MONTH: 28 * dayMs - hourMs,
};

/**
 * The starts of all buckets that touch [from, to), epoch milliseconds, ascending; the first may lie before `from`.
 * Minutes and hours are UTC's; days, weeks (from Monday) and months are the zone's, so a day may have 23 or 25 hours.
 * @throws DomainFailure INVALID_INPUT beyond {@link maxBuckets}.
 */
export function bucketStarts(from: number, to: number, bucket: TimeBucket, timeZone: string): readonly number[] {
  // Estimated first: a century of minutes must be refused, not built.
  if ((to - from) / shortestMs[bucket] > maxBuckets * 1.1) throw tooMany(bucket);
  const starts =
    bucket === 'MINUTE' || bucket === 'HOUR' ? fixed(from, to, shortestMs[bucket]) : civil(from, to, bucket, timeZone);
  if (starts.length > maxBuckets) throw tooMany(bucket);
  return starts;
}

function tooMany(bucket: TimeBucket): DomainFailure {
  const message = `That is more than ${maxBuckets} points by ${bucket.toLowerCase()}: choose a longer bucket or a shorter period.`;
  return new DomainFailure({ code: 'INVALID_INPUT', field: 'bucket', message });
}

function fixed(from: number, to: number, length: number): readonly number[] {
  const starts: number[] = [];
  for (let at = Math.floor(from / length) * length; at < to; at += length) starts.push(at);
  return starts;
}

function civil(from: number, to: number, bucket: 'DAY' | 'WEEK' | 'MONTH', timeZone: string): readonly number[] {
  const offset = offsetReader(timeZone);
  const starts: number[] = [];
  let date = firstDate(from + offset(from), bucket);
  for (let at = startOfDate(date, offset); at < to; at = startOfDate(date, offset)) {
    starts.push(at);
    date = nextDate(date, bucket);
  }
  return starts;
}

/** Dates are written as the UTC midnight of the same calendar date. */
function firstDate(localMs: number, bucket: 'DAY' | 'WEEK' | 'MONTH'): number {
  const date = new Date(Math.floor(localMs / dayMs) * dayMs);
  if (bucket === 'WEEK') date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  if (bucket === 'MONTH') date.setUTCDate(1);
  return date.getTime();
}

function nextDate(date: number, bucket: 'DAY' | 'WEEK' | 'MONTH'): number {
  const next = new Date(date);
  if (bucket === 'MONTH') next.setUTCMonth(next.getUTCMonth() + 1);
  else next.setUTCDate(next.getUTCDate() + (bucket === 'WEEK' ? 7 : 1));
  return next.getTime();
}

/**
 * The first instant of a date in a zone. Where clocks change at midnight there are two candidates: of a midnight that
 * happens twice the earlier counts, and where there is none, the day begins at the change itself.
 */
function startOfDate(date: number, offset: (ms: number) => number): number {
  const before = date - offset(date - dayMs);
  const after = date - offset(date + dayMs);
  const midnights = [before, after].filter((at) => at + offset(at) === date);
  return midnights.length > 0 ? Math.min(...midnights) : before;
}

/** The zone's distance from UTC at an instant, milliseconds, from the tables that Intl carries. */
function offsetReader(timeZone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (ms) => {
    const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
    const field = (name: string): number => part[name] ?? 0;
    const local = Date.UTC(
      field('year'),
      field('month') - 1,
      field('day'),
      field('hour'),
      field('minute'),
      field('second'),
    );
    return local - Math.floor(ms / 1000) * 1000;
  };
}

export function isTimeZone(name: string): boolean {
  try {
    return name !== '' && new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
