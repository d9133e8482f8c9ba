import type { AlertFacts, CompiledRule, IncidentLookup, IncidentScope, ScopeKind } from './correlation.js';
import { subjectOf, type Subject } from './correlateSubject.js';
import { chooseRule } from './correlateRules.js';
import { hopsOf, windows } from './correlateWindows.js';
import type { CorrelationRule } from './rule.js';
import type { Topology } from './topology.js';

export const scopeLimit = 8;
export const lookupLimit = 200;
const valueLimit = 300;

/** Identifies the condition of an alert over all integrations. */
export function conditionKey(alert: Pick<AlertFacts, 'integrationId' | 'fingerprint'>): string {
  return `${alert.integrationId} ${alert.fingerprint}`;
}

/** What an incident that holds this alert is later found by. At most eight; which rule decided does not matter. */
export function scopesOf(
  alert: AlertFacts,
  rules: readonly CompiledRule[],
  topology: Topology,
): readonly IncidentScope[] {
  const subject = subjectOf(alert, topology);
  const { rule, key } = chooseRule(alert, rules, subject);
  const scopes: IncidentScope[] = [];
  const add = (kind: ScopeKind, value: string | null, environment = subject.environment): void => {
    if (value !== null && scopes.length < scopeLimit) scopes.push({ kind, environment, value: bounded(value) });
  };
  if (rule.rule.groupBy.length > 0) add('rule', key);
  if (subject.isUpkeep || subject.isMinor) {
    add('condition', upkeepOf(alert, subject));
    return scopes;
  }
  add('service', subject.service);
  for (const host of subject.hosts.slice(0, 3)) add(subject.isGone ? 'hostGone' : 'host', host);
  if (subject.isShared) add('shared', sharedOf(subject));
  else if (subject.service !== null && subject.isSymptom) add('symptom', '*');
  add('placed', subject.placedOn);
  for (const peer of subject.peers) {
    add('peer', peer, subject.sharedPeers.includes(peer) ? null : subject.environment);
  }
  if (subject.service === null && subject.hosts.length === 0) add('group', groupOf(alert));
  return scopes;
}

/** What to look for before the alert is placed, the nearest first; at most 200. */
export function lookupsOf(
  alert: AlertFacts,
  rules: readonly CompiledRule[],
  topology: Topology,
): readonly IncidentLookup[] {
  const subject = subjectOf(alert, topology);
  const { rule, key } = chooseRule(alert, rules, subject);
  const lookups: IncidentLookup[] = [];
  const add: Add = (kind, value, ms, everywhere = false) => {
    if (value === null || lookups.length >= lookupLimit) return;
    const environment = everywhere ? null : subject.environment;
    lookups.push({ kind, environment, value: bounded(value), since: alert.startsAt - ms });
  };
  if (rule.rule.groupBy.length > 0) add('rule', key, rule.rule.maxAgeSeconds * 1_000);
  if (rule.rule.groupBy.length > 0 && hopsOf(rule) === 0) return lookups;
  if (subject.isUpkeep) {
    add('condition', upkeepOf(alert, subject), heldMs);
    return lookups;
  }
  if (subject.isMinor) add('condition', upkeepOf(alert, subject), heldMs);
  addOwn(alert, subject, rule.rule, topology, add);
  if (subject.isSymptom || !subject.isMinor) addNeighbours(subject, hopsOf(rule), topology, add);
  return lookups;
}

/** A long incident may go on without new alerts: what an incident is found by counts that long, whatever windows say. */
const heldMs = 6 * 3_600_000;

type Add = (kind: ScopeKind, value: string | null, ms: number, everywhere?: boolean) => void;

function addOwn(alert: AlertFacts, subject: Subject, rule: CorrelationRule, topology: Topology, add: Add): void {
  const { service, hosts, placedOn } = subject;
  const windowMs = rule.windowSeconds * 1_000;
  if (service !== null) {
    add('service', service, windowMs);
    for (const name of subject.otherNames) add('service', name, windowMs);
    add('peer', service, windows.causeMs);
    for (const peer of subject.peers) {
      const everywhere = subject.sharedPeers.includes(peer);
      add('service', peer, windows.effectMs, everywhere);
      add('peer', peer, windows.effectMs, everywhere);
    }
  }
  const hostMs = Math.max(windowMs, windows.effectMs);
  for (const host of hosts) {
    add('host', host, hostMs);
    add('hostGone', host, hostMs);
    if (subject.isGone) add('placed', host, windows.lossMs);
  }
  if (placedOn !== null) add('hostGone', placedOn, hostMs);
  if (service !== null && subject.isSymptom) {
    for (const shared of sharedKinds) {
      add('shared', shared, subject.infrastructure === shared ? heldMs : windows.callerMs);
    }
    if (topology.size === 0) add('symptom', '*', windows.onsetMs);
  }
  if (subject.isShared) {
    if (subject.infrastructure !== null) add('shared', sharedOf(subject), windows.effectMs);
    add('symptom', '*', windows.onsetMs);
  }
  if (service === null && hosts.length === 0) add('group', groupOf(alert), heldMs);
}

function addNeighbours({ service }: Subject, maxHops: number, topology: Topology, add: Add): void {
  if (service === null || maxHops === 0 || topology.get(service) === null) return;
  for (const name of topology.dependencies(service, maxHops).keys()) add('service', name, windows.callerMs);
  for (const name of topology.dependents(service, maxHops).keys()) add('service', name, windows.callerMs);
}

export const sharedKinds = ['dns', 'network', 'host'] as const;

function sharedOf({ infrastructure, hosts }: Subject): (typeof sharedKinds)[number] {
  return hosts.length > 0 || infrastructure === null ? 'host' : infrastructure;
}

function bounded(value: string): string {
  return value.length > valueLimit ? value.slice(0, valueLimit) : value;
}

/** The sender's own group, or the condition alone. */
export function groupOf(alert: AlertFacts): string {
  return `${alert.integrationId} ${alert.groupKey ?? alert.fingerprint}`;
}

/** Upkeep of one kind on one thing. */
function upkeepOf(alert: AlertFacts, subject: Subject): string {
  const about = subject.service ?? subject.hosts[0] ?? groupOf(alert);
  return `${alert.integrationId} ${alert.labels['alertname'] ?? alert.title} ${about}`;
}
