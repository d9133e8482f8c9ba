/** Formats are made once per zone and shape: making one costs more than a thousand uses. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, shape: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${shape}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...options });
  formats.set(key, made);
  return made;
}

/** `Mon 2 Mar, 09:00` by the clocks of the zone. */
export function whenIn(zone: string, at: string | number): string {
  return format(zone, 'when', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(at));
}

/** `America/New_York` as people say it: `New York`. */
export function placeOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** `09:00`, or `Mon, 09:00` where the zone has another day than the other one. */
export function clockBeside(zone: string, other: string, at: string | number): string {
  const isSameDay = dateIn(zone, at) === dateIn(other, at);
  const time = format(zone, 'clock', { hour: '2-digit', minute: '2-digit' }).format(new Date(at));
  if (isSameDay) return time;
  return `${format(zone, 'weekday', { weekday: 'short' }).format(new Date(at))}, ${time}`;
}

/** Whether the clocks of two zones show the same at an instant. */
export function clocksAgree(zone: string, other: string, at: string | number): boolean {
  return whenIn(zone, at) === whenIn(other, at);
}

function dateIn(zone: string, at: string | number): string {
  return format(zone, 'date', { day: '2-digit', month: '2-digit' }).format(new Date(at));
}

/** `Mon 2` */
export function dayIn(zone: string, at: number): string {
  return format(zone, 'day', { weekday: 'short', day: 'numeric' }).format(at);
}

export function isWeekendIn(zone: string, at: number): boolean {
  return format(zone, 'weekday', { weekday: 'short' }).format(at).startsWith('S');
}

/** The last midnight of the zone at or before an instant, to the hour that most zones change their clocks by. */
function startOfDayIn(zone: string, at: number): number {
  const parts = format(zone, 'time', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value ?? 0);
  return Math.floor(at / 1_000) * 1_000 - ((part('hour') * 60 + part('minute')) * 60 + part('second')) * 1_000;
}

/** The midnights of so many days from the one that an instant lies in. */
export function daysFrom(zone: string, at: number, count: number): readonly number[] {
  const first = startOfDayIn(zone, at);
  // From noon, a change of the clocks leads to no other day.
  return Array.from({ length: count }, (_, day) => startOfDayIn(zone, first + day * 86_400_000 + 12 * 3_600_000));
}
