import type { TimeBucket } from './kpiTypes.ts';

export const rangeNames = ['24h', '7d', '30d', '90d'] as const;
export type RangeName = (typeof rangeNames)[number];

/** From inclusive, to exclusive, epoch milliseconds. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const lengths: Readonly<Record<RangeName, number>> = { '24h': day, '7d': 7 * day, '30d': 30 * day, '90d': 90 * day };

export const rangeWords = {
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
} as const satisfies Record<RangeName, string>;

/**
 * "The last …" ends at the next full step, not now: what happens within the step still counts, and the query stays the
 * same for its length, so that all who watch share one computation.
 */
export function rollingPeriod(range: RangeName, now: number): Period {
  const step = range === '24h' ? 5 * minute : hour;
  const to = Math.ceil((now + 1) / step) * step;
  return { from: to - lengths[range], to };
}

/** Fine enough to show the course, coarse enough to hold something. */
export function bucketFor({ from, to }: Period): TimeBucket {
  const length = to - from;
  if (length <= 6 * hour) return 'MINUTE';
  if (length <= 3 * day) return 'HOUR';
  if (length <= 120 * day) return 'DAY';
  return length <= 730 * day ? 'WEEK' : 'MONTH';
}
