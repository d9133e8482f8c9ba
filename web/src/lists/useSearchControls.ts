import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

/** Changes part of the address; undefined or an empty list takes a filter away. */
export type Change = (patch: Readonly<Record<string, unknown>>) => void;

export interface SearchControls<Search> {
  readonly search: Search;
  readonly change: Change;
  /** Takes all filters away. */
  readonly clear: () => void;
}

interface Options<Search> {
  readonly parse: (search: Record<string, unknown>) => Search;
  /** What is no filter and stays when all are cleared. */
  readonly kept?: readonly string[];
}

const nothing: readonly string[] = [];

/** The filters of a list, which live in the address and nowhere else. */
export function useSearchControls<Search extends object>(options: Options<Search>): SearchControls<Search> {
  const { parse, kept = nothing } = options;
  // The router lays what a route has parsed over the raw address: what was left out there would still be here.
  const raw: object = useSearch({ strict: false });
  const search = useMemo(() => parse({ ...raw }), [raw, parse]);
  const navigate = useNavigate();
  const change: Change = useCallback(
    (patch) => void navigate({ to: '.', search: (previous) => parse({ ...previous, ...patch }), replace: true }),
    [navigate, parse],
  );
  const clear = useCallback(
    () =>
      void navigate({
        to: '.',
        search: (previous) =>
          parse(Object.fromEntries(Object.entries(previous).filter(([name]) => kept.includes(name)))),
        replace: true,
      }),
    [navigate, parse, kept],
  );
  return { search, change, clear };
}
