/** What an address may hold, read leniently: what is not understood is left out, so an old link still opens. */
export function texts(value: unknown): readonly string[] | undefined {
  const list = Array.isArray(value) ? value : [value];
  const kept = list.flatMap((each) => (typeof each === 'string' || typeof each === 'number' ? [String(each)] : []));
  return kept.length > 0 ? kept : undefined;
}

export function known<T extends string>(value: unknown, allowed: readonly T[]): readonly T[] | undefined {
  const kept = allowed.filter((each) => texts(value)?.includes(each));
  return kept.length > 0 ? kept : undefined;
}

export function instant(value: unknown): string | undefined {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

type Loose<Search> = { readonly [Name in keyof Search]: Search[Name] | undefined };

/** Absent and undefined are the same in an address; only absent is written. */
export function withoutUndefined<Search extends object>(loose: Required<Loose<Search>>): Search {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only optional members can be undefined, and those may be absent
  return Object.fromEntries(Object.entries(loose).filter(([, value]) => value !== undefined)) as Search;
}

/** A filter of the API: an empty list would match nothing, none at all matches everything. */
export const listed = <T>(values: readonly T[] | undefined): T[] | null => (values ? [...values] : null);
