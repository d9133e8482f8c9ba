import { actionSentence, automationActor, type AutomationRule, loopRefusal } from '@tocsin/schema/domain/automation';
import { DomainFailure } from '@tocsin/schema/domain/errors';
import type { EventKind, LogEvent } from '@tocsin/schema/domain/event';
import type { Expression } from '@tocsin/schema/domain/expression';
import {
  compileIncidentCondition,
  conditionHolds,
  type ExpressionIncident,
  factsAt,
  type IncidentFacts,
} from '@tocsin/schema/domain/expressionIncident';
import { nameKey } from '@tocsin/schema/domain/service';
import { eventKinds } from '@tocsin/schema/graphql/eventKinds';
import { enabledAutomationRules } from '@tocsin/schema/postgres/automationRule';
import {
  type ActionResult,
  beginRun,
  endRun,
  recentRuns,
  type RunState,
  runsOfTransactions,
} from '@tocsin/schema/postgres/automationRun';
import { eventsOf } from '@tocsin/schema/postgres/incidentEvents';
import { incidentFacts } from '@tocsin/schema/postgres/incidentFacts';
import { lockIncidents } from '@tocsin/schema/postgres/incidentLock';
import { appendEvents } from '@tocsin/schema/postgres/log';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { isUnavailable } from '@tocsin/schema/postgres/transaction';
import type { LogHandler } from '../handler.js';
import { runAction } from './actions/runAction.js';

const hour = 3_600_000;

interface CompiledRule {
  readonly rule: AutomationRule;
  readonly condition: Expression<ExpressionIncident> | null;
}

/** A rule that is to look at an event. */
interface Candidate extends CompiledRule {
  readonly event: LogEvent;
  readonly incidentId: number;
}

type Cause = Awaited<ReturnType<typeof runsOfTransactions>>[number];

/** Everything that happens to incidents, but for what tells of automation itself. */
const kinds: ReadonlySet<EventKind> = new Set(
  eventKinds.filter((kind): kind is EventKind => kind.startsWith('incident.') && kind !== 'incident.automated'),
);

/** When something happens to an incident, what rules say is done: each rule once for each event. */
export const automationHandler: LogHandler = { name: 'automation', kinds, handle };

async function handle(db: Queryable, events: readonly LogEvent[], now: number): Promise<void> {
  const rules = compiledRules(await enabledAutomationRules(db));
  const candidates = events.flatMap((event) => candidatesOf(event, rules));
  if (candidates.length === 0) return;
  const before = await incidentFacts(db, [...new Set(candidates.map(({ incidentId }) => incidentId))]);
  const matched = candidates.filter((candidate) => holds(candidate, before.get(candidate.incidentId)));
  if (matched.length === 0) return;
  const ids = [...new Set(matched.map(({ incidentId }) => incidentId))].toSorted((a, b) => a - b);
  // All of the batch at once and sorted, as everybody who changes several does.
  await lockIncidents(db, ids);
  const facts = new Map(await incidentFacts(db, ids));
  const causes = await runsOfTransactions(db, [...new Set(matched.map(({ event }) => event.cursor.xid))]);
  const recent = new Map(await recentRuns(db, ids, now - hour));
  for (const candidate of matched) {
    const { rule, incidentId } = candidate;
    // What an earlier rule changed may have made it true no more.
    if (!holds(candidate, facts.get(incidentId))) continue;
    const key = `${rule.id}/${incidentId}`;
    const counts = recent.get(key) ?? { runs: 0, refusals: 0 };
    const state = await run(db, candidate, causesOf(candidate, causes, rules), counts, now);
    if (state === null) continue;
    const isRefused = state === 'refused';
    recent.set(key, { runs: counts.runs + (isRefused ? 0 : 1), refusals: counts.refusals + (isRefused ? 1 : 0) });
    const fresh = isRefused ? undefined : (await incidentFacts(db, [incidentId])).get(incidentId);
    if (fresh !== undefined) facts.set(incidentId, fresh);
  }
}

