import type { EventKind, LogCursor, LogEvent } from '../domain/event.js';
import { eventColumns, eventOfRow, type EventRow } from './log.js';
import { createParameters } from './labelMatch.js';
import type { Queryable } from './pool.js';
import { type Onlooker, visibleTo } from './visibleIncidents.js';

export interface ActionResult {
  readonly action: string;
  readonly outcome: 'done' | 'failed';
  /** Why it failed. */
  readonly message: string | null;
}

export type RunState = 'done' | 'failed' | 'refused';

/** One rule on one event. Times are epoch milliseconds. */
export interface AutomationRun {
  readonly id: number;
  readonly ruleId: number;
  readonly incidentId: number | null;
  readonly depth: number;
  readonly state: RunState;
  readonly results: readonly ActionResult[];
  readonly refusal: string | null;
  readonly ranAt: number;
}

/** The runs of the transactions that wrote events: what set what off. */
export async function runsOfTransactions(
  db: Queryable,
  xids: readonly string[],
): Promise<readonly (Pick<AutomationRun, 'ruleId' | 'incidentId' | 'depth'> & { readonly xid: string })[]> {
  if (xids.length === 0) return [];
  const { rows } = await db.query<Pick<AutomationRun, 'ruleId' | 'incidentId' | 'depth'> & { readonly xid: string }>({
    name: 'automation_runs_by_xid',
    text: `select rule_id as "ruleId", incident_id as "incidentId", depth, xid::text from automation_run
            where xid = any($1::xid8[]) and state <> 'refused'`,
    values: [xids],
  });
  return rows;
}

/** How often rules ran, and were refused, on incidents since a time; by `rule/incident`. */
export async function recentRuns(
  db: Queryable,
  incidentIds: readonly number[],
  since: number,
): Promise<ReadonlyMap<string, { readonly runs: number; readonly refusals: number }>> {
  const { rows } = await db.query<{ rule_id: number; incident_id: number; runs: number; refusals: number }>({
    name: 'automation_recent_runs',
    text: `select rule_id, incident_id, count(*) filter (where state <> 'refused') as runs,
                  count(*) filter (where state = 'refused') as refusals
             from automation_run where incident_id = any($1::bigint[]) and ran_at > to_timestamp($2 / 1000.0)
            group by rule_id, incident_id`,
    values: [incidentIds, since],
  });
  return new Map(rows.map((row) => [`${row.rule_id}/${row.incident_id}`, { runs: row.runs, refusals: row.refusals }]));
}

export interface NewRun extends Omit<AutomationRun, 'id' | 'ranAt' | 'results' | 'state' | 'refusal'> {
  readonly ruleVersion: number;
  readonly event: LogCursor;
  readonly refusal: string | null;
}

/** Claims the event for the rule: null where it was acted on before. */
export async function beginRun(db: Queryable, run: NewRun, now: number): Promise<number | null> {
  const { rows } = await db.query<{ id: number }>({
    name: 'automation_run_begin',
    text: `insert into automation_run (rule_id, rule_version, event_xid, event_position, incident_id, depth, state, results, refusal, ran_at)
      values ($1, $2, $3::xid8, $4, $5, $6, case when $7::text is null then 'done' else 'refused' end, '[]', $7, to_timestamp($8 / 1000.0))
      on conflict (rule_id, event_xid, event_position) do nothing returning id`,
    values: [
      run.ruleId,
      run.ruleVersion,
      run.event.xid,
      run.event.position,
      run.incidentId,
      run.depth,
      run.refusal,
      now,
    ],
  });
  return rows[0]?.id ?? null;
}

export async function endRun(db: Queryable, id: number, results: readonly ActionResult[]): Promise<RunState> {
  const state = results.some(({ outcome }) => outcome === 'failed') ? 'failed' : 'done';
  await db.query({
    name: 'automation_run_end',
    text: 'update automation_run set state = $2, results = $3::jsonb where id = $1',
    values: [id, state, JSON.stringify(results)],
  });
  return state;
}

/** The execution log of incidents that show, newest first, below an id; one more than `first` where there are more. */
export async function automationRuns(
  db: Queryable,
  filter: { readonly ruleId: number | null; readonly incidentId: number | null; readonly onlooker: Onlooker },
  first: number,
  beforeId: number | null,
): Promise<readonly AutomationRun[]> {
  const parameters = createParameters();
  const { bind } = parameters;
  const { ruleId, incidentId, onlooker } = filter;
  const visible = visibleTo(onlooker, parameters, 'i');
  const conditions = [
    ...(ruleId === null ? [] : [`r.rule_id = ${bind(ruleId)}::bigint`]),
    ...(incidentId === null ? [] : [`r.incident_id = ${bind(incidentId)}::bigint`]),
    ...(beforeId === null ? [] : [`r.id < ${bind(beforeId)}::bigint`]),
    ...(visible === null ? [] : [`exists (select from incident i where i.id = r.incident_id and ${visible})`]),
  ];
  const { rows } = await db.query<AutomationRun>(
    `select r.id, r.rule_id as "ruleId", r.incident_id as "incidentId", r.depth, r.state, r.results, r.refusal, r.ran_at as "ranAt"
       from automation_run r where ${conditions.length === 0 ? 'true' : conditions.join(' and ')}
      order by r.id desc limit ${bind(first + 1)}`,
    parameters.values,
  );
  return rows;
}

export interface RuleStatistics {
  readonly runCount: number;
  readonly lastRunAt: number | null;
}

export async function automationStatistics(db: Queryable): Promise<ReadonlyMap<number, RuleStatistics>> {
  const { rows } = await db.query<RuleStatistics & { readonly id: number }>(
    `select rule_id as id, count(*) as "runCount", max(ran_at) as "lastRunAt" from automation_run group by rule_id`,
  );
  return new Map(rows.map(({ id, runCount, lastRunAt }) => [id, { runCount, lastRunAt }]));
}

/** The newest events of some kinds on incidents, newest first: what a dry run looks at. */
export async function recentIncidentEvents(
  db: Queryable,
  kinds: readonly EventKind[],
  since: number,
  limit: number,
): Promise<readonly LogEvent[]> {
  const { rows } = await db.query<EventRow>(
    `select ${eventColumns} from event
      where kind = any($1::text[]) and incident_id is not null and recorded_at > to_timestamp($2 / 1000.0)
      order by event.xid desc, event.position desc limit $3`,
    [kinds, since, limit],
  );
  return rows.map(eventOfRow);
}
