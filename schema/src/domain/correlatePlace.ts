import type {
  AlertFacts,
  CompiledRule,
  IncidentCandidate,
  Placement,
  PlacementExplanation,
  PlacementReason,
  Surroundings,
} from './correlation.js';
import { evidenceOf, isNuisance } from './correlateEvidence.js';
import { strengths, type Comparison, type Evidence } from './correlateReason.js';
import { chooseRule, type ChosenRule } from './correlateRules.js';
import { subjectOf, type Subject } from './correlateSubject.js';
import { builtInRule, hopsOf, windows } from './correlateWindows.js';
import type { Topology } from './topology.js';
import { isUnexplained, unexplainedServices } from './topologyOrigin.js';

/**
 * Decides where a new episode belongs. Pure: only the alerts' own times count, so late deliveries and replays group as
 * live ones do. `candidates` are what `lookupsOf` found, and the incident of `previous`.
 */
export function place(
  alert: AlertFacts,
  rules: readonly CompiledRule[],
  topology: Topology,
  { candidates, previous }: Surroundings,
): Placement {
  const subject = subjectOf(alert, topology);
  const choice = chooseRule(alert, rules, subject);
  const comparison: Comparison = { alert, subject, rule: choice.rule, topology, previous };
  const evidence = candidates
    .filter((candidate) => mayShare(choice, candidate, rules))
    .map((candidate) => sameGroup(choice, candidate, alert) ?? joinable(choice, evidenceOf(comparison, candidate)))
    .filter((found) => found !== null)
    .filter((found) => standingOf(alert, choice.rule, found) !== 'ended')
    .toSorted(byStrength);
  const [best, ...others] = evidence;
  if (best === undefined) return opened(alert, choice, subject.environment, candidates);
  const absorbs = others
    .filter((other) => isSameCause(comparison, best, other))
    .map(({ candidate }) => candidate.incidentId);
  const { incidentId, isOpen } = best.candidate;
  const standing = standingOf(alert, choice.rule, best);
  const outcome = standing === 'open' ? 'joined' : 'reopened';
  const explanation = explain(choice, outcome, best.reason, best.windowMs, best.path);
  const { failures, rule } = choice;
  const common = { incidentId, absorbs, explanation, failures, rule: rule.rule };
  return outcome === 'joined' ? { outcome, ...common } : { outcome, endsFirst: isOpen, ...common };
}

/** Incidents of a rule that groups by fields are that rule's; one with `maxHops` also takes neighbours, and lends them. */
function mayShare({ rule }: ChosenRule, candidate: IncidentCandidate, rules: readonly CompiledRule[]): boolean {
  if (candidate.ruleId === rule.rule.id) return true;
  const other = rules.find(({ rule: { id } }) => id === candidate.ruleId)?.rule ?? builtInRule;
  const isOpenToAll = (of: CompiledRule['rule']): boolean => of.groupBy.length === 0 || of.maxHops > 0;
  return isOpenToAll(rule.rule) && isOpenToAll(other);
}

function sameGroup(choice: ChosenRule, candidate: IncidentCandidate, alert: AlertFacts): Evidence | null {
  const { rule } = choice.rule;
  if (rule.groupBy.length === 0 || candidate.ruleId !== rule.id) return null;
  if (candidate.key !== choice.key) return null;
  const windowMs = rule.windowSeconds * 1_000;
  const sinceActivity = alert.startsAt - candidate.lastActivityAt;
  const isNear = sinceActivity <= windowMs && candidate.firstStartsAt - alert.startsAt <= windowMs;
  return isNear
    ? { candidate, reason: 'rule', strength: strengths.sameCondition + 1, path: [], windowMs, isCause: false, onset: 0 }
    : null;
}

/** Where a rule groups by fields only neighbours in the topology still join, and only within its `maxHops`. */
function joinable({ rule }: ChosenRule, evidence: Evidence | null): Evidence | null {
  if (evidence === null || rule.rule.groupBy.length === 0) return evidence;
  return hopsOf(rule) > 0 && evidence.reason === 'dependency' ? evidence : null;
}

type Standing = 'open' | 'over' | 'ended';

/** `over`: it has been quiet for its quiet period on the alerts' clock, or is resolved, but the reopen window still runs. */
function standingOf(
  { startsAt }: AlertFacts,
  { rule }: CompiledRule,
  { candidate, reason, windowMs }: Evidence,
): Standing {
  if (startsAt - candidate.firstStartsAt > rule.maxAgeSeconds * 1_000) return 'ended';
  const sinceActivity = startsAt - candidate.lastActivityAt;
  const isQuiet = !candidate.hasFiringAlerts && sinceActivity > rule.quietPeriodSeconds * 1_000;
  if (candidate.isOpen && !isQuiet) return 'open';
  if (!candidate.isOpen && !candidate.mayReopen) return 'ended';
  const reopenMs = Math.min(windowMs, reopenWindow(reason, rule.reopenWindowSeconds * 1_000));
  return sinceActivity <= reopenMs ? 'over' : 'ended';
}

