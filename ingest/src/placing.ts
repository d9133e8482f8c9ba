import { factsOf } from '@tocsin/schema/domain/correlateFacts';
import { conditionKey, scopesOf } from '@tocsin/schema/domain/correlateScopes';
import { serviceOf } from '@tocsin/schema/domain/correlateSubject';
import { compiledBuiltInRule } from '@tocsin/schema/domain/correlateWindows';
import type {
  AlertFacts,
  CandidateScope,
  CompiledRule,
  IncidentCandidate,
  PreviousEpisode,
} from '@tocsin/schema/domain/correlation';
import { environmentKey } from '@tocsin/schema/domain/deriveEnvironment';
import type { Actor } from '@tocsin/schema/domain/event';
import { isOpenPhase } from '@tocsin/schema/domain/incident';
import type { Suppression } from '@tocsin/schema/domain/maintenanceSuppressor';
import type { CorrelationRule } from '@tocsin/schema/domain/rule';
import { scopeAt } from '@tocsin/schema/domain/scopeIndex';
import type { Integration, SourceKind } from '@tocsin/schema/domain/source';
import type { Topology } from '@tocsin/schema/domain/topology';
import { nameKey } from '@tocsin/schema/domain/topologyNames';
import type { StoredAlert } from '@tocsin/schema/postgres/alertRow';
import { episodeLimit, type IncidentActivity, type IncidentToWrite } from '@tocsin/schema/postgres/incidentWrite';
import type { BatchArrival } from './arrival.js';

/** What a batch is decided with: one version of everything that people configure. */
export interface Configuration {
  /** In order; the built-in rule is the last. */
  readonly rules: readonly CompiledRule[];
  readonly topology: Topology;
  /** Who keeps an alert quiet at a time (epoch milliseconds), or null. */
  readonly suppressorOf: (alert: AlertFacts, at: number) => Suppression | null;
}

/** The rule that an incident goes by; what names none, or one that is gone, goes by the built-in rule. */
export function ruleNamed(ruleId: string | null, { rules }: Pick<Configuration, 'rules'>): CorrelationRule {
  return (rules.find(({ rule }) => rule.id === ruleId) ?? rules.at(-1) ?? compiledBuiltInRule).rule;
}

/** An episode that begins, or that was held back until now. Times are epoch milliseconds. */
export interface Beginning {
  readonly alertId: number;
  readonly facts: AlertFacts;
  readonly description: string | null;
  readonly source: SourceKind;
  /** The integration's own, where neither rule nor service names one. */
  readonly team: string | null;
  readonly actor: Actor;
  readonly previous: PreviousEpisode | null;
  readonly receivedAt: number;
}

/**
 * A stored alert that begins now: it was held back or kept quiet.
 * @param startsAt when it begins, where that is not its own start
 */
export function storedBeginning(
  alert: StoredAlert,
  integration: Pick<Integration, 'id' | 'source' | 'labelAliases' | 'environment' | 'team'> | null,
  now: number,
  startsAt = alert.startsAt,
): Beginning {
  const named = integration ?? unknownIntegration(alert);
  return {
    alertId: alert.id,
    facts: factsOf(alert, named, startsAt),
    description: alert.description,
    source: named.source,
    team: integration?.team ?? null,
    actor: { kind: 'system', name: 'tocsin' },
    previous: null,
    receivedAt: now,
  };
}

/** What was derived when the alert came is stored with it; only host and namespace are derived again, without aliases. */
function unknownIntegration({
  integrationId: id,
  environment,
}: StoredAlert): Pick<Integration, 'id' | 'source' | 'labelAliases' | 'environment' | 'team'> {
  return { id, source: 'generic', labelAliases: [], environment, team: null };
}

export function sender({ delivery }: BatchArrival): Actor {
  return { kind: 'sender', name: delivery.integration.name };
}

/** The service by the catalogue's name, else by its own. */
export function shownService({ facts }: Pick<Beginning, 'facts'>, { topology }: Configuration): string | null {
  return serviceOf(facts, topology);
}

