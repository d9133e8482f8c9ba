import type { FacetCounts } from '@tocsin/schema/postgres/incidentFacets';

/** Counts whose values are enum values, spelled as the API spells them, so that they can be passed back in a filter. */
export function enumFacets<Field extends string>(
  facets: readonly FacetCounts<Field>[],
  enumFields: readonly string[],
): readonly FacetCounts<Field>[] {
  return facets.map((facet) =>
    enumFields.includes(facet.field)
      ? { ...facet, values: facet.values.map(({ value, count }) => ({ value: enumValue(value), count })) }
      : facet,
  );
}

export function enumValue(value: string | null): string | null {
  return value?.toUpperCase() ?? null;
}
