import type { AlertFacts, Placement, PlacementExplanation, PreviousEpisode } from './correlation.js';
import { environmentKey } from './deriveEnvironment.js';
import type { CorrelationRule } from './rule.js';

/** An alert that is to be placed, and may have to wait for it. */
export interface Waiting {
  readonly alertId: number;
  readonly facts: AlertFacts;
  readonly previous: PreviousEpisode | null;
}

type Opening = Extract<Placement, { readonly outcome: 'opened' }>;

/** What whoever keeps alerts and incidents does with one: a batch that is to be written, or a replay. */
export interface WaitingSteps<T extends Waiting> {
  /** The pure decision, on everything that is known so far. */
  readonly decide: (alert: T) => Placement;
  readonly put: (alert: T, placement: Placement) => void;
  /** @param lasts the alert is to be placed again once it has fired for `holdSeconds`; else the next of its group lets it go */
  readonly hold: (alert: T, opening: Opening, explanation: HeldBack, lasts: boolean) => void;
}

export type HeldBack = PlacementExplanation & { readonly outcome: 'heldBack' };

/** What waits of one group, by the alert's id. */
interface Group<T> {
  readonly alerts: Map<number, T>;
  spanMs: number;
}

/** How long after its time an alert may still come, in a replay. */
const lateMs = 2 * 3_600_000;

/**
 * Places alerts as their rules say: at once, only if they last (`holdSeconds`), or only once enough of their group have come
 * (`threshold`); what waited is let go together with the one that makes them enough. The pipeline and the replay both place
 * through it, so that a backtest tells what the pipeline would have done.
 */
export class WaitingAlerts<T extends Waiting> {
  readonly #steps: WaitingSteps<T>;
  readonly #groups = new Map<string, Group<T>>();
  readonly #keys = new Map<number, string>();

  constructor(steps: WaitingSteps<T>) {
    this.#steps = steps;
  }

  /** An alert that waits in a group already. Whatever held it then is asked again, so its episode before counts no more. */
  wait(key: string, alert: T, { seconds }: NonNullable<CorrelationRule['threshold']> = { count: 0, seconds: 0 }): void {
    this.#leave(alert.alertId);
    let group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, (group = { alerts: new Map(), spanMs: 0 }));
    group.spanMs = Math.max(group.spanMs, seconds * 1_000);
    group.alerts.set(alert.alertId, { ...alert, previous: null });
    this.#keys.set(alert.alertId, key);
  }

  /** @param firedMs for how long it is known to have fired; Infinity where it need not last any more */
  place(alert: T, firedMs: number): void {
    const placement = this.#steps.decide(alert);
    this.#leave(alert.alertId);
    if (placement.outcome !== 'opened') return this.#steps.put(alert, placement);
    const { rule, key, explanation } = placement;
    const lasts = firedMs < rule.holdSeconds * 1_000;
    const released = lasts ? null : this.#enough(placement, alert);
    if (released === null) {
      if (rule.threshold !== null) this.wait(key, alert, rule.threshold);
      this.#steps.hold(alert, placement, { ...explanation, outcome: 'heldBack' }, lasts);
      return;
    }
    this.#steps.put(alert, placement);
    for (const waiting of released) this.#steps.put(waiting, this.#steps.decide(waiting));
  }

  /** Forgets what nothing that comes after this instant (epoch milliseconds) can let go any more. */
  forgetBefore(now: number): void {
    for (const { alerts, spanMs } of this.#groups.values()) {
      for (const { alertId, facts } of alerts.values()) {
        if (facts.startsAt < now - spanMs - lateMs) this.#leave(alertId);
      }
    }
  }

  /** Those of the group that waited, where they are enough together with this one; else null. */
  #enough({ rule: { threshold }, key }: Opening, { alertId: own, facts }: T): readonly T[] | null {
    if (threshold === null) return [];
    const where = environmentKey(facts.environment);
    const spanMs = threshold.seconds * 1_000;
    const near = [...(this.#groups.get(key)?.alerts.values() ?? [])].filter(
      ({ alertId, facts: of }) =>
        alertId !== own && Math.abs(facts.startsAt - of.startsAt) <= spanMs && environmentKey(of.environment) === where,
    );
    const starts = [...near.map(({ facts: of }) => of.startsAt), facts.startsAt].toSorted((a, b) => a - b);
    // So many within the time, whichever of them came last.
    const isEnough = starts.some((first, n) => (starts[n + threshold.count - 1] ?? Infinity) - first <= spanMs);
    if (!isEnough) return null;
    for (const { alertId } of near) this.#leave(alertId);
    // In one order, however they are stored.
    return near.toSorted((a, b) => a.facts.startsAt - b.facts.startsAt || a.alertId - b.alertId);
  }

  #leave(alertId: number): void {
    const key = this.#keys.get(alertId);
    if (key === undefined) return;
    this.#keys.delete(alertId);
    const group = this.#groups.get(key);
    group?.alerts.delete(alertId);
    if (group?.alerts.size === 0) this.#groups.delete(key);
  }
}
