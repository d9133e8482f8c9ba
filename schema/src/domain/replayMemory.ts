import type { CandidateScope, CompiledRule, IncidentCandidate, IncidentLookup, IncidentScope } from './correlation.js';
import { builtInRule } from './correlateWindows.js';
import type { CorrelationRule } from './rule.js';

interface Incident {
  readonly id: number;
  readonly key: string;
  readonly rule: CorrelationRule;
  readonly environment: string | null;
  firstStartsAt: number;
  lastActivityAt: number;
  firing: number;
  alertCount: number;
  soleCondition: string | null;
  isForgotten: boolean;
  readonly services: string[];
  readonly scopes: HeldScope[];
}

interface HeldScope extends IncidentScope {
  readonly incident: Incident;
  firstAt: number;
  lastAt: number;
}

/** The scopes of one kind and value, of all incidents. */
interface Bucket {
  held: HeldScope[];
  lastAt: number;
  /** When it grows beyond this, what is of no use any more is dropped. */
  limit: number;
}

/** One alert that begins to fire in an incident. */
export interface Firing {
  readonly at: number;
  readonly condition: string;
  readonly service: string | null;
  readonly scopes: readonly IncidentScope[];
}

const minuteMs = 60_000;
const servicesLimit = 64;
/** Symptoms of a whole environment stand in one bucket, of which only the last minutes are ever asked for. */
const symptomsForMs = 15 * minuteMs;
/** An alert may come so long after its time. */
const lateMs = 2 * 3_600_000;

/** The incidents that later alerts may join, found by their scopes: what the database keeps, in memory. */
export class IncidentMemory {
  count = 0;
  readonly #incidents = new Map<number, Incident>();
  readonly #buckets = new Map<string, Bucket>();
  readonly #mergedInto = new Map<number, number>();
  /** Incidents without a firing alert are of no use to anybody after this long. */
  readonly #quietForMs: number;
  /** Even one that still fires takes nothing more after this long. */
  readonly #firingForMs: number;

  constructor(rules: readonly CompiledRule[]) {
    const all = [builtInRule, ...rules.map(({ rule }) => rule)];
    const quiet = all.map((rule) =>
      Math.max(rule.windowSeconds, 3 * rule.reopenWindowSeconds, rule.quietPeriodSeconds),
    );
    this.#quietForMs = 1_000 * Math.max(...quiet) + lateMs;
    this.#firingForMs = 1_000 * Math.max(...all.map((rule) => rule.maxAgeSeconds)) + lateMs;
  }

