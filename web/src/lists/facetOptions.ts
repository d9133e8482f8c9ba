export interface FacetOption {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

export interface Facet {
  readonly field: string;
  readonly values: readonly { readonly value: string | null; readonly count: number }[];
}

export interface FacetKind {
  readonly words?: Readonly<Record<string, string>>;
  /** The order in which the values of an enum stand; else by count. */
  readonly order?: readonly string[];
  /** What the missing value is called; facets without it leave it out. */
  readonly none?: string;
}

/** The values found, and those ticked that match nothing now: a filter in force must not vanish. */
export function facetOptions(
  facet: Facet | undefined,
  chosen: readonly string[],
  { words, order, none }: FacetKind = {},
): readonly FacetOption[] {
  const found = (facet?.values ?? []).flatMap(({ value, count }) =>
    value || none !== undefined ? [{ value: value ?? '', count }] : [],
  );
  const missing = chosen.filter((value) => !found.some((each) => each.value === value));
  const all = [...found, ...missing.map((value) => ({ value, count: 0 }))];
  const sorted = order ? all.toSorted((a, b) => order.indexOf(a.value) - order.indexOf(b.value)) : all;
  return sorted.map(({ value, count }) => ({
    value,
    count,
    label: value === '' ? (none ?? value) : (words?.[value] ?? value),
  }));
}
