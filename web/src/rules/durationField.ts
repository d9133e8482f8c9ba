export type DurationUnit = 's' | 'min' | 'h' | 'd';

const unitSeconds = { s: 1, min: 60, h: 3_600, d: 86_400 } as const satisfies Record<DurationUnit, number>;

/** Spelled out, so that the choice reads without a legend. */
export const unitWords = {
  s: 'seconds',
  min: 'minutes',
  h: 'hours',
  d: 'days',
} as const satisfies Record<DurationUnit, string>;

export const durationUnits: readonly DurationUnit[] = ['s', 'min', 'h', 'd'];

export interface DurationParts {
  readonly amount: number;
  readonly unit: DurationUnit;
}

/** The largest unit in which the seconds are a whole number; minutes for none at all. */
export function splitDuration(seconds: number): DurationParts {
  if (seconds === 0) return { amount: 0, unit: 'min' };
  const unit = durationUnits.findLast((each) => seconds % unitSeconds[each] === 0) ?? 's';
  return { amount: seconds / unitSeconds[unit], unit };
}

export function secondsOf({ amount, unit }: DurationParts): number {
  return Math.round(amount * unitSeconds[unit]);
}

/** Exactly as long, in one unit: "90 s", "15 min". Rounding would hide a change. */
export function exactDuration(seconds: number): string {
  const { amount, unit } = splitDuration(seconds);
  return `${amount} ${unit}`;
}
