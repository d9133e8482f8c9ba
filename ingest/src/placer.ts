import type { Explanation, Placement } from '@tocsin/schema/domain/correlation';
import { environmentKey } from '@tocsin/schema/domain/deriveEnvironment';
import type { Actor } from '@tocsin/schema/domain/event';
import type { StoredAlert } from '@tocsin/schema/postgres/alertRow';
import type { AlertToPlace } from '@tocsin/schema/postgres/alertWrite';
import { eventsOf } from '@tocsin/schema/postgres/incidentCommands';
import type { PendingAlert } from '@tocsin/schema/postgres/pendingAlerts';
import type { NewTimer } from '@tocsin/schema/postgres/timer';
import type { IncidentLedger } from './incidentLedger.js';
import { storedBeginning, type Beginning } from './placing.js';

const system: Actor = { kind: 'system', name: 'tocsin' };

/** What becomes of an alert that is placed, for whoever keeps it. */
export interface Home {
  readonly put: (incidentId: number, explanation: Explanation) => void;
  /** A rule holds it back in this group. */
  readonly hold: (key: string, explanation: Explanation) => void;
  /** When it is last known to have fired; null while it does. Asked once it is placed: it may have ended while it waited. */
  readonly endedAt: () => number | null;
}

/** What the batch itself makes of an alert that is stored as held back. */
export interface StoredHome {
  readonly put: (alertId: number, incidentId: number, explanation: Explanation) => void;
  readonly endedAt: (alertId: number) => number | null;
}

const nobody: StoredHome = { put: () => undefined, endedAt: () => null };

interface Waiting {
  readonly beginning: Beginning;
  readonly home: Home;
}

/**
 * Puts alerts into incidents, as their rules say: at once, only if they last (`holdSeconds`), or only once enough of their
 * group have come (`threshold`). What waited is let go together with the one that makes them enough.
 */
export class Placer {
  /** Stored alerts that were let go. */
  readonly placed: AlertToPlace[] = [];
  /** When to look again at what must last. */
  readonly timers: NewTimer[] = [];
  readonly #incidents: IncidentLedger;
  readonly #stored: StoredHome;
  readonly #groups = new Map<string, Map<number, Waiting>>();

  constructor(incidents: IncidentLedger, pending: readonly PendingAlert[], now: number, stored: StoredHome = nobody) {
    this.#incidents = incidents;
    this.#stored = stored;
    for (const { alert, key } of pending) {
      this.#wait(key, { beginning: storedBeginning(alert, null, now), home: this.homeOfStored(alert, now) });
    }
  }

  /** @param hasLasted it has fired for as long as its rule wants */
  place(beginning: Beginning, home: Home, hasLasted = false): void {
    const placement = this.#incidents.decide(beginning);
    if (placement.outcome !== 'opened') return this.#follow(placement, { beginning, home });
    const { rule, key, explanation } = placement;
    const mustLast = rule.holdSeconds > 0 && !hasLasted;
    const released = mustLast ? null : this.#enough(placement, beginning);
    if (released === null) {
      home.hold(key, { ...explanation, outcome: 'heldBack' });
      this.#wait(key, { beginning, home });
      if (mustLast) this.timers.push(holdTimer(beginning, rule.holdSeconds));
      return;
    }
    this.#follow(placement, { beginning, home });
    for (const waiting of released) this.#follow(this.#incidents.decide(waiting.beginning), waiting);
  }

  /** Says in the log that an alert came to its incident after it had opened. */
  joined(alertId: number, incidentId: number, explanation: Explanation, now: number): void {
    const joined = { kind: 'incident.alertJoined', data: { explanation } } as const;
    this.#incidents.events.push(...eventsOf(incidentId, [joined], system, now, alertId));
  }

  /** Where a stored alert goes is written with the batch, and said in the log. */
  homeOfStored(alert: Pick<StoredAlert, 'id' | 'startsAt' | 'endsAt' | 'resolveReason'>, now: number): Home {
    const { id, startsAt, endsAt, resolveReason } = alert;
    return {
      put: (incidentId, explanation) => {
        this.placed.push({ id, incidentId, explanation });
        this.joined(id, incidentId, explanation, now);
        this.#stored.put(id, incidentId, explanation);
      },
      hold: () => undefined,
      // Of one that ended unseen only the start is known.
      endedAt: () => (resolveReason === 'superseded' ? startsAt : endsAt) ?? this.#stored.endedAt(id),
    };
  }

  #follow(placement: Placement, { beginning, home }: Waiting): void {
    const { incidentId, explanation } = this.#incidents.follow(placement, beginning);
    home.put(incidentId, explanation);
    const endedAt = home.endedAt();
    if (endedAt !== null) this.#incidents.alertEnded(incidentId, endedAt, beginning.receivedAt);
  }

  /** Those of the group that waited, where they are enough together with this one; else null. */
  #enough(
    { rule: { threshold }, key }: Extract<Placement, { outcome: 'opened' }>,
    { alertId: own, facts: { startsAt, environment } }: Beginning,
  ): readonly Waiting[] | null {
    if (threshold === null) return [];
    const waiting = this.#groups.get(key);
    const where = environmentKey(environment);
    const near = [...(waiting?.values() ?? [])].filter(
      ({ beginning: { alertId, facts } }) =>
        alertId !== own &&
        environmentKey(facts.environment) === where &&
        Math.abs(startsAt - facts.startsAt) <= threshold.seconds * 1_000,
    );
    const group = near.toSorted((a, b) => a.beginning.facts.startsAt - b.beginning.facts.startsAt);
    const starts = [...group.map(({ beginning: { facts } }) => facts.startsAt), startsAt].toSorted((a, b) => a - b);
    // So many within the time, whichever of them came last.
    const isEnough = starts.some(
      (first, n) => (starts[n + threshold.count - 1] ?? Infinity) - first <= threshold.seconds * 1_000,
    );
    if (!isEnough) return null;
    for (const { beginning } of group) waiting?.delete(beginning.alertId);
    return group;
  }

  #wait(key: string, waiting: Waiting): void {
    const group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, new Map([[waiting.beginning.alertId, waiting]]));
    else group.set(waiting.beginning.alertId, waiting);
  }
}

function holdTimer({ alertId, receivedAt }: Beginning, holdSeconds: number): NewTimer {
  return { kind: 'alert.hold', key: String(alertId), dueAt: receivedAt + holdSeconds * 1_000 };
}
