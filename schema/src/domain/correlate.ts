import type { Labels } from './alert.js';
import type {
  CorrelatedAlert,
  CorrelationCandidate,
  CorrelationRule,
  Decision,
  Explanation,
  GroupField,
} from './correlation.js';

/** Good without any configuration: same environment and service, else the sender's own group, else the condition alone. */
export const defaultRules: readonly CorrelationRule[] = [
  {
    id: 'default',
    version: 1,
    name: 'Same service',
    keys: [
      ['environment', 'service'],
      ['environment', 'integration', 'groupKey'],
      ['integration', 'fingerprint'],
    ],
    windowSeconds: 30 * 60,
    maxAgeSeconds: 24 * 3600,
    quietPeriodSeconds: 120,
    reopenWindowSeconds: 15 * 60,
  },
];

export interface CorrelationKey {
  readonly rule: CorrelationRule;
  /** Unique over rules and fields, e.g. `default · environment=production service=checkout`. */
  readonly key: string;
  readonly values: Labels;
}

/** Where an alert belongs by the first rule that gives it a key. Environment may be unknown; no other field may. */
export function correlationKey(alert: CorrelatedAlert, rules: readonly CorrelationRule[]): CorrelationKey {
  for (const rule of rules) {
    for (const fields of rule.keys) {
      const values = valuesOf(alert, fields);
      if (values !== null) return { rule, values, key: keyText(rule, values) };
    }
  }
  throw new RangeError('The last key of the last rule must always have a value, such as the fingerprint.');
}

function valuesOf(alert: CorrelatedAlert, fields: readonly GroupField[]): Labels | null {
  const values: Record<string, string> = {};
  for (const field of fields) {
    const value = fieldOf(alert, field);
    if (value === null && field !== 'environment') return null;
    if (value !== null) values[field] = value;
  }
  return values;
}

function fieldOf(alert: CorrelatedAlert, field: GroupField): string | null {
  return field === 'integration' ? String(alert.integrationId) : alert[field];
}

function keyText(rule: CorrelationRule, values: Labels): string {
  const pairs = Object.entries(values).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `${rule.id} · ${pairs.join(' ')}`;
}

/**
 * Decides where a new episode belongs. `candidate` is the incident that holds the alert's key, or held it last.
 * Pure: only the alerts' own times count, so late deliveries and replays group as live ones do.
 */
export function correlate(
  alert: CorrelatedAlert,
  key: CorrelationKey,
  candidate: CorrelationCandidate | null,
): Decision {
  if (candidate === null) return opened(key, null, 'no incident of this group was there to join');
  const at = alert.startsAt;
  const { rule } = key;
  const sinceFirst = at - candidate.firstStartsAt;
  const sinceActivity = at - candidate.lastActivityAt;
  const isTooOld = sinceFirst > rule.maxAgeSeconds * 1_000;

  if (candidate.isOpen) {
    const isOver = !candidate.hasFiringAlerts && sinceActivity > rule.quietPeriodSeconds * 1_000;
    if (isOver && !isTooOld && sinceActivity <= rule.reopenWindowSeconds * 1_000) return reopened(key, candidate, true);
    const displaced = { incidentId: candidate.incidentId, isOver };
    if (isOver) return opened(key, displaced, 'the last incident of this group had been quiet for too long');
    if (isTooOld) return opened(key, displaced, 'the open incident of this group had reached its maximum age');
    if (Math.max(sinceActivity, -sinceFirst) > rule.windowSeconds * 1_000) {
      return opened(key, displaced, 'the open incident of this group had seen nothing new within the window');
    }
    return joined(key, candidate);
  }
  const isSoon = sinceActivity <= rule.reopenWindowSeconds * 1_000 && -sinceFirst <= rule.windowSeconds * 1_000;
  if (candidate.mayReopen && isSoon && !isTooOld) return reopened(key, candidate, false);
  return opened(key, null, 'the last incident of this group had ended');
}

function joined(key: CorrelationKey, candidate: CorrelationCandidate): Decision {
  const minutes = Math.round(key.rule.windowSeconds / 60);
  const why = `Joined because it has the same ${nameOf(key.values)} within ${minutes} minutes of the incident's last activity.`;
  return { outcome: 'joined', incidentId: candidate.incidentId, explanation: explain(key, 'joined', why) };
}

function reopened(key: CorrelationKey, candidate: CorrelationCandidate, endsFirst: boolean): Decision {
  const minutes = Math.round(key.rule.reopenWindowSeconds / 60);
  const why = `Reopened because ${nameOf(key.values)} fired again within ${minutes} minutes of the incident's end.`;
  const explanation = explain(key, 'reopened', why);
  return { outcome: 'reopened', incidentId: candidate.incidentId, endsFirst, explanation };
}

function opened(
  key: CorrelationKey,
  displaced: { incidentId: number; isOver: boolean } | null,
  reason: string,
): Decision {
  const why = `Opened for ${nameOf(key.values)}: ${reason}.`;
  return { outcome: 'opened', key: key.key, displaced, explanation: explain(key, 'opened', why) };
}

function explain(key: CorrelationKey, outcome: Explanation['outcome'], sentence: string): Explanation {
  const { rule, values } = key;
  return {
    ruleId: rule.id,
    ruleVersion: rule.version,
    outcome,
    key: key.key,
    values,
    windowSeconds: outcome === 'reopened' ? rule.reopenWindowSeconds : rule.windowSeconds,
    sentence,
  };
}

/** `service checkout in production`, `group {}:{alertname="X"}`, `condition 0b9a…` */
function nameOf(values: Labels): string {
  const where = values['environment'] === undefined ? '' : ` in ${values['environment']}`;
  if (values['service'] !== undefined) return `service ${values['service']}${where}`;
  if (values['groupKey'] !== undefined) return `sender's group ${values['groupKey']}${where}`;
  return `condition ${values['fingerprint'] ?? ''}`;
}
