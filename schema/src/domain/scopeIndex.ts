import type { CandidateScope, IncidentLookup, IncidentScope } from './correlation.js';

const minuteMs = 60_000;

/** A scope with one more start in it, in whole minutes: so that it changes once a minute of a storm, not with every alert. */
export function scopeAt(scope: IncidentScope, at: number): CandidateScope {
  return { ...scope, firstAt: Math.floor(at / minuteMs) * minuteMs, lastAt: Math.ceil(at / minuteMs) * minuteMs };
}

/** Incidents, found by what their alerts named. */
export class ScopeIndex {
  /** `kind value` → incident → its scopes of that name, one for each environment. */
  readonly #named = new Map<string, Map<number, CandidateScope[]>>();
  readonly #namesOf = new Map<number, string[]>();

  /** Adds a scope to an incident, or widens its times; null where that says nothing new, else the scope as it is now. */
  add(incidentId: number, scope: CandidateScope): CandidateScope | null {
    const name = nameOf(scope);
    let incidents = this.#named.get(name);
    if (incidents === undefined) this.#named.set(name, (incidents = new Map<number, CandidateScope[]>()));
    const scopes = incidents.get(incidentId);
    if (scopes === undefined) {
      incidents.set(incidentId, [scope]);
      const names = this.#namesOf.get(incidentId);
      if (names === undefined) this.#namesOf.set(incidentId, [name]);
      else names.push(name);
      return scope;
    }
    const at = scopes.findIndex(({ environment }) => environment === scope.environment);
    const known = scopes[at];
    if (known === undefined) {
      scopes.push(scope);
      return scope;
    }
    if (known.firstAt <= scope.firstAt && known.lastAt >= scope.lastAt) return null;
    const widened = {
      ...known,
      firstAt: Math.min(known.firstAt, scope.firstAt),
      lastAt: Math.max(known.lastAt, scope.lastAt),
    };
    scopes[at] = widened;
    return widened;
  }

  /** The incidents that hold a scope that is looked for, each with the scopes that matched. */
  find(lookups: readonly IncidentLookup[]): Map<number, CandidateScope[]> {
    const found = new Map<number, CandidateScope[]>();
    for (const lookup of lookups) {
      const incidents = this.#named.get(nameOf(lookup));
      if (incidents === undefined) continue;
      for (const [incidentId, scopes] of incidents) {
        for (const scope of scopes) {
          if (!matches(scope, lookup)) continue;
          const matched = found.get(incidentId);
          if (matched === undefined) found.set(incidentId, [scope]);
          else matched.push(scope);
        }
      }
    }
    return found;
  }

  /** Takes an incident out and returns what it was found by. */
  remove(incidentId: number): readonly CandidateScope[] {
    const removed: CandidateScope[] = [];
    for (const name of this.#namesOf.get(incidentId) ?? []) {
      const incidents = this.#named.get(name);
      removed.push(...(incidents?.get(incidentId) ?? []));
      incidents?.delete(incidentId);
      if (incidents?.size === 0) this.#named.delete(name);
    }
    this.#namesOf.delete(incidentId);
    return removed;
  }
}

function nameOf({ kind, value }: IncidentScope): string {
  return `${kind} ${value}`;
}

/** What names no environment is found in every one, and finds in every one. */
function matches(scope: CandidateScope, lookup: IncidentLookup): boolean {
  if (scope.lastAt < lookup.since) return false;
  return scope.environment === null || lookup.environment === null || scope.environment === lookup.environment;
}
