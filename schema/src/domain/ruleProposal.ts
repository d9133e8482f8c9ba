import { builtInRule } from './correlateWindows.js';
import type { CorrelationRule } from './rule.js';
import { parseRules, ruleLimits } from './ruleInput.js';

/** What alerts of one name, or of one condition, did over some days. Durations are seconds. */
export interface NoisyAlert {
  readonly name: string;
  /** `example`: the titles of the one condition differ, and this is one of them. */
  readonly nameIs: 'alertname' | 'title' | 'example';
  readonly service: string | null;
  readonly environment: string | null;
  readonly episodes: number;
  /** How many conditions have the name there, and what the noisiest of them did. */
  readonly conditions: number;
  readonly mainFingerprint: string;
  readonly mainEpisodes: number;
  /** Those with which a condition flapped. */
  readonly flappingEpisodes: number;
  readonly incidents: number;
  /** Incidents that somebody acknowledged. */
  readonly acknowledged: number;
  /** Episodes that ended within five minutes. */
  readonly shortEpisodes: number;
  /** Four of five episodes that ended were shorter. */
  readonly usualSeconds: number;
  /** The rule that decided about most of them. */
  readonly ruleId: string | null;
}

export interface RuleProposal {
  readonly id: string;
  readonly kind: 'threshold' | 'hold' | 'silence';
  readonly title: string;
  readonly reason: string;
  readonly alertCount: number;
  readonly incidentCount: number;
  /** The rules with the proposal in them; null for a silence. */
  readonly rules: readonly CorrelationRule[] | null;
  readonly silenceMatch: string | null;
}

const mostProposals = 20;
/** Fewer is a bad week and no pattern. */
const least = { episodes: 10, incidents: 5, flapping: 5, silencedIncidents: 20 } as const;
/** One condition makes so much of the noise that the others of its name are better left alone. */
const mainShare = 0.8;
/** Whoever acts on one of ten needs the page; what nobody ever acts on may be silenced. */
const actedOn = 0.1;

/** What would calm the noisiest alerts: wait for what ends by itself, count what comes alone, silence what nobody acts on. */
export function proposalsFor(
  noisy: readonly NoisyAlert[],
  rules: readonly CorrelationRule[],
  days: number,
): readonly RuleProposal[] {
  const proposals = noisy.flatMap((alert) => {
    // What flaps comes back into the same incident: few of them are no sign of calm.
    const isNoisy = alert.incidents >= least.incidents;
    if (alert.episodes < least.episodes || !(isNoisy || alert.flappingEpisodes >= least.flapping)) return [];
    const found: RuleProposal[] = [];
    const isShort = alert.shortEpisodes / alert.episodes >= 0.5;
    if (isShort) found.push(holdProposal(alert, rules, days));
    else if (isNoisy && alert.acknowledged / alert.incidents < actedOn)
      found.push(thresholdProposal(alert, rules, days));
    if (alert.acknowledged === 0 && alert.incidents >= least.silencedIncidents)
      found.push(silenceProposal(alert, days));
    return found;
  });
  return proposals.filter((each) => (each.rules?.length ?? 0) <= ruleLimits.rules).slice(0, mostProposals);
}

function holdProposal(alert: NoisyAlert, rules: readonly CorrelationRule[], days: number): RuleProposal {
  const minutes = Math.min(Math.max(Math.ceil(alert.usualSeconds / 60), 1), 15);
  return {
    ...common('hold', alert),
    title: `Hold ${about(alert)} for ${minutes} min`,
    reason: `${alert.shortEpisodes} of ${alert.episodes} episodes in ${days} days ended within 5 minutes by themselves${flapped(alert)}; ${acted(alert)}.`,
    rules: withRule(alert, rules, 'held', (rule) => ({ ...rule, holdSeconds: minutes * 60 })),
    silenceMatch: null,
  };
}

