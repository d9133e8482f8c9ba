import type { Spread } from './statistics.js';

/** One Markdown table with its sentences. Numbers are text here already. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

export function markdownOf({ title, columns, rows, notes }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = columns.map((_, index) => (index === 0 ? '---' : '---:'));
  const table = [line(columns), line(rule), ...rows.map(line)].join('\n');
  return [`### ${title}`, table, notes.map((note) => `- ${note}`).join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** 20946 → `20 946`, for counts and rates. */
export function whole(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return String(Math.round(value)).replaceAll(/\B(?=(\d{3})+$)/g, ' ');
}

/** Three significant digits at most, so that a noisy number does not look like a precise one. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value >= 100 ? whole(value) : value.toFixed(value >= 10 ? 1 : 2);
}

/** `2.4 / 6.5`, milliseconds. */
export function p50p99({ p50, p99 }: Pick<Spread, 'p50' | 'p99'>): string {
  return `${short(p50)} / ${short(p99)}`;
}

export function ratio(value: number): string {
  return Number.isFinite(value) ? `${value.toFixed(2)}×` : '–';
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