  open(key: string, rule: CorrelationRule, environment: string | null): number {
    const id = ++this.count;
    this.#incidents.set(id, {
      id,
      key,
      rule,
      environment,
      firstStartsAt: Infinity,
      lastActivityAt: -Infinity,
      firing: 0,
      alertCount: 0,
      soleCondition: null,
      isForgotten: false,
      services: [],
      scopes: [],
    });
    return id;
  }

  /** The incident that this one was merged into, or itself. */
  current(id: number): number {
    let at = id;
    for (let next = this.#mergedInto.get(at); next !== undefined; next = this.#mergedInto.get(at)) at = next;
    return at;
  }

  fires(id: number, { at, condition, service, scopes }: Firing): void {
    const incident = this.#incidents.get(id);
    if (incident === undefined) return;
    incident.soleCondition = incident.alertCount === 0 || incident.soleCondition === condition ? condition : null;
    incident.alertCount++;
    incident.firing++;
    touch(incident, at);
    if (service !== null) addService(incident, service);
    // As `scopeAt` has it, without a copy of each.
    const [firstAt, lastAt] = [Math.floor(at / minuteMs) * minuteMs, Math.ceil(at / minuteMs) * minuteMs];
    for (const scope of scopes) this.#addScope(incident, scope, firstAt, lastAt);
  }

  /** @param at null where its end was only assumed, which says nothing of when */
  ends(id: number, at: number | null): void {
    const incident = this.#incidents.get(this.current(id));
    if (incident === undefined) return;
    incident.firing = Math.max(0, incident.firing - 1);
    if (at !== null) touch(incident, at);
  }

  merge(from: number, into: number): void {
    const source = this.#incidents.get(from);
    const target = this.#incidents.get(into);
    if (source === undefined || target === undefined || source === target) return;
    this.#mergedInto.set(from, into);
    target.firstStartsAt = Math.min(target.firstStartsAt, source.firstStartsAt);
    target.lastActivityAt = Math.max(target.lastActivityAt, source.lastActivityAt);
    target.firing += source.firing;
    target.alertCount += source.alertCount;
    target.soleCondition = null;
    for (const service of source.services) addService(target, service);
    for (const scope of source.scopes) this.#addScope(target, scope, scope.firstAt, scope.lastAt);
    this.#forget(source);
  }

  /** The incidents that hold a scope that is looked for, each with the scopes that matched, and one by its id. */
  candidates(lookups: readonly IncidentLookup[], andId: number | null): readonly IncidentCandidate[] {
    const matched = new Map<Incident, CandidateScope[]>();
    for (const lookup of lookups) {
      const bucket = this.#buckets.get(scopeKey(lookup));
      if (bucket === undefined || bucket.lastAt < lookup.since) continue;
      for (const scope of bucket.held) {
        if (!matches(scope, lookup)) continue;
        const scopes = matched.get(scope.incident);
        if (scopes === undefined) matched.set(scope.incident, [scope]);
        else scopes.push(scope);
      }
    }
    const named = andId === null ? undefined : this.#incidents.get(this.current(andId));
    if (named !== undefined && !matched.has(named)) matched.set(named, []);
    return [...matched].map(([incident, scopes]) => candidateOf(incident, scopes));
  }

  /** Forgets what nothing after this instant can join. Returns how many incidents are left. */
  forgetBefore(now: number): number {
    for (const incident of this.#incidents.values()) {
      const age = now - incident.lastActivityAt;
      if (age > (incident.firing === 0 ? this.#quietForMs : this.#firingForMs)) this.#forget(incident);
    }
    for (const [key, bucket] of this.#buckets) {
      bucket.held = bucket.held.filter(({ incident }) => !incident.isForgotten);
      if (bucket.held.length === 0) this.#buckets.delete(key);
    }
    return this.#incidents.size;
  }

  #addScope(incident: Incident, { kind, environment, value }: IncidentScope, firstAt: number, lastAt: number): void {
    const isSame = (held: HeldScope): boolean =>
      held.kind === kind && held.value === value && held.environment === environment;
    const key = scopeKey({ kind, value });
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) this.#buckets.set(key, (bucket = { held: [], lastAt, limit: 64 }));
    bucket.lastAt = Math.max(bucket.lastAt, lastAt);
    let scope = incident.scopes.find(isSame);
    if (scope === undefined) {
      incident.scopes.push((scope = { incident, kind, environment, value, firstAt, lastAt }));
      bucket.held.push(scope);
    } else {
      // A symptom that was dropped as too old counts again.
      if (scope.lastAt < lastAt - symptomsForMs && !bucket.held.includes(scope)) bucket.held.push(scope);
      scope.firstAt = Math.min(scope.firstAt, firstAt);
      scope.lastAt = Math.max(scope.lastAt, lastAt);
    }
    if (kind === 'symptom' && bucket.held.length > bucket.limit) {
      bucket.held = bucket.held.filter((held) => held.lastAt >= lastAt - symptomsForMs && !held.incident.isForgotten);
      bucket.limit = Math.max(64, 2 * bucket.held.length);
    }
  }

  #forget(incident: Incident): void {
    incident.isForgotten = true;
    this.#incidents.delete(incident.id);
  }
}

function addService({ services }: Incident, service: string): void {
  if (services.length < servicesLimit && !services.includes(service)) services.push(service);
}

function scopeKey({ kind, value }: Pick<IncidentScope, 'kind' | 'value'>): string {
  return `${kind} ${value}`;
}

function matches({ incident, environment, lastAt }: HeldScope, lookup: IncidentLookup): boolean {
  if (lastAt < lookup.since || incident.isForgotten) return false;
  return environment === null || lookup.environment === null || environment === lookup.environment;
}

/** In whole minutes, as the database keeps it: the earliest rounded down, the latest up. */
function touch(incident: Incident, at: number): void {
  incident.firstStartsAt = Math.min(incident.firstStartsAt, Math.floor(at / minuteMs) * minuteMs);
  incident.lastActivityAt = Math.max(incident.lastActivityAt, Math.ceil(at / minuteMs) * minuteMs);
}

/** Nobody works in a replay: everything is open until its alerts have ended, and nothing is touched. */
function candidateOf(incident: Incident, scopes: readonly CandidateScope[]): IncidentCandidate {
  // Written out: this runs for some candidates of every alert, and spreading is ten times slower.
  return {
    incidentId: incident.id,
    key: incident.key,
    ruleId: incident.rule.id,
    environment: incident.environment,
    isOpen: true,
    mayReopen: true,
    isUntouched: true,
    firstStartsAt: incident.firstStartsAt,
    lastActivityAt: incident.lastActivityAt,
    hasFiringAlerts: incident.firing > 0,
    services: incident.services,
    soleCondition: incident.soleCondition,
    alertCount: incident.alertCount,
    scopes,
  };
}
