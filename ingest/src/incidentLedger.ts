import type { CandidateScope, Explanation, IncidentCandidate, Placement } from '@tocsin/schema/domain/correlation';
import { place } from '@tocsin/schema/domain/correlatePlace';
import { lookupsOf } from '@tocsin/schema/domain/correlateScopes';
import type { Actor, NewEvent } from '@tocsin/schema/domain/event';
import { isOpenPhase } from '@tocsin/schema/domain/incident';
import { ScopeIndex } from '@tocsin/schema/domain/scopeIndex';
import type { Severity } from '@tocsin/schema/domain/severity';
import type { IncidentEvent } from '@tocsin/schema/domain/transition';
import type { StoredIncident } from '@tocsin/schema/postgres/correlationState';
import { eventsOf } from '@tocsin/schema/postgres/incidentCommands';
import type { StoredScope } from '@tocsin/schema/postgres/incidentScope';
import { mergedRow, type Absorption, type Put } from './absorption.js';
import { incidentFor } from './incidentOpening.js';
import { IncidentRows, type IncidentEntry } from './incidentRows.js';
import {
  candidateOf,
  grownBy,
  scopesFrom,
  shownService,
  withActivity,
  type Beginning,
  type Configuration,
} from './placing.js';

const system: Actor = { kind: 'system', name: 'tocsin' };

/**
 * The incidents of a batch: each new episode is placed on what is stored and on the episodes before it. What is to be written of them is in `rows`.
 */
export class IncidentLedger {
  readonly rows: IncidentRows;
  readonly absorptions: Absorption[] = [];
  readonly #configuration: Configuration;
  readonly #scopes = new ScopeIndex();
  readonly #changedScopes = new Map<string, StoredScope>();
  readonly #absorbedBy = new Map<number, number>();

  constructor(configuration: Configuration, incidents: readonly StoredIncident[], scopes: readonly StoredScope[]) {
    this.#configuration = configuration;
    this.rows = new IncidentRows(configuration, incidents);
    for (const { incidentId, scope } of scopes) this.#scopes.add(incidentId, scope);
  }

  get events(): NewEvent[] {
    return this.rows.events;
  }

