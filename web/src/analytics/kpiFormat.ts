import { humanDuration, shortDuration } from '../ui/duration.ts';
import type { KpiNumbers, KpiUnit } from './kpiTypes.ts';

/** The number that stands for all: the median of durations, the value of the rest. */
export function headline(unit: KpiUnit, { median, value }: Pick<KpiNumbers, 'median' | 'value'>): number | null {
  return unit === 'SECONDS' ? median : value;
}

function percent(share: number): string {
  const points = share * 100;
  // A handful of false alarms must not round to none, nor 99.6 % to all.
  const digits = points !== 0 && points !== 100 && (points < 10 || points > 95) ? 1 : 0;
  return `${points.toLocaleString('en', { maximumFractionDigits: digits })} %`;
}

/** A number of a KPI as a person reads it; a dash where nothing stands behind it. */
export function kpiText(unit: KpiUnit, number: number | null): string {
  if (number === null) return '–';
  switch (unit) {
    case 'SECONDS':
      return humanDuration(number);
    case 'COUNT':
      return number.toLocaleString('en');
    case 'RATIO':
      return percent(number);
  }
}

/** For axes, where room is short. */
export function axisText(unit: KpiUnit, number: number): string {
  if (unit === 'SECONDS') return shortDuration(number);
  return unit === 'RATIO' ? `${Math.round(number * 100)} %` : number.toLocaleString('en');
}