/** What the incident of an alert is found by from now on. */
export function scopesFrom(
  { facts }: Pick<Beginning, 'facts'>,
  { rules, topology }: Configuration,
): readonly CandidateScope[] {
  return scopesOf(facts, rules, topology).map((scope) => scopeAt(scope, facts.startsAt));
}

/** An incident as the pure decision sees it. */
export function candidateOf(
  { incident, activity }: IncidentToWrite,
  hasFiringAlerts: boolean,
  scopes: readonly CandidateScope[],
  { topology }: Configuration,
): IncidentCandidate {
  const lastActivityAt = activity.lastActivityAt ?? incident.openedAt;
  // What a person resolved ended when the person said so, whatever its alerts did before.
  const endedAt = incident.resolvedBy?.kind === 'person' ? (incident.resolvedAt ?? lastActivityAt) : lastActivityAt;
  return {
    incidentId: incident.id,
    environment: environmentKey(incident.environment),
    ruleId: activity.ruleId ?? '',
    key: incident.correlationKey ?? '',
    isOpen: isOpenPhase(incident.phase),
    mayReopen: incident.phase === 'resolved',
    isUntouched: !activity.isTouched,
    firstStartsAt: activity.firstStartsAt ?? incident.impactStartedAt,
    lastActivityAt: Math.max(lastActivityAt, endedAt),
    hasFiringAlerts,
    services: incident.services.map((service) => topology.get(service)?.name ?? nameKey(service)),
    soleCondition: activity.soleCondition,
    alertCount: activity.episodeCount,
    scopes,
  };
}

const minuteMs = 60_000;

/**
 * The activity with one more start or end in it, in whole minutes: the earliest rounded down, the latest up. So it
 * changes at most once a minute of the alerts' own time, and comes out the same however the alerts were batched.
 * @returns the same object where nothing changed
 */
export function withActivity(activity: IncidentActivity, at: number): IncidentActivity {
  const down = Math.floor(at / minuteMs) * minuteMs;
  const up = Math.ceil(at / minuteMs) * minuteMs;
  const firstStartsAt = Math.min(activity.firstStartsAt ?? down, down);
  const lastActivityAt = Math.max(activity.lastActivityAt ?? up, up);
  const isSame = firstStartsAt === activity.firstStartsAt && lastActivityAt === activity.lastActivityAt;
  return isSame ? activity : { ...activity, firstStartsAt, lastActivityAt };
}

/**
 * The row with one more alert in it. The same object where the alert tells nothing new: a storm on one incident must not
 * rewrite it.
 */
export function grownBy(row: IncidentToWrite, beginning: Beginning, service: string | null): IncidentToWrite {
  const { incident } = row;
  const { facts, receivedAt } = beginning;
  const activity = withEpisode(withActivity(row.activity, facts.startsAt), facts);
  const isNewService = service !== null && !incident.services.includes(service);
  const impactStartedAt = Math.min(incident.impactStartedAt, facts.startsAt);
  if (!isNewService && activity === row.activity && impactStartedAt === incident.impactStartedAt) return row;
  const services = isNewService ? [...incident.services, service] : incident.services;
  const updatedAt = Math.max(incident.updatedAt, receivedAt);
  return { incident: { ...incident, services, impactStartedAt, updatedAt }, activity };
}

/** The activity with one more episode in it; the same object once there are enough of them. */
function withEpisode(activity: IncidentActivity, facts: AlertFacts): IncidentActivity {
  const condition = conditionKey(facts);
  const soleCondition = activity.episodeCount === 0 || activity.soleCondition === condition ? condition : null;
  const episodeCount = Math.min(episodeLimit, activity.episodeCount + 1);
  const isSame = soleCondition === activity.soleCondition && episodeCount === activity.episodeCount;
  return isSame ? activity : { ...activity, soleCondition, episodeCount };
}
