import type { Stretch } from './onCall.js';

/** The stretches that lie in one of each list: of sorted lists whose own stretches do not overlap, sorted. None of none. */
export function commonStretches(lists: readonly (readonly Stretch[])[]): readonly Stretch[] {
  const [first = [], ...others] = lists;
  return others.reduce<readonly Stretch[]>(
    (common, list) =>
      common.flatMap((one) =>
        list
          .map(({ from, until }) => ({ from: Math.max(from, one.from), until: Math.min(until, one.until) }))
          .filter(({ from, until }) => from < until),
      ),
    first,
  );
}
