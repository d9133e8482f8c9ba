import { counted } from '../ui/words.ts';

export interface OutcomeCount {
  readonly outcome: string;
  readonly count: number;
}

/** In the order in which they matter; the words follow a number: "2 opened". */
export const outcomeWords: Readonly<Record<string, string>> = {
  opened: 'opened',
  suppressed: 'kept quiet',
  resolved: 'resolved',
  changed: 'changed',
  repeated: 'repeated',
  superseded: 'superseded',
  stale: 'late copies',
  ignored: 'ignored',
  test: 'test',
  changes: 'changes',
  deadLettered: 'not understood',
};

export const outcomeMeanings: Readonly<Record<string, string>> = {
  opened: 'Firing, and nothing was open: a new alert',
  suppressed: 'A new alert that a silence or a maintenance window keeps quiet',
  resolved: 'The sender said it is over',
  changed: 'Firing already; severity or an annotation changed',
  repeated: 'Firing already, and nothing changed: folded',
  superseded: 'The condition began anew unseen: the old alert closed, a new one opened',
  stale: 'Older than what is known already: counted, nothing else',
  ignored: 'Resolved, and nothing was open',
  test: 'A test notification of the sender: opens nothing',
  changes: 'Deploys and the like: they open nothing, and stand with the incidents that they may have caused',
  deadLettered: 'Kept as a dead letter: it can be replayed',
};

/** Those that happened, in order. */
export function presentOutcomes(counts: readonly OutcomeCount[]): readonly OutcomeCount[] {
  const order = Object.keys(outcomeWords);
  return counts
    .filter(({ count, outcome }) => count > 0 && order.includes(outcome))
    .toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
}

/** Alerts: a change is none. */
export function receivedOf(counts: readonly OutcomeCount[]): number {
  return counts.filter(({ outcome }) => outcome !== 'changes').reduce((sum, { count }) => sum + count, 0);
}

/** "3 alerts, 2 opened, 1 repeated", or "1 change". */
export function arrivalText(counts: readonly OutcomeCount[]): string {
  const present = presentOutcomes(counts);
  const parts = present.map(({ outcome, count }) =>
    outcome === 'changes' ? counted(count, 'change') : `${count.toLocaleString('en')} ${outcomeWords[outcome]}`,
  );
  const alerts = receivedOf(present);
  return [...(alerts === 0 && parts.length > 0 ? [] : [counted(alerts, 'alert')]), ...parts].join(', ');
}
