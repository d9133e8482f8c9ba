const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

function two(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;
}

/** A duration as a person says it: "42 s", "14 min", "3 h 20 min", "2 d 4 h". At most two units. */
export function humanDuration(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds));
  if (s < minute) return `${s} s`;
  if (s < hour) return `${Math.floor(s / minute)} min`;
  if (s < day) return two(Math.floor(s / hour), 'h', Math.floor((s % hour) / minute), 'min');
  return two(Math.floor(s / day), 'd', Math.floor((s % day) / hour), 'h');
}

/** How often: "every minute", "every 5 min". */
export function everyDuration(seconds: number): string {
  const units: Readonly<Record<number, string>> = { [minute]: 'minute', [hour]: 'hour', [day]: 'day' };
  return `every ${units[seconds] ?? humanDuration(seconds)}`;
}

/** One unit only, for narrow columns: "42 s", "14 min", "3 h", "2 d". */
export function shortDuration(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds));
  if (s < minute) return `${s} s`;
  if (s < hour) return `${Math.floor(s / minute)} min`;
  if (s < day) return `${Math.floor(s / hour)} h`;
  return `${Math.floor(s / day)} d`;
}

/** "just now", "14 min ago", "in 3 min". */
export function relativeTo(at: number, now: number): string {
  const seconds = (now - at) / 1000;
  if (Math.abs(seconds) < 5) return 'just now';
  return seconds > 0 ? `${shortDuration(seconds)} ago` : `in ${shortDuration(-seconds)}`;
}
