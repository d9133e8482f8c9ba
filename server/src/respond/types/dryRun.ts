import { actionSentence, type AutomationRule } from '@tocsin/schema/domain/automation';
import type { LogEvent } from '@tocsin/schema/domain/event';
import { compileIncidentCondition, factsAt } from '@tocsin/schema/domain/expressionIncident';
import type { Viewer } from '@tocsin/schema/domain/role';
import { canSee } from '@tocsin/schema/domain/permissionCheck';
import { recentIncidentEvents } from '@tocsin/schema/postgres/automationRun';
import { incidentFacts } from '@tocsin/schema/postgres/incidentFacts';
import { incidentSubjects } from '@tocsin/schema/postgres/permissionSubject';
import { isOfTeam } from './handler.js';
import type { Pool } from '@tocsin/schema/postgres/pool';

const days = 30;
const mostEvents = 1_000;
const mostMatches = 100;

export interface DryRun {
  /** Of incidents that show to who asks. */
  readonly eventCount: number;
  readonly matches: readonly {
    readonly incidentId: number;
    readonly event: LogEvent;
    readonly wouldDo: readonly string[];
  }[];
  /** What went wrong while the condition was evaluated, each once. */
  readonly failures: readonly string[];
}

/**
 * What a rule would have done on the newest events of the last month, with the incidents as they are now. Changes nothing.
 */
export async function dryRun(
  pool: Pool,
  rule: Pick<AutomationRule, 'kinds' | 'condition' | 'actions' | 'team'>,
  viewer: Viewer,
  now: number,
): Promise<DryRun> {
  const recent = await recentIncidentEvents(pool, rule.kinds, now - days * 86_400_000, mostEvents);
  const subjects = await incidentSubjects(pool, [...new Set(recent.flatMap(({ incidentId }) => incidentId ?? []))]);
  // What does not show may not be found out by conditions either.
  const ids = [...subjects].flatMap(([id, subject]) => (canSee(viewer, subject) ? [id] : []));
  const shown = new Set(ids);
  const events = recent.filter(({ incidentId }) => incidentId !== null && shown.has(incidentId));
  const facts = await incidentFacts(pool, ids);
  const compiled = rule.condition === null ? null : compileIncidentCondition(rule.condition);
  const failures = new Set<string>();
  const matches = events.flatMap((event) => {
    const incidentId = event.incidentId ?? 0;
    const known = facts.get(incidentId);
    if (known === undefined || !isOfTeam(known, rule.team) || (compiled !== null && !compiled.isValid)) return [];
    const incident = factsAt(known, { event: event.kind, actorKind: event.actor.kind }, event.occurredAt, 'UTC');
    const outcome = compiled?.expression.evaluate(incident) ?? { isDone: true, value: true };
    if (!outcome.isDone) failures.add(outcome.message);
    if (!outcome.isDone || outcome.value !== true) return [];
    return [{ incidentId, event, wouldDo: rule.actions.map(actionSentence) }];
  });
  return { eventCount: events.length, matches: matches.slice(0, mostMatches), failures: [...failures].slice(0, 10) };
}
