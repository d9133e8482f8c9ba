import type { EscalationPosition, RunningPolicy } from '../domain/escalation.js';
import { groupedBy } from './groupedBy.js';
import type { Queryable } from './pool.js';

const escalationStates = ['running', 'acknowledged', 'exhausted', 'stopped'] as const;
export type EscalationStateName = (typeof escalationStates)[number];

export type EscalationReason =
  'opened' | 'reopened' | 'unacknowledged' | 'manual' | 'automation' | 'severity' | 'reassignment';

/** Times are epoch milliseconds. */
export interface Escalation extends EscalationPosition {
  readonly id: number;
  readonly incidentId: number;
  /** Null: people were called by hand, or the policy is gone. */
  readonly policyId: number | null;
  readonly policy: RunningPolicy;
  readonly state: EscalationStateName;
  readonly reason: EscalationReason;
  readonly startedBy: string;
  readonly startedAt: number;
  readonly nextAt: number | null;
  readonly endedAt: number | null;
  readonly endedBy: string | null;
}

export interface EscalationRow {
  readonly id: number;
  readonly incident_id: number;
  readonly policy_id: number | null;
  readonly policy: RunningPolicy;
  readonly state: EscalationStateName;
  readonly step: number;
  readonly round: number;
  readonly reason: EscalationReason;
  readonly started_by: string;
  readonly started_at: number;
  readonly next_at: number | null;
  readonly ended_at: number | null;
  readonly ended_by: string | null;
}

/** `policy` was written by us as a {@link RunningPolicy}. */
export const escalationColumns =
  'id, incident_id, policy_id, policy, state, step, round, reason, started_by, started_at, next_at, ended_at, ended_by';

export function escalationOfRow(row: EscalationRow): Escalation {
  const { incident_id: incidentId, policy_id: policyId, started_by: startedBy, started_at: startedAt } = row;
  const { next_at: nextAt, ended_at: endedAt, ended_by: endedBy, ...same } = row;
  return {
    id: same.id,
    policy: same.policy,
    state: same.state,
    step: same.step,
    round: same.round,
    reason: same.reason,
    incidentId,
    policyId,
    startedBy,
    startedAt,
    nextAt,
    endedAt,
    endedBy,
  };
}

/** Those of the ids that nobody else holds at this moment, for a change; whoever holds the others is deciding about them. */
export async function lockEscalations(db: Queryable, ids: readonly number[]): Promise<readonly Escalation[]> {
  const { rows } = await db.query<EscalationRow>({
    name: 'escalation_lock',
    text: `select ${escalationColumns} from escalation where id = any($1::bigint[]) order by id for update skip locked`,
    values: [ids],
  });
  return rows.map(escalationOfRow);
}

/** The escalation of each incident: the one that runs, else the last; incidents that never had one are left out. */
export async function currentEscalations(
  db: Queryable,
  incidentIds: readonly number[],
): Promise<ReadonlyMap<number, Escalation>> {
  if (incidentIds.length === 0) return new Map();
  const { rows } = await db.query<EscalationRow>({
    name: 'escalation_current',
    text: `select distinct on (incident_id) ${escalationColumns} from escalation where incident_id = any($1::bigint[])
            order by incident_id, state = 'running' desc, id desc`,
    values: [incidentIds],
  });
  return new Map(rows.map((row) => [row.incident_id, escalationOfRow(row)]));
}

/** The one that runs, for a change: waits for whoever takes its next step. */
export async function lockRunningEscalation(db: Queryable, incidentId: number): Promise<Escalation | null> {
  const { rows } = await db.query<EscalationRow>({
    name: 'escalation_lock_running',
    text: `select ${escalationColumns} from escalation where incident_id = $1 and state = 'running' for update`,
    values: [incidentId],
  });
  return rows[0] === undefined ? null : escalationOfRow(rows[0]);
}

/** All of each incident, the newest first. */
export async function escalationsOf(
  db: Queryable,
  incidentIds: readonly number[],
): Promise<ReadonlyMap<number, readonly Escalation[]>> {
  const { rows } = await db.query<EscalationRow>({
    name: 'escalation_of_incidents',
    text: `select ${escalationColumns} from escalation where incident_id = any($1::bigint[]) order by id desc`,
    values: [incidentIds],
  });
  return groupedBy(rows.map(escalationOfRow), ({ incidentId }) => incidentId);
}

/** How many incidents came to each step before, by its id: whose turn it is at a round-robin step. */
export async function turnsTaken(db: Queryable, stepIds: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const { rows } = await db.query<{ id: number; turns_taken: number }>({
    name: 'escalation_turns_taken',
    text: 'select id, turns_taken from escalation_step where id = any($1::bigint[])',
    values: [stepIds],
  });
  return new Map(rows.map(({ id, turns_taken: turns }) => [id, turns]));
}
