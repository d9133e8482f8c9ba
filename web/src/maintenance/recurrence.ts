export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof weekdays)[number];

export const weekdayWords = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
} as const satisfies Record<Weekday, string>;

/** Which of its kind in the month; -1 is the last. */
export const places = [1, 2, 3, 4, -1] as const;
export type Place = (typeof places)[number];

/** How a window comes again: the ways people plan maintenance by, and any RRULE for the rest. */
export type Recurrence =
  | { readonly kind: 'daily'; readonly interval: number }
  | { readonly kind: 'weekly'; readonly interval: number; readonly days: readonly Weekday[] }
  | { readonly kind: 'monthlyDay'; readonly interval: number; readonly day: number }
  | { readonly kind: 'monthlyWeekday'; readonly interval: number; readonly place: Place; readonly weekday: Weekday }
  | { readonly kind: 'raw'; readonly text: string };

function partsOf(rrule: string): ReadonlyMap<string, string> {
  const pairs = rrule
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .split(';')
    .filter((part) => part !== '')
    .map((part): [string, string] => {
      const [name = '', value = ''] = part.split('=');
      return [name.trim(), value.trim()];
    });
  return new Map(pairs);
}

const isWeekday = (text: string): text is Weekday => weekdays.some((each) => each === text);

/** Whether nothing stands in the rule but these parts. */
function has(parts: ReadonlyMap<string, string>, ...names: readonly string[]): boolean {
  return [...parts.keys()].every((name) => name === 'FREQ' || name === 'INTERVAL' || names.includes(name));
}

function monthly(parts: ReadonlyMap<string, string>, interval: number): Recurrence | null {
  const day = Number(parts.get('BYMONTHDAY') ?? Number.NaN);
  if (has(parts, 'BYMONTHDAY') && Number.isInteger(day) && (day === -1 || (day >= 1 && day <= 31))) {
    return { kind: 'monthlyDay', interval, day };
  }
  const [, placeText = '', weekday = ''] = /^([+-]?\d)([A-Z]{2})$/.exec(parts.get('BYDAY') ?? '') ?? [];
  const place = places.find((each) => each === Number(placeText));
  if (has(parts, 'BYDAY') && place !== undefined && isWeekday(weekday)) {
    return { kind: 'monthlyWeekday', interval, place, weekday };
  }
  return null;
}

/** The rule as the editor shows it; what it has no fields for stays as it is written. */
export function parseRecurrence(rrule: string): Recurrence {
  const parts = partsOf(rrule);
  const interval = Number(parts.get('INTERVAL') ?? 1);
  const raw: Recurrence = { kind: 'raw', text: rrule };
  if (!Number.isInteger(interval) || interval < 1) return raw;
  switch (parts.get('FREQ')) {
    case 'DAILY':
      return has(parts) ? { kind: 'daily', interval } : raw;
    case 'WEEKLY': {
      const days = (parts.get('BYDAY') ?? '').split(',');
      return has(parts, 'BYDAY') && days.every(isWeekday) ? { kind: 'weekly', interval, days } : raw;
    }
    case 'MONTHLY':
      return monthly(parts, interval) ?? raw;
    default:
      return raw;
  }
}

export function printRecurrence(recurrence: Recurrence): string {
  if (recurrence.kind === 'raw') return recurrence.text.trim();
  const interval = recurrence.interval > 1 ? `;INTERVAL=${recurrence.interval}` : '';
  switch (recurrence.kind) {
    case 'daily':
      return `FREQ=DAILY${interval}`;
    case 'weekly': {
      const days = weekdays.filter((day) => recurrence.days.includes(day));
      return `FREQ=WEEKLY${interval}${days.length > 0 ? `;BYDAY=${days.join(',')}` : ''}`;
    }
    case 'monthlyDay':
      return `FREQ=MONTHLY${interval};BYMONTHDAY=${recurrence.day}`;
    case 'monthlyWeekday':
      return `FREQ=MONTHLY${interval};BYDAY=${recurrence.place}${recurrence.weekday}`;
  }
}

export const placeWords: Readonly<Record<Place, string>> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  [-1]: 'last',
};

function every(interval: number, unit: string): string {
  return interval === 1 ? `every ${unit}` : `every ${interval} ${unit}s`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

function weeklyWords(interval: number, days: readonly Weekday[]): string {
  const named = weekdays.filter((day) => days.includes(day));
  if (named.length === 7 && interval === 1) return 'every day';
  if (named.length === 0) return every(interval, 'week');
  const isWorkdays = named.join() === 'MO,TU,WE,TH,FR';
  if (interval === 1 && isWorkdays) return 'every working day';
  const words = listed(named.map((day) => weekdayWords[day]));
  return interval === 1 ? `every ${words}` : `${every(interval, 'week')} on ${words}`;
}

/** "every Saturday", "every 2 weeks on Monday and Thursday", "every month on the last Sunday". */
export function recurrenceWords(rrule: string): string {
  const recurrence = parseRecurrence(rrule);
  switch (recurrence.kind) {
    case 'daily':
      return every(recurrence.interval, 'day');
    case 'weekly':
      return weeklyWords(recurrence.interval, recurrence.days);
    case 'monthlyDay': {
      const day = recurrence.day === -1 ? 'the last day' : `day ${recurrence.day}`;
      return `${every(recurrence.interval, 'month')} on ${day}`;
    }
    case 'monthlyWeekday': {
      const { interval, place, weekday } = recurrence;
      return `${every(interval, 'month')} on the ${placeWords[place]} ${weekdayWords[weekday]}`;
    }
    case 'raw':
      return `by the rule ${recurrence.text.trim()}`;
  }
}
