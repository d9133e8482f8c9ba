import type { CorrelationRule } from './rule.js';

/** One alert of an incident. Epoch milliseconds; `endsAt` is Infinity while it fires. */
export interface Span {
  readonly startsAt: number;
  readonly endsAt: number;
}

/** Whether threshold and hold of its rule would have let the incident open. Spans in any order. */
export function wouldOpen({ threshold, holdSeconds }: CorrelationRule, spans: readonly Span[]): boolean {
  if (threshold === null && holdSeconds === 0) return true;
  const inOrder = spans.toSorted((a, b) => a.startsAt - b.startsAt);
  const reachedAt = threshold === null ? inOrder[0]?.startsAt : thresholdReachedAt(threshold, inOrder);
  return reachedAt !== undefined && (holdSeconds === 0 || isHeld(holdSeconds * 1_000, reachedAt, inOrder));
}

/** When the last of so many alerts within so long began. */
function thresholdReachedAt(
  { count, seconds }: { readonly count: number; readonly seconds: number },
  inOrder: readonly Span[],
): number | undefined {
  for (let last = count - 1; last < inOrder.length; last++) {
    const first = inOrder[last - count + 1];
    const at = inOrder[last]?.startsAt;
    if (first !== undefined && at !== undefined && at - first.startsAt <= seconds * 1_000) return at;
  }
  return undefined;
}

/** The wait begins with an alert; where nothing fires any more at its end, the next alert begins another. */
function isHeld(holdMs: number, from: number, inOrder: readonly Span[]): boolean {
  let begun = -Infinity;
  for (const { startsAt } of inOrder) {
    const at = Math.max(startsAt, from);
    if (at < begun + holdMs) continue;
    begun = at;
    const due = begun + holdMs;
    if (inOrder.some((span) => span.startsAt <= due && span.endsAt > due)) return true;
  }
  return false;
}
