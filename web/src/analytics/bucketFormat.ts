import type { TimeBucket } from './kpiTypes.ts';

const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const date = { day: 'numeric', month: 'short' } as const;

const formats: Readonly<Record<TimeBucket, Intl.DateTimeFormat>> = {
  MINUTE: new Intl.DateTimeFormat(undefined, { ...date, ...time }),
  HOUR: new Intl.DateTimeFormat(undefined, { weekday: 'short', ...date, ...time }),
  DAY: new Intl.DateTimeFormat(undefined, { weekday: 'short', ...date }),
  WEEK: new Intl.DateTimeFormat(undefined, { ...date, year: 'numeric' }),
  MONTH: new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric' }),
};

/** How the beginning of a bucket is written, in the viewer's zone. */
export function bucketFormat(bucket: TimeBucket): Intl.DateTimeFormat {
  return formats[bucket];
}
