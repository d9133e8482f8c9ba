import { chooseRule } from '@tocsin/schema/domain/correlateRules';
import { lookupsOf } from '@tocsin/schema/domain/correlateScopes';
import { subjectOf } from '@tocsin/schema/domain/correlateSubject';
import type { AlertFacts, IncidentLookup } from '@tocsin/schema/domain/correlation';
import { environmentKey } from '@tocsin/schema/domain/deriveEnvironment';
import type { Topology } from '@tocsin/schema/domain/topology';
import { lockIncidentsAround, type StoredIncident } from '@tocsin/schema/postgres/correlationState';
import type { StoredFingerprint } from '@tocsin/schema/postgres/fingerprintState';
import { readScopes, type StoredScope } from '@tocsin/schema/postgres/incidentScope';
import { readPending, type PendingAlert } from '@tocsin/schema/postgres/pendingAlerts';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { fingerprintKey, type BatchArrival } from './arrival.js';
import type { Configuration } from './placing.js';

/** What is stored around the alerts of a batch. */
export interface Surroundings {
  readonly incidents: readonly StoredIncident[];
  readonly scopes: readonly StoredScope[];
  readonly pending: readonly PendingAlert[];
}

/** What a batch has to look for, before anything is known of what is stored. */
export interface Search {
  readonly environments: readonly (string | null)[];
  readonly lookups: readonly IncidentLookup[];
  /** The keys under which the batch may open incidents. */
  readonly keys: readonly string[];
  /** Those of them whose rules may hold back alerts until there are enough. */
  readonly pendingKeys: readonly string[];
}

/** @param beginning what may begin; the rest only ends or repeats */
export function searchFor(beginning: readonly AlertFacts[], { rules, topology }: Configuration): Search {
  const environments = new Set<string | null>();
  const lookups = new Map<string, IncidentLookup>();
  const keys = new Set<string>();
  const pendingKeys = new Set<string>();
  for (const facts of beginning) {
    const subject = subjectOf(facts, topology);
    environments.add(subject.environment);
    const { rule, key } = chooseRule(facts, rules, subject);
    keys.add(key);
    if (rule.rule.threshold !== null) pendingKeys.add(key);
    for (const lookup of lookupsOf(facts, rules, topology)) {
      const name = `${lookup.kind} ${lookup.environment ?? ''} ${lookup.value}`;
      const known = lookups.get(name);
      if (known === undefined || known.since > lookup.since) lookups.set(name, lookup);
      // What is the same everywhere, such as a provider, is looked for in every environment: nobody may decide meanwhile.
      environments.add(lookup.environment);
    }
  }
  return {
    environments: [...environments],
    lookups: [...lookups.values()],
    keys: [...keys],
    pendingKeys: [...pendingKeys],
  };
}

/** Everything that can be read at once, under the locks of the environments. */
export async function readFound(db: Queryable, search: Search): Promise<Pick<Surroundings, 'scopes' | 'pending'>> {
  const [scopes, pending] = await Promise.all([readScopes(db, search.lookups), readPending(db, search.pendingKeys)]);
  return { scopes, pending };
}

/**
 * Locks the incidents that were found, those of open and of previous episodes, and those that hold a key.
 * @param countLimit firing alerts of an incident are counted no further
 */
export function lockFound(
  db: Queryable,
  { keys }: Pick<Search, 'keys'>,
  scopes: readonly StoredScope[],
  fingerprints: readonly StoredFingerprint[],
  countLimit: number,
): Promise<readonly StoredIncident[]> {
  const ids = new Set(scopes.map(({ incidentId }) => incidentId));
  for (const { open, previous } of fingerprints) {
    if (open !== null && open.incidentId !== null) ids.add(open.incidentId);
    if (previous !== null) ids.add(previous.incidentId);
  }
  return lockIncidentsAround(db, [...ids], keys, countLimit);
}

/** Environments that a search speaks of, and whose turn is not held. */
export function environmentsBeyond(
  held: readonly (string | null)[],
  { environments }: Pick<Search, 'environments'>,
): readonly (string | null)[] {
  const names = new Set(held.map(environmentKey));
  return names.has(null) ? [] : [...new Set(environments.map(environmentKey))].filter((name) => !names.has(name));
}

/**
 * Environments whose turn must be held too: those in which incidents that were found are at home. An incident may span
 * several, by what they share; whoever decides about it holds the turn of the one it was opened in.
 * @returns empty where nothing is missing
 */
export function homesBeyond(
  held: readonly (string | null)[],
  incidents: readonly StoredIncident[],
  topology: Topology,
): readonly (string | null)[] {
  const names = new Set(held.map(environmentKey));
  if (names.has(null)) return [];
  const homes = new Set(incidents.map(({ incident }) => homeOf(incident, topology)));
  return [...homes].filter((home) => !names.has(home));
}

/** What named no environment is where its first service is, if the catalogue knows of one only. */
function homeOf({ environment, services }: StoredIncident['incident'], topology: Topology): string | null {
  const known = topology.get(services[0] ?? '')?.environments ?? [];
  return environmentKey(environment) ?? (known.length === 1 ? environmentKey(known[0] ?? null) : null);
}

/** More firing alerts of an incident than the batch can end need no counting: an incident may hold thousands. */
export function countLimitOf(arrivals: readonly BatchArrival[], fingerprints: readonly StoredFingerprint[]): number {
  const starts = new Map<string, number>();
  for (const { integrationId, fingerprint, open } of fingerprints) {
    if (open !== null) starts.set(fingerprintKey(integrationId, fingerprint), open.startsAt);
  }
  const ending = new Set<string>();
  for (const { key, alert } of arrivals) {
    const start = starts.get(key);
    if (start === undefined) continue;
    // A later start ends what was open as well.
    const mayEnd = alert.status === 'resolved' || alert.parts !== undefined || (alert.startsAt ?? start) > start;
    if (mayEnd) ending.add(key);
  }
  return 1 + ending.size;
}
