import type { CorrelationRule, Decision, Explanation } from '@tocsin/schema/domain/correlation';
import { correlate, correlationKey, type CorrelationKey } from '@tocsin/schema/domain/correlate';
import type { Actor, NewEvent } from '@tocsin/schema/domain/event';
import { isOpenPhase } from '@tocsin/schema/domain/incident';
import { transition, type IncidentCommand, type IncidentEvent } from '@tocsin/schema/domain/transition';
import type { StoredIncident } from '@tocsin/schema/postgres/correlationState';
import { eventsOf, newIncident } from '@tocsin/schema/postgres/incidentCommands';
import type { IncidentToWrite } from '@tocsin/schema/postgres/incidentWrite';
import type { NewTimer } from '@tocsin/schema/postgres/timer';
import type { BatchArrival } from './arrival.js';
import { candidateOf, correlatedAlert, sender, withActivity } from './correlationInput.js';
import type { Episode } from './dedupe.js';

const system: Actor = { kind: 'system', name: 'tocsin' };

interface Entry {
  row: IncidentToWrite;
  readonly isNew: boolean;
  firingCount: number;
  /** More may fire than were counted. */
  readonly isCapped: boolean;
  isChanged: boolean;
  /** What becomes of the quiet period's timer; null leaves it as it is. */
  quiet: { readonly startsAt: number } | 'cancelled' | null;
}

/**
 * The incidents of a batch: each new episode is correlated on what is stored and on the episodes before it.
 * New incidents carry negative ids until {@link IncidentLedger.number} gives them their own.
 */
export class IncidentLedger {
  readonly events: NewEvent[] = [];
  readonly #rules: readonly CorrelationRule[];
  readonly #entries = new Map<number, Entry>();
  readonly #holders = new Map<string, number>();

  constructor(
    rules: readonly CorrelationRule[],
    byKey: ReadonlyMap<string, StoredIncident>,
    others: readonly StoredIncident[],
  ) {
    this.#rules = rules;
    for (const stored of [...byKey.values(), ...others]) {
      const { firingCount, isCapped, ...row } = stored;
      this.#entries.set(row.incident.id, { row, isNew: false, firingCount, isCapped, isChanged: false, quiet: null });
    }
    for (const [key, stored] of byKey) this.#holders.set(key, stored.incident.id);
  }

  /** Decides where a new episode belongs, and joins, reopens or opens. */
  place(episode: Episode, arrival: BatchArrival): void {
    const alert = correlatedAlert(arrival, episode.startsAt);
    const key = correlationKey(alert, this.#rules);
    const holder = this.#entries.get(this.#holders.get(key.key) ?? 0);
    const decision = correlate(
      alert,
      key,
      holder ? candidateOf(key.key, holder.row, holder.isCapped || holder.firingCount > 0) : null,
    );
    const entry = this.#follow(decision, key, episode, arrival);
    episode.incidentId = entry.row.incident.id;
    episode.explanation = decision.explanation;
    if (decision.outcome !== 'opened') {
      this.#log(
        entry,
        { kind: 'incident.alertJoined', data: { explanation: decision.explanation } },
        arrival,
        episode.id,
      );
    }
    this.#alertFires(entry, arrival, episode.startsAt);
  }

  /** A stored or new episode ended. */
  alertEnded(episode: Episode, endsAt: number, at: number): void {
    const entry = this.#entryOf(episode);
    if (!entry) return;
    entry.firingCount = Math.max(0, entry.firingCount - 1);
    entry.isChanged = true;
    entry.row = { ...entry.row, activity: withActivity(entry.row.activity, endsAt) };
    // Where more fires than was counted the timer finds that out and does nothing.
    if (entry.firingCount === 0 && isOpenPhase(entry.row.incident.phase)) entry.quiet = { startsAt: at };
  }

  /** A stored episode's severity changed. */
  severityChanged(episode: Episode, arrival: BatchArrival): void {
    const entry = this.#entryOf(episode);
    if (entry)
      this.#command(entry, { type: 'alertSeverity', severity: arrival.alert.severity }, sender(arrival), arrival);
  }