/** What ended comes back as what it was; another condition belongs to it only if it was late. */
function reopenWindow(reason: PlacementReason, reopenMs: number): number {
  if (reason === 'sameCondition') return Infinity;
  return reason === 'rule' ? reopenMs : Math.min(reopenMs, windows.afterEffectMs);
}

/**
 * Of what is equally sure the effect of what began last, since older causes have shown what they do; then the liveliest, then
 * what began first. Which of two got its number first says nothing where several processes open incidents at once, so numbers
 * decide last: between incidents of one key, which are opened one after another.
 */
function byStrength(a: Evidence, b: Evidence): number {
  const [one, other] = [a.candidate, b.candidate];
  return (
    b.strength - a.strength ||
    b.onset - a.onset ||
    other.lastActivityAt - one.lastActivityAt ||
    one.firstStartsAt - other.firstStartsAt ||
    compareTexts(one.key, other.key) ||
    one.incidentId - other.incidentId
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Whether one alert shows two incidents to be one: it is about the cause of the other, and they began together. What people
 * have touched stays as it is, and so does what the alert merely suffers from as well.
 */
function isSameCause({ subject, topology }: Comparison, best: Evidence, other: Evidence): boolean {
  const a = best.candidate;
  const b = other.candidate;
  if (!b.isOpen || !b.isUntouched || isNuisance(b) || b.ruleId !== builtInRule.id) return false;
  if (other.reason === 'sameCondition') return false;
  const isTogether = Math.abs(a.firstStartsAt - b.firstStartsAt) <= windows.causeMs;
  if (!isTogether) return false;
  // What many share takes them down at once, so their troubles began with its own.
  if (other.reason === 'sharedInfrastructure' && other.isCause) {
    return Math.abs(a.firstStartsAt - b.firstStartsAt) <= windows.onsetMs;
  }
  // One step: what joins by two may be wrong about one alert, a merge would be about all of them.
  if (other.isCause) return other.path.length <= 2;
  if (best.strength === strengths.gonePlacement && other.reason === 'sameService')
    return isSinceLoss(best, b) && isOrigin(subject, b, topology);
  // The alert's service suffers from what the one incident is about, and nothing but that service explains the other.
  const [suffers, own] = best.reason === 'sameService' ? [other, best] : [best, other];
  if (suffers.reason !== 'namedPeer' || own.reason !== 'sameService') return false;
  const origins = unexplainedServices(own.candidate.services, topology);
  return origins.length === 1 && origins[0] === subject.service;
}

/** Whether nothing else in the incident explains why the service suffers. */
function isOrigin({ service }: Subject, { services }: IncidentCandidate, topology: Topology): boolean {
  return service !== null && isUnexplained(service, new Set(services), topology);
}

/** Trouble that a machine's loss explains did not begin before the loss. */
function isSinceLoss({ candidate: { scopes } }: Evidence, { firstStartsAt }: IncidentCandidate): boolean {
  return scopes.some(({ kind, firstAt }) => kind === 'hostGone' && firstStartsAt >= firstAt - windows.onsetMs);
}

function opened(
  alert: AlertFacts,
  choice: ChosenRule,
  environment: string | null,
  candidates: readonly IncidentCandidate[],
): Placement {
  const { rule } = choice.rule;
  const isOver = (candidate: IncidentCandidate): boolean =>
    candidate.isOpen &&
    !candidate.hasFiringAlerts &&
    alert.startsAt - candidate.lastActivityAt > rule.quietPeriodSeconds * 1_000;
  const same = candidates.filter(({ key }) => key === choice.key);
  const reason = same.length > 0 ? 'ended' : 'nothingToJoin';
  return {
    outcome: 'opened',
    key: choice.key,
    environment,
    ended: same.filter(isOver).map(({ incidentId }) => incidentId),
    rule,
    explanation: explain(choice, 'opened', reason, rule.windowSeconds * 1_000, []),
    failures: choice.failures,
  };
}

function explain(
  { rule, key, values }: ChosenRule,
  outcome: PlacementExplanation['outcome'],
  reason: PlacementReason,
  windowMs: number,
  path: readonly string[],
): PlacementExplanation {
  return {
    ruleId: rule.rule.id,
    ruleVersion: rule.version,
    outcome,
    reason,
    key,
    values,
    windowSeconds: Math.round(windowMs / 1_000),
    path,
  };
}
