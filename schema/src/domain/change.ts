import { nameKey } from './service.js';
import type { AlertLink, Labels } from './alert.js';
import { environmentKey } from './deriveEnvironment.js';
import type { SourceKind } from './source.js';

/** What was done to a system: a deploy, a migration, a switched flag. Times are epoch milliseconds. */
export interface ChangeEvent {
  readonly id: number;
  readonly integrationId: number;
  readonly title: string;
  readonly service: string | null;
  readonly environment: string | null;
  readonly source: SourceKind;
  readonly occurredAt: number;
  readonly links: readonly AlertLink[];
  readonly details: Labels;
}

/** A change around the start of an incident, with why it may be its cause. */
export interface IncidentChange {
  readonly change: ChangeEvent;
  /** Negative after the impact started. */
  readonly secondsBeforeImpact: number;
  readonly reason: string;
}

/** What an incident's changes are ranked by. */
export interface ChangeScope {
  readonly impactStartedAt: number;
  readonly environment: string | null;
  /** In the incident's own spelling. */
  readonly services: readonly string[];
  /** Services that those depend on, directly or through others, by how many steps away. */
  readonly dependencies: ReadonlyMap<string, number>;
  /** Other names of services, to the one that they are known by. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** Deploys break things within hours; what came half an hour after the start may still be why it got worse. */
export const changesBeforeMs = 6 * 3_600_000;
export const changesAfterMs = 30 * 60_000;

/** At most so many: the likeliest. */
const most = 20;
/** On the timeline of one incident. */
export const mostOnTimeline = 20;

interface Ranked extends IncidentChange {
  readonly rank: number;
}

/**
 * The changes that may have caused it, the likeliest first: of its services, then of what those depend on, the nearer
 * first, then of its environment; among equals before the start goes before after it, and nearer before farther.
 * A change in another environment, or of a service that is neither, is left out.
 */
export function rankChanges(changes: readonly ChangeEvent[], scope: ChangeScope): readonly IncidentChange[] {
  return changes
    .flatMap((change): Ranked[] => {
      const because = reasonOf(change, scope);
      const secondsBeforeImpact = Math.round((scope.impactStartedAt - change.occurredAt) / 1_000);
      return because === null ? [] : [{ change, secondsBeforeImpact, ...because }];
    })
    .toSorted((a, b) => a.rank - b.rank || byTime(a, b) || b.change.id - a.change.id)
    .slice(0, most)
    .map(({ change, secondsBeforeImpact, reason }) => ({ change, secondsBeforeImpact, reason }));
}

/**
 * Why the change stands on the incident's timeline, null where it does not: it is of one of its services, of what they
 * directly depend on, or of the whole environment. Every deploy of a large environment would drown what people did.
 */
export function timelineReason(change: ChangeEvent, scope: ChangeScope): string | null {
  const because = reasonOf(change, scope);
  if (because === null || (because.rank > 1 && change.service !== null)) return null;
  return change.occurredAt < scope.impactStartedAt - changesBeforeMs ? null : because.reason;
}

function byTime(a: Ranked, b: Ranked): number {
  const isAfter = (each: Ranked): number => (each.secondsBeforeImpact < 0 ? 1 : 0);
  return isAfter(a) - isAfter(b) || Math.abs(a.secondsBeforeImpact) - Math.abs(b.secondsBeforeImpact);
}

/** The lower rank is the likelier; null where nothing connects the two. */
function reasonOf(change: ChangeEvent, scope: ChangeScope): { readonly rank: number; readonly reason: string } | null {
  const { environment } = scope;
  const inWhich = environmentKey(change.environment);
  const whereItIs = environmentKey(environment);
  if (inWhich !== null && whereItIs !== null && inWhich !== whereItIs) return null;
  if (change.service !== null) {
    const named = nameKey(change.service);
    const service = scope.aliases.get(named) ?? named;
    const isAffected = scope.services.some((each) => [named, service].includes(nameKey(each)));
    if (isAffected) return { rank: 0, reason: `Same service: ${change.service}` };
    const steps = scope.dependencies.get(service);
    if (steps !== undefined) return { rank: steps, reason: dependencyReason(change.service, steps, scope.services) };
  }
  if (inWhich === null || whereItIs === null) return null;
  return { rank: 1_000, reason: `Same environment: ${change.environment}` };
}

function dependencyReason(service: string, steps: number, services: readonly string[]): string {
  const whose = services.length === 1 ? (services[0] ?? '') : 'An affected service';
  return steps === 1 ? `${whose} depends on ${service}` : `${whose} depends on ${service}, ${steps} steps away`;
}