function thresholdProposal(alert: NoisyAlert, rules: readonly CorrelationRule[], days: number): RuleProposal {
  const before = baseOf(alert, rules).threshold;
  const threshold = { count: (before?.count ?? 1) + 2, seconds: before?.seconds ?? 600 };
  return {
    ...common('threshold', alert),
    title: `Open for ${about(alert)} from ${threshold.count} alerts in ${Math.ceil(threshold.seconds / 60)} min on`,
    reason: `${alert.episodes} episodes opened ${alert.incidents} incidents in ${days} days; ${acted(alert)}.`,
    rules: withRule(alert, rules, 'from several on', (rule) => ({ ...rule, threshold })),
    silenceMatch: null,
  };
}

function silenceProposal(alert: NoisyAlert, days: number): RuleProposal {
  return {
    ...common('silence', alert),
    title: `Silence ${about(alert)}`,
    reason: `Nobody acknowledged any of its ${alert.incidents} incidents in ${days} days.`,
    rules: null,
    silenceMatch: matchOf(alert),
  };
}

function common(kind: RuleProposal['kind'], alert: NoisyAlert) {
  const { name, service, environment, mainFingerprint } = alert;
  const parts = [kind, name, service ?? '', environment ?? '', ...(isOneCondition(alert) ? [mainFingerprint] : [])];
  const id = parts.map(encodeURIComponent).join('/');
  return { id, kind, alertCount: alert.episodes, incidentCount: alert.incidents } as const;
}

/** Whether the proposal is about one condition and not about everything of the name. */
function isOneCondition({ nameIs, conditions, mainEpisodes, episodes }: NoisyAlert): boolean {
  return nameIs === 'example' || (conditions > 1 && mainEpisodes / episodes >= mainShare);
}

function flapped({ flappingEpisodes }: NoisyAlert): string {
  return flappingEpisodes === 0 ? '' : `, it flapped ${flappingEpisodes} times`;
}

function about(alert: NoisyAlert): string {
  const { name, service, environment, conditions } = alert;
  const which = isOneCondition(alert) && conditions > 1 ? 'the noisiest condition of ' : '';
  return `${which}“${name}”${service === null ? '' : ` of ${service}`}${environment === null ? '' : ` in ${environment}`}`;
}

function acted({ acknowledged, incidents }: NoisyAlert): string {
  return acknowledged === 0 ? 'nobody acknowledged one' : `${acknowledged} of ${incidents} incidents were acknowledged`;
}

/** A literal of JSON is one of CEL. */
function matchOf(alert: NoisyAlert): string {
  const { name, nameIs, service, environment, mainFingerprint } = alert;
  return [
    ...(nameIs === 'example'
      ? []
      : [`${nameIs === 'alertname' ? 'labels.alertname' : 'title'} == ${JSON.stringify(name)}`]),
    ...(isOneCondition(alert) ? [`fingerprint == ${JSON.stringify(mainFingerprint)}`] : []),
    ...(service === null ? [] : [`service == ${JSON.stringify(service)}`]),
    ...(environment === null ? [] : [`environment == ${JSON.stringify(environment)}`]),
  ].join(' && ');
}

function baseOf({ ruleId }: NoisyAlert, rules: readonly CorrelationRule[]): CorrelationRule {
  return rules.find(({ id }) => id === ruleId) ?? builtInRule;
}

/** A rule for these alerts alone, in all else like the one that decides about them now, and just before it. */
function withRule(
  alert: NoisyAlert,
  rules: readonly CorrelationRule[],
  what: string,
  change: (rule: CorrelationRule) => CorrelationRule,
): readonly CorrelationRule[] {
  const base = baseOf(alert, rules);
  const match = base.match === null ? matchOf(alert) : `${matchOf(alert)} && (${base.match})`;
  const name = `${alert.name.slice(0, ruleLimits.name - what.length - 2)}: ${what}`;
  const place = rules.includes(base) ? rules.indexOf(base) : rules.length;
  const added = { ...change(base), id: null, name, match };
  return parseRules([...rules.slice(0, place), added, ...rules.slice(place)]).rules;
}