  get newCount(): number {
    return [...this.#entries.values()].filter((entry) => entry.isNew).length;
  }

  /** Gives the new incidents their numbers, in the order in which they were opened. Returns provisional → final. */
  number(ids: readonly number[]): ReadonlyMap<number, number> {
    const numbers = new Map<number, number>();
    for (const entry of this.#entries.values()) {
      if (!entry.isNew) continue;
      const id = ids[numbers.size] ?? 0;
      numbers.set(entry.row.incident.id, id);
      entry.row = { ...entry.row, incident: { ...entry.row.incident, id } };
    }
    return numbers;
  }

  get inserts(): readonly IncidentToWrite[] {
    return [...this.#entries.values()].filter((entry) => entry.isNew).map((entry) => entry.row);
  }

  get updates(): readonly IncidentToWrite[] {
    return [...this.#entries.values()].filter((entry) => !entry.isNew && entry.isChanged).map((entry) => entry.row);
  }

  /** Quiet periods that begin, and incidents whose quiet period is over because something fires again. */
  timers(): { readonly start: readonly NewTimer[]; readonly cancel: readonly string[] } {
    const start: NewTimer[] = [];
    const cancel: string[] = [];
    for (const { quiet, row } of this.#entries.values()) {
      const key = String(row.incident.id);
      if (quiet === 'cancelled') cancel.push(key);
      else if (quiet !== null) {
        const dueAt = quiet.startsAt + this.#quietPeriodSeconds(row) * 1_000;
        start.push({ kind: 'incident.autoResolve', key, dueAt, data: { endedAt: quiet.startsAt } });
      }
    }
    return { start, cancel };
  }

  #quietPeriodSeconds({ activity }: IncidentToWrite): number {
    const rule = this.#rules.find(({ id }) => id === activity.ruleId) ?? this.#rules[0];
    return rule?.quietPeriodSeconds ?? 0;
  }

  #entryOf(episode: Episode): Entry | undefined {
    return episode.incidentId === null ? undefined : this.#entries.get(episode.incidentId);
  }

  #follow(decision: Decision, key: CorrelationKey, episode: Episode, arrival: BatchArrival): Entry {
    if (decision.outcome === 'opened') {
      if (decision.displaced) this.#displace(decision.displaced, key.key, arrival);
      return this.#open(decision.explanation, key, episode, arrival);
    }
    const entry = this.#entries.get(decision.incidentId);
    if (!entry) throw new RangeError(`The decision names incident ${decision.incidentId}, which was no candidate.`);
    if (decision.outcome === 'reopened') {
      if (decision.endsFirst)
        this.#command(entry, { type: 'autoResolve', endedAt: arrival.receivedAt }, system, arrival);
      const { explanation } = decision;
      this.#command(entry, { type: 'fireAgain', explanation }, sender(arrival), arrival);
      // Only the holder of the key takes it back; one that was merged keeps leading here by its own key.
      const acceptsAlerts = entry.row.incident.correlationKey === key.key;
      entry.row = { ...entry.row, activity: { ...entry.row.activity, acceptsAlerts } };
    }
    return entry;
  }

  #displace({ incidentId, isOver }: { incidentId: number; isOver: boolean }, key: string, arrival: BatchArrival): void {
    const entry = this.#entries.get(incidentId);
    if (!entry) return;
    if (isOver) {
      this.#command(entry, { type: 'autoResolve', endedAt: arrival.receivedAt }, system, arrival);
      entry.quiet = 'cancelled';
    }
    // One that a merge led to keeps the key that is its own.
    if (entry.row.incident.correlationKey !== key) return;
    entry.row = { ...entry.row, activity: { ...entry.row.activity, acceptsAlerts: false } };
    entry.isChanged = true;
  }

  #open(explanation: Explanation, key: CorrelationKey, episode: Episode, arrival: BatchArrival): Entry {
    const { alert, receivedAt, delivery } = arrival;
    const id = -(this.#entries.size + 1);
    const incident = {
      ...newIncident(id, receivedAt),
      title: alert.title,
      description: alert.description,
      severity: alert.severity,
      environment: alert.environment,
      team: delivery.integration.team,
      correlationKey: key.key,
      impactStartedAt: Math.min(episode.startsAt, receivedAt),
    };
    const activity = {
      source: delivery.source,
      ruleId: key.rule.id,
      ruleVersion: key.rule.version,
      acceptsAlerts: true,
      firstStartsAt: null,
      lastActivityAt: null,
    };
    const entry: Entry = {
      row: { incident, activity },
      isNew: true,
      firingCount: 0,
      isCapped: false,
      isChanged: true,
      quiet: null,
    };
    this.#entries.set(id, entry);
    this.#holders.set(key.key, id);
    const { title, severity } = incident;
    this.#log(entry, { kind: 'incident.opened', data: { title, severity, explanation } }, arrival, null);
    return entry;
  }

  /** Writes the incident's row only where the alert tells something new: a storm on one incident must not rewrite it. */
  #alertFires(entry: Entry, arrival: BatchArrival, startsAt: number): void {
    // Only an incident without firing alerts can be in its quiet period.
    if (entry.firingCount === 0 && (!entry.isNew || entry.quiet !== null)) entry.quiet = 'cancelled';
    entry.firingCount++;
    const { incident } = entry.row;
    const activity = withActivity(entry.row.activity, startsAt);
    const { service } = arrival.alert;
    const isNewService = service !== null && !incident.services.includes(service);
    const impactStartedAt = Math.min(incident.impactStartedAt, startsAt);
    if (isNewService || activity !== entry.row.activity || impactStartedAt !== incident.impactStartedAt) {
      const services = isNewService ? [...incident.services, service] : incident.services;
      const updatedAt = Math.max(incident.updatedAt, arrival.receivedAt);
      entry.row = { incident: { ...incident, services, impactStartedAt, updatedAt }, activity };
      entry.isChanged = true;
    }
    this.#command(entry, { type: 'alertSeverity', severity: arrival.alert.severity }, sender(arrival), arrival);
  }

  #command(entry: Entry, command: IncidentCommand, actor: Actor, arrival: BatchArrival): void {
    const result = transition(entry.row.incident, command, actor, arrival.receivedAt);
    if (!result.ok || result.events.length === 0) return;
    entry.row = { ...entry.row, incident: result.incident };
    entry.isChanged = true;
    this.events.push(...eventsOf(result.incident.id, result.events, actor, arrival.receivedAt));
  }

  #log(entry: Entry, event: IncidentEvent, arrival: BatchArrival, alertId: number | null): void {
    this.events.push(...eventsOf(entry.row.incident.id, [event], sender(arrival), arrival.receivedAt, alertId));
  }
}
