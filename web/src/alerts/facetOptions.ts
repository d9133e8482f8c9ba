import type { Facet } from './alertsQueries.ts';
import type { FacetOption } from './FacetGroup.tsx';

export interface FacetKind {
  readonly words?: Readonly<Record<string, string>>;
  /** The order in which values stand; else by count. */
  readonly order?: readonly string[];
}

/** The values found, and those ticked that match nothing now: a filter in force must not vanish. */
export function facetOptions(
  facet: Facet | undefined,
  chosen: readonly string[],
  { words, order }: FacetKind = {},
): readonly FacetOption[] {
  const named = (value: string) => (order ? value.toUpperCase() : value);
  const found = (facet?.values ?? []).flatMap(({ value, count }) =>
    value === null || value === '' ? [] : [{ value: named(value), count }],
  );
  const missing = chosen.filter((value) => !found.some((each) => each.value === value));
  const all = [...found, ...missing.map((value) => ({ value, count: 0 }))];
  const sorted = order ? all.toSorted((a, b) => order.indexOf(a.value) - order.indexOf(b.value)) : all;
  return sorted.map(({ value, count }) => ({ value, count, label: words?.[value] ?? value }));
}
