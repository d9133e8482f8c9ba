import type { AlertFacts, CompiledRule, IncidentCandidate } from './correlation.js';
import { compiledBuiltInRule } from './correlateWindows.js';
import type { CorrelationRule } from './rule.js';
import { Topology, type TopologyService } from './topology.js';

export const minute = 60_000;
export const t0 = Date.parse('2026-03-01T10:00:00Z');

export function service(name: string, dependsOn: readonly string[] = [], more: Partial<TopologyService> = {}) {
  const rest = { kind: 'api', environments: ['production'], namespace: null, team: null, tier: null, aliases: [] };
  return { ...rest, name, dependsOn, ...more };
}

/** web → cart → stock → stock-db, web → ads, mail → post (a provider) */
export const harbour = new Topology([
  service('web', ['cart', 'ads']),
  service('cart', ['stock']),
  service('stock', ['stock-db']),
  service('ads'),
  service('mail', ['post'], { environments: ['production', 'staging'] }),
  service('bills', ['post'], { environments: ['production', 'staging'] }),
  service('stock-db', [], { kind: 'postgres', namespace: 'data' }),
  service('post', [], { kind: 'external', environments: [] }),
]);

/** An alert of `stock` in production, with what is given instead. */
export function facts(changes: Partial<AlertFacts> = {}): AlertFacts {
  const labels = changes.labels ?? { alertname: 'HighErrorRate' };
  return {
    integrationId: 1,
    fingerprint: 'f1',
    service: 'stock',
    environment: 'production',
    groupKey: null,
    source: 'alertmanager' as const,
    severity: 'high' as const,
    title: labels['alertname'] ?? 'x',
    summary: null,
    description: null,
    annotations: {},
    host: null,
    namespace: null,
    startsAt: t0,
    ...changes,
    labels,
  };
}

export function candidate(changes: Partial<IncidentCandidate> = {}): IncidentCandidate {
  return {
    incidentId: 5,
    environment: 'production',
    ruleId: 'default',
    key: 'k',
    isOpen: true,
    mayReopen: true,
    isUntouched: true,
    firstStartsAt: t0 - 3 * minute,
    lastActivityAt: t0 - minute,
    hasFiringAlerts: true,
    services: [],
    soleCondition: null,
    alertCount: 2,
    scopes: [],
    ...changes,
  };
}

/** A rule that groups by fields of the alert or its labels. */
export function ruleBy(groupBy: CorrelationRule['groupBy'], changes: Partial<CorrelationRule> = {}): CompiledRule {
  const rule = { ...compiledBuiltInRule.rule, id: 'mine', name: 'Mine', groupBy, maxHops: 0, ...changes };
  return {
    rule,
    version: 3,
    matches: () => true,
    groupValue: (alert, field) => {
      if (field.startsWith('labels.')) return alert.labels[field.slice(7)] ?? null;
      return field === 'service' || field === 'environment' ? alert[field] : null;
    },
  };
}
