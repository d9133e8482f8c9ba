import type { Actor, NewEvent } from '@tocsin/schema/domain/event';
import { isOpenPhase } from '@tocsin/schema/domain/incident';
import type { CorrelationRule } from '@tocsin/schema/domain/rule';
import { transition, type IncidentCommand } from '@tocsin/schema/domain/transition';
import type { StoredIncident } from '@tocsin/schema/postgres/correlationState';
import { eventsOf } from '@tocsin/schema/postgres/incidentCommands';
import type { IncidentToWrite } from '@tocsin/schema/postgres/incidentWrite';
import type { NewTimer } from '@tocsin/schema/postgres/timer';
import { ruleNamed, type Configuration } from './placing.js';

/** One incident that a batch touches. */
export interface IncidentEntry {
  row: IncidentToWrite;
  readonly isNew: boolean;
  firingCount: number;
  /** More may fire than were counted. */
  readonly isCapped: boolean;
  isChanged: boolean;
  /** What becomes of the quiet period's timer; null leaves it as it is. */
  quiet: { readonly startsAt: number } | 'cancelled' | null;
}

/** Behind every number, and rising: of incidents that an alert fits equally well the older one goes before, as it will later. */
const provisional = 2 ** 52;

/**
 * The rows of the incidents of a batch, and what of them is to be written. New incidents carry provisional ids until
 * {@link IncidentRows.number} gives them their own.
 */
export class IncidentRows {
  readonly events: NewEvent[] = [];
  readonly #configuration: Pick<Configuration, 'rules'>;
  readonly #entries = new Map<number, IncidentEntry>();

  constructor(configuration: Pick<Configuration, 'rules'>, incidents: readonly StoredIncident[]) {
    this.#configuration = configuration;
    for (const { firingCount, isCapped, ...row } of incidents) {
      this.#entries.set(row.incident.id, { row, isNew: false, firingCount, isCapped, isChanged: false, quiet: null });
    }
  }

  get(id: number): IncidentEntry | undefined {
    return this.#entries.get(id);
  }

  get nextId(): number {
    return provisional + this.#entries.size;
  }

  add(row: IncidentToWrite): IncidentEntry {
    const entry: IncidentEntry = {
      row,
      isNew: true,
      firingCount: 0,
      isCapped: false,
      isChanged: true,
      quiet: null,
    };
    this.#entries.set(row.incident.id, entry);
    return entry;
  }

  ruleOf({ row }: IncidentEntry): CorrelationRule {
    return ruleNamed(row.activity.ruleId, this.#configuration);
  }

  command(entry: IncidentEntry, command: IncidentCommand, actor: Actor, at: number): void {
    const result = transition(entry.row.incident, command, actor, at);
    if (!result.ok || result.events.length === 0) return;
    entry.row = { ...entry.row, incident: result.incident };
    entry.isChanged = true;
    this.events.push(...eventsOf(result.incident.id, result.events, actor, at));
  }

  isHeld(key: string): boolean {
    return [...this.#entries.values()].some(
      ({ row }) => row.incident.correlationKey === key && row.activity.acceptsAlerts && isOpenPhase(row.incident.phase),
    );
  }

  /** Who holds the key lets go of it: the newer incident of the group takes it. */
  release(key: string): void {
    for (const entry of this.#entries.values()) {
      if (entry.row.incident.correlationKey !== key || !entry.row.activity.acceptsAlerts) continue;
      entry.row = { ...entry.row, activity: { ...entry.row.activity, acceptsAlerts: false } };
      entry.isChanged = true;
    }
  }

  /** What the batch merged into the one goes with it into the other. */
  redirect(from: number, into: number): void {
    for (const entry of this.#entries.values()) {
      if (entry.row.incident.mergedInto !== from) continue;
      entry.row = { ...entry.row, incident: { ...entry.row.incident, mergedInto: into } };
      entry.isChanged = true;
    }
  }

  get newCount(): number {
    return [...this.#entries.values()].filter((entry) => entry.isNew).length;
  }

  /** Gives the new incidents their numbers, in the order in which they were opened. Returns provisional → final. */
  number(ids: readonly number[]): ReadonlyMap<number, number> {
    const numbers = new Map<number, number>();
    for (const entry of this.#entries.values()) {
      if (entry.isNew) numbers.set(entry.row.incident.id, ids[numbers.size] ?? 0);
    }
    for (const entry of this.#entries.values()) {
      const { id, mergedInto } = entry.row.incident;
      const into = mergedInto === null ? null : (numbers.get(mergedInto) ?? mergedInto);
      if (entry.isNew || into !== mergedInto) {
        entry.row = {
          ...entry.row,
          incident: { ...entry.row.incident, id: numbers.get(id) ?? id, mergedInto: into },
        };
      }
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
    for (const entry of this.#entries.values()) {
      const { quiet, row } = entry;
      const key = String(row.incident.id);
      const rule = this.ruleOf(entry);
      if (quiet === 'cancelled' || (quiet !== null && row.incident.phase === 'merged')) cancel.push(key);
      else if (quiet !== null && rule.resolve === 'allResolved') {
        const dueAt = quiet.startsAt + rule.quietPeriodSeconds * 1_000;
        start.push({ kind: 'incident.autoResolve', key, dueAt, data: { endedAt: quiet.startsAt } });
      }
    }
    return { start, cancel };
  }
}
