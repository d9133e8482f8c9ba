import type { Explanation, Placement } from '@tocsin/schema/domain/correlation';
import { WaitingAlerts } from '@tocsin/schema/domain/correlateWaiting';
import type { Actor } from '@tocsin/schema/domain/event';
import type { StoredAlert } from '@tocsin/schema/postgres/alertRow';
import type { AlertToHold, AlertToPlace } from '@tocsin/schema/postgres/alertWrite';
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

interface Placing extends Beginning {
  readonly home: Home;
  /** For how long it is known to have fired when it is placed. */
  readonly firedMs: number;
}

/**
 * Puts alerts into incidents, as their rules say: at once, only if they last, or only once enough of their group have come.
 * What it decides about stored alerts is in `placed`, `held` and `timers`.
 */
export class Placer {
  /** Stored alerts that were let go. */
  readonly placed: AlertToPlace[] = [];
  /** Stored alerts that a rule holds back from now on, and in which group. */
  readonly held: AlertToHold[] = [];
  /** When to look again at what must last. */
  readonly timers: NewTimer[] = [];
  readonly #incidents: IncidentLedger;
  readonly #stored: StoredHome;
  readonly #waiting: WaitingAlerts<Placing>;
  readonly #placed = new Set<number>();

  constructor(incidents: IncidentLedger, pending: readonly PendingAlert[], now: number, stored: StoredHome = nobody) {
    this.#incidents = incidents;
    this.#stored = stored;
    this.#waiting = new WaitingAlerts<Placing>({
      decide: (placing) => incidents.decide(placing),
      put: (placing, placement) => this.#put(placing, placement),
      hold: ({ alertId, receivedAt, firedMs, home }, { key, rule }, explanation, lasts) => {
        home.hold(key, explanation);
        if (lasts) this.timers.push(holdTimer(alertId, receivedAt - firedMs + rule.holdSeconds * 1_000));
      },
    });
    for (const { alert, key, integration } of pending) {
      const beginning = storedBeginning(alert, integration, now);
      this.#waiting.wait(key, { ...beginning, home: this.homeOfStored(alert, now), firedMs: 0 });
    }
  }

  /** @param firedMs for how long it is known to have fired; Infinity where it need not last any more */
  place(beginning: Beginning, home: Home, firedMs = 0): void {
    // One that waited may have been let go together with another, a moment ago.
    if (!this.#placed.has(beginning.alertId)) this.#waiting.place({ ...beginning, home, firedMs }, firedMs);
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
      hold: (pendingKey, explanation) => void this.held.push({ id, pendingKey, explanation }),
      // Of one that ended unseen only the start is known.
      endedAt: () => (resolveReason === 'superseded' ? startsAt : endsAt) ?? this.#stored.endedAt(id),
    };
  }

  #put(placing: Placing, placement: Placement): void {
    const { alertId, home, receivedAt } = placing;
    this.#placed.add(alertId);
    const { incidentId, explanation } = this.#incidents.follow(placement, placing);
    home.put(incidentId, explanation);
    const endedAt = home.endedAt();
    if (endedAt !== null) this.#incidents.alertEnded(incidentId, endedAt, receivedAt);
  }
}

function holdTimer(alertId: number, dueAt: number): NewTimer {
  return { kind: 'alert.hold', key: String(alertId), dueAt };
}
