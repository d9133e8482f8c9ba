import { kpiText } from './kpiFormat.ts';
import type { KpiUnit } from './kpiTypes.ts';

export type DeltaTone = 'better' | 'worse' | 'same' | 'none';

export interface Delta {
  /** "18 % lower, better": the word stands beside the colour. */
  readonly text: string;
  readonly tone: DeltaTone;
  readonly direction: 'up' | 'down' | 'flat';
}

interface Compared {
  readonly unit: KpiUnit;
  readonly lowerIsBetter: boolean;
  readonly now: number | null;
  readonly before: number | null;
}

const flat = (text: string, tone: DeltaTone): Delta => ({ text, tone, direction: 'flat' });

function distance(unit: KpiUnit, now: number, before: number): string | null {
  if (unit === 'RATIO') {
    const points = Math.abs(now - before) * 100;
    if (points < 0.05) return null;
    const text = points.toLocaleString('en', { maximumFractionDigits: points < 10 ? 1 : 0 });
    return `${text} ${text === '1' ? 'point' : 'points'}`;
  }
  // From nothing there is no percentage: the number itself is the change.
  if (before === 0) return now === 0 ? null : kpiText(unit, now);
  const share = Math.abs(now - before) / before;
  if (share < 0.005) return null;
  if (now / before >= 10) return `${Math.round(now / before)} times`;
  return `${Math.max(1, Math.round(share * 100)).toLocaleString('en')} %`;
}

/** The change against the period before, in words. */
export function deltaOf({ unit, lowerIsBetter, now, before }: Compared): Delta {
  if (now === null) return flat('', 'none');
  if (before === null) return flat('no earlier numbers', 'none');
  const text = distance(unit, now, before);
  if (text === null) return flat('unchanged', 'same');
  const isLower = now < before;
  const tone = isLower === lowerIsBetter ? 'better' : 'worse';
  const word = text.endsWith('times') ? 'as high' : isLower ? 'lower' : unit === 'COUNT' ? 'more' : 'higher';
  const said = isLower && unit === 'COUNT' ? 'fewer' : word;
  return { text: `${text} ${said}, ${tone}`, tone, direction: isLower ? 'down' : 'up' };
}
