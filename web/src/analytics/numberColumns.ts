import { kpiText } from './kpiFormat.ts';
import type { KpiNumbers, KpiUnit } from './kpiTypes.ts';

export interface NumberColumn {
  readonly key: 'median' | 'p90' | 'mean' | 'value';
  readonly label: string;
  /** In files, where durations are plain seconds. */
  readonly csvLabel: string;
}

const ofDurations: readonly NumberColumn[] = [
  { key: 'median', label: 'Median', csvLabel: 'median_seconds' },
  { key: 'p90', label: 'p90', csvLabel: 'p90_seconds' },
  { key: 'mean', label: 'Mean', csvLabel: 'mean_seconds' },
];

/** The columns that numbers of a unit fill. */
export function numberColumns(unit: KpiUnit): readonly NumberColumn[] {
  if (unit === 'SECONDS') return ofDurations;
  return [
    { key: 'value', label: unit === 'RATIO' ? 'Share' : 'Count', csvLabel: unit === 'RATIO' ? 'share' : 'count' },
  ];
}

/** "median 12 min, p90 41 min, 9 incidents behind it", for a line under the pointer. */
export function numbersText(unit: KpiUnit, numbers: KpiNumbers): string {
  const parts = numberColumns(unit).map(({ key, label }) => {
    const text = kpiText(unit, numbers[key]);
    return unit === 'SECONDS' ? `${label.toLowerCase()} ${text}` : text;
  });
  return `${parts.join(' · ')} · n ${numbers.n.toLocaleString('en')}`;
}