/** A saved condition that does not compile any more matches nothing. */
function compiledRules(rules: readonly AutomationRule[]): readonly CompiledRule[] {
  return rules.flatMap((rule): readonly CompiledRule[] => {
    if (rule.condition === null) return [{ rule, condition: null }];
    const compiled = compileIncidentCondition(rule.condition);
    return compiled.isValid ? [{ rule, condition: compiled.expression }] : [];
  });
}

function candidatesOf(event: LogEvent, rules: readonly CompiledRule[]): readonly Candidate[] {
  const { incidentId, kind } = event;
  if (incidentId === null) return [];
  return rules.filter(({ rule }) => rule.kinds.includes(kind)).map((each) => ({ ...each, event, incidentId }));
}

/** A rule of a team acts on that team's incidents alone. */
function holds({ rule, condition, event }: Candidate, facts: IncidentFacts | undefined): boolean {
  if (facts === undefined || !isOfTeam(facts, rule.team)) return false;
  const of = { event: event.kind, actorKind: event.actor.kind };
  return conditionHolds(condition, factsAt(facts, of, event.occurredAt, 'UTC'));
}

export function isOfTeam(facts: IncidentFacts, team: string | null): boolean {
  return team === null || nameKey(facts.team) === nameKey(team);
}

/** The runs whose doing the event is: of its transaction, on its incident, by the rule that is its actor. */
function causesOf({ event }: Candidate, causes: readonly Cause[], rules: readonly CompiledRule[]): readonly Cause[] {
  if (event.actor.kind !== 'system') return [];
  const named = rules.find(({ rule }) => automationActor(rule.name).name === event.actor.name);
  const isAutomation = event.actor.name.startsWith('automation/');
  return causes.filter(
    ({ xid, incidentId, ruleId }) =>
      isAutomation &&
      xid === event.cursor.xid &&
      incidentId === event.incidentId &&
      (named === undefined || named.rule.id === ruleId),
  );
}

/** @returns null where the rule has dealt with the event before */
async function run(
  db: Queryable,
  { rule, event, incidentId }: Candidate,
  causes: readonly Cause[],
  counts: { readonly runs: number; readonly refusals: number },
  now: number,
): Promise<RunState | null> {
  const depth = Math.max(0, ...causes.map((cause) => cause.depth)) + 1;
  const causedByRules = causes.map(({ ruleId }) => ruleId);
  const refusal = loopRefusal({ ruleId: rule.id, depth, causedByRules, runsLastHour: counts.runs });
  const begun = { ruleId: rule.id, ruleVersion: rule.version, event: event.cursor, incidentId, depth, refusal };
  const id = await beginRun(db, begun, now);
  if (id === null) return null;
  const results = refusal === null ? await runActions(db, rule, event, incidentId, now) : [];
  const state = refusal === null ? await endRun(db, id, results) : 'refused';
  // Of what is refused again and again the timeline tells once an hour; the execution log tells all.
  if (state === 'refused' && counts.refusals > 0) return state;
  const told = results.map(({ action, outcome, message }) => ({
    action,
    outcome: message === null ? outcome : `${outcome}: ${message}`,
  }));
  const data = { runId: id, ruleId: rule.id, rule: rule.name, state, results: told };
  const actor = automationActor(rule.name);
  await appendEvents(db, eventsOf(incidentId, [{ kind: 'incident.automated', data }], actor, now));
  return state;
}

/** One after the other; one that fails is taken back and the next one is tried. */
async function runActions(
  db: Queryable,
  rule: AutomationRule,
  event: LogEvent,
  incidentId: number,
  now: number,
): Promise<readonly ActionResult[]> {
  const results: ActionResult[] = [];
  const actor = automationActor(rule.name);
  for (const [index, action] of rule.actions.entries()) {
    const sentence = actionSentence(action);
    try {
      await db.query('savepoint automation_action');
      await runAction(db, action, { rule, event, incidentId, index, actor, now });
      await db.query('release savepoint automation_action');
      results.push({ action: sentence, outcome: 'done', message: null });
    } catch (error) {
      if (isUnavailable(error)) throw error;
      await db.query('rollback to savepoint automation_action; release savepoint automation_action');
      const message = error instanceof DomainFailure ? error.message : 'Something unexpected went wrong.';
      results.push({ action: sentence, outcome: 'failed', message });
    }
  }
  return results;
}