  /** The pure decision about an episode that begins, on everything that is known so far. */
  decide({ facts, previous }: Beginning): Placement {
    const { rules, topology } = this.#configuration;
    const found = this.#scopes.find(lookupsOf(facts, rules, topology));
    const before = previous === null ? null : { ...previous, incidentId: this.current(previous.incidentId) };
    if (before !== null && !found.has(before.incidentId)) found.set(before.incidentId, []);
    const candidates = [...found].flatMap(([id, scopes]) => this.#candidate(id, scopes));
    return place(facts, rules, topology, { candidates, previous: before });
  }

  /** Follows a decision: joins, reopens or opens, merges what the alert shows to be one, and lets the alert fire there. */
  follow(placement: Placement, beginning: Beginning): Put {
    const { explanation: placed, failures } = placement;
    const explanation: Explanation = failures.length === 0 ? placed : { ...placed, failures };
    const entry =
      placement.outcome === 'opened'
        ? this.#open(placement, explanation, beginning)
        : this.#join(placement, explanation, beginning);
    if (placement.outcome !== 'opened') {
      for (const id of placement.absorbs) this.#absorb(entry, id, explanation, beginning);
    }
    const incidentId = entry.row.incident.id;
    // A condition that people moved comes back alone: what else its service does goes where it went.
    const isMoved = placed.reason === 'sameCondition' && entry.row.activity.isTouched;
    const scopes = isMoved ? [] : scopesFrom(beginning, this.#configuration);
    for (const scope of scopes) this.#addScope(incidentId, scope);
    this.#alertFires(entry, beginning);
    return { incidentId, explanation };
  }

  /** An incident that the batch merged into another goes by that one's id from then on. */
  current(id: number): number {
    return this.#absorbedBy.get(id) ?? id;
  }

  /** A stored or new episode ended. */
  alertEnded(incidentId: number, endsAt: number, at: number): void {
    const entry = this.rows.get(this.current(incidentId));
    if (!entry) return;
    entry.firingCount = Math.max(0, entry.firingCount - 1);
    entry.isChanged = true;
    entry.row = { ...entry.row, activity: withActivity(entry.row.activity, endsAt) };
    // Where more fires than was counted the timer finds that out and does nothing.
    if (entry.firingCount === 0 && isOpenPhase(entry.row.incident.phase)) entry.quiet = { startsAt: at };
  }

  /** The severity of an alert that it holds. */
  alertSeverity(incidentId: number, severity: Severity, actor: Actor, at: number): void {
    const entry = this.rows.get(this.current(incidentId));
    // A rule that says how severe its incidents are goes before what the alerts say.
    if (entry && this.rows.ruleOf(entry).severity === null) {
      this.rows.command(entry, { type: 'alertSeverity', severity }, actor, at);
    }
  }

  /** Scopes that are new or whose times moved; incident ids may be provisional. */
  get changedScopes(): readonly StoredScope[] {
    return [...this.#changedScopes.values()];
  }

  #candidate(id: number, scopes: readonly CandidateScope[]): readonly IncidentCandidate[] {
    const entry = this.rows.get(id);
    if (!entry) return [];
    return [candidateOf(entry.row, entry.isCapped || entry.firingCount > 0, scopes, this.#configuration)];
  }

  #join(
    placement: Extract<Placement, { outcome: 'joined' | 'reopened' }>,
    explanation: Explanation,
    { actor, receivedAt }: Beginning,
  ): IncidentEntry {
    const entry = this.rows.get(placement.incidentId);
    if (!entry) throw new RangeError(`The decision names incident ${placement.incidentId}, which was no candidate.`);
    if (placement.outcome === 'joined') return entry;
    if (placement.endsFirst) this.rows.command(entry, { type: 'autoResolve', endedAt: receivedAt }, system, receivedAt);
    this.rows.command(entry, { type: 'fireAgain', explanation }, actor, receivedAt);
    const { incident, activity } = entry.row;
    entry.row = { incident, activity: { ...activity, acceptsAlerts: false } };
    // Who else holds it is known of the keys that the batch looked for.
    const acceptsAlerts = incident.correlationKey === explanation.key && !this.rows.isHeld(explanation.key);
    entry.row = { incident, activity: { ...activity, acceptsAlerts } };
    return entry;
  }

  #open(
    { key, ended, rule }: Extract<Placement, { outcome: 'opened' }>,
    explanation: Explanation,
    beginning: Beginning,
  ): IncidentEntry {
    for (const id of ended) this.#end(id, beginning.receivedAt);
    this.rows.release(key);
    const id = this.rows.nextId;
    const service = shownService(beginning, this.#configuration);
    const serviceTeam = service === null ? null : (this.#configuration.topology.get(service)?.team ?? null);
    const row = incidentFor(id, beginning, { key, rule, explanation, serviceTeam });
    const entry = this.rows.add(row);
    const { title, severity } = row.incident;
    this.#log(entry, { kind: 'incident.opened', data: { title, severity, explanation } }, beginning);
    return entry;
  }

  /** It is over on the alerts' clock, though its timer has not rung. */
  #end(id: number, at: number): void {
    const entry = this.rows.get(id);
    if (!entry) return;
    this.rows.command(entry, { type: 'autoResolve', endedAt: at }, system, at);
    entry.quiet = 'cancelled';
  }

  #absorb(target: IncidentEntry, id: number, explanation: Explanation, { receivedAt }: Beginning): void {
    const source = this.rows.get(id);
    const into = target.row.incident.id;
    if (!source || source === target) return;
    this.rows.command(source, { type: 'mergeInto', incidentId: into }, system, receivedAt);
    if (source.row.incident.phase !== 'merged') return;
    source.quiet = 'cancelled';
    for (const [from, to] of this.#absorbedBy) if (to === id) this.#absorbedBy.set(from, into);
    this.#absorbedBy.set(id, into);
    this.rows.redirect(id, into);
    this.absorptions.push({ from: id, into, explanation });
    target.firingCount += source.firingCount;
    target.row = mergedRow(target.row, source.row);
    target.isChanged = true;
    this.alertSeverity(into, source.row.incident.severity, system, receivedAt);
    this.#move(id, into);
    this.events.push(
      ...eventsOf(
        into,
        [{ kind: 'incident.absorbed', data: { fromIncidentId: id, alertCount: 0 } }],
        system,
        receivedAt,
      ),
    );
  }

  /** In the batch the scopes of the one are the other's too; in the database the way from one to the other is stored. */
  #move(from: number, into: number): void {
    for (const scope of this.#scopes.remove(from)) this.#scopes.add(into, scope);
  }

  #addScope(incidentId: number, scope: CandidateScope): void {
    const changed = this.#scopes.add(incidentId, scope);
    if (changed === null) return;
    const { kind, value, environment } = changed;
    this.#changedScopes.set(JSON.stringify([incidentId, kind, value, environment]), { incidentId, scope: changed });
  }

  /** Writes the incident's row only where the alert tells something new: a storm on one incident must not rewrite it. */
  #alertFires(entry: IncidentEntry, beginning: Beginning): void {
    // Only an incident without firing alerts can be in its quiet period.
    if (entry.firingCount === 0 && (!entry.isNew || entry.quiet !== null)) entry.quiet = 'cancelled';
    entry.firingCount++;
    const { facts, actor, receivedAt } = beginning;
    const row = grownBy(entry.row, beginning, shownService(beginning, this.#configuration));
    if (row !== entry.row) {
      entry.row = row;
      entry.isChanged = true;
    }
    this.alertSeverity(entry.row.incident.id, facts.severity, actor, receivedAt);
  }

  #log(entry: IncidentEntry, event: IncidentEvent, { actor, receivedAt }: Beginning): void {
    this.events.push(...eventsOf(entry.row.incident.id, [event], actor, receivedAt));
  }
}
