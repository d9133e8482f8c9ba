/** Epoch milliseconds; Go's zero time, which means "none"; or a text that names no instant we can store. */
export type ParsedInstant =
  { readonly kind: 'instant'; readonly ms: number } | { readonly kind: 'zero' } | { readonly kind: 'invalid' };

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?:[Zz]|([+-])(\d\d):?(\d\d))$/;
const zero: ParsedInstant = { kind: 'zero' };
const invalid: ParsedInstant = { kind: 'invalid' };

const yearOne = -62_135_596_800_000;
const dayMs = 86_400_000;
const lastStorable = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
/** Further from the time of receipt than this, a stated time is a broken clock. */
const plausibleMs = 10 * 366 * dayMs;

/**
 * RFC 3339 with any offset and up to nine fractional digits, *truncated* to milliseconds, so that the same instant always
 * gives the same number. 0001-01-01T00:00:00, written in whatever offset, is `zero`. Dates before 1970 or after 9999 are
 * `invalid`: no alert starts there, and what is returned always fits a timestamptz and four digits of year.
 */
export function parseInstant(text: string): ParsedInstant {
  const parts = rfc3339.exec(text);
  if (parts === null) return invalid;
  const field = (index: number): number => Number(parts[index] ?? 0);
  const [year, month, day, hour, minute, second] = [field(1), field(2), field(3), field(4), field(5), field(6)];
  // A leap second (:60) becomes the first of the next minute.
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return invalid;
  if (hour > 23 || minute > 59 || second > 60 || field(9) > 23 || field(10) > 59) return invalid;

  const fraction = Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3));
  const offset = (field(9) * 60 + field(10)) * 60_000 * (parts[8] === '-' ? -1 : 1);
  if (year <= 1) return isNearYearOne(year, month, day, hour, offset) ? zero : invalid;
  return inRange(Date.UTC(year, month - 1, day, hour, minute, second, fraction) - offset);
}

/** A number of seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by magnitude; 0 is `zero`. */
export function parseEpoch(value: number): ParsedInstant {
  if (value === 0) return zero;
  if (!Number.isFinite(value) || value < 0) return invalid;
  // 1e11 s is the year 5138, 1e11 ms is March 1973: nothing that alerts lies between.
  if (value < 1e11) return inRange(Math.trunc(value * 1e3));
  if (value < 1e14) return inRange(Math.trunc(value));
  return inRange(Math.trunc(value / (value < 1e17 ? 1e3 : 1e6)));
}

/** Whether a stated time lies within ten years of `now`; beyond that the time of receipt is the better guess. */
export function isPlausible(ms: number, now: number): boolean {
  return Math.abs(ms - now) <= plausibleMs;
}

function inRange(ms: number): ParsedInstant {
  return ms >= 0 && ms <= lastStorable ? { kind: 'instant', ms } : invalid;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Go prints its zero time in the zone at hand, and some senders re-label it: a day either way is still "none". */
function isNearYearOne(year: number, month: number, day: number, hour: number, offset: number): boolean {
  const date = new Date(0);
  // Date.UTC reads the years 0 to 99 as 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour);
  return Math.abs(date.getTime() - offset - yearOne) <= dayMs;
}
