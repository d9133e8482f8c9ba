import type { EscalationTarget, PolicyStep } from '../domain/policyInput.js';
import type { Queryable } from './pool.js';

export interface StoredPolicy {
  readonly id: number;
  readonly name: string;
  readonly teamId: number | null;
  /** After the last step it begins again so many times. */
  readonly repeatCount: number;
  /** Null: an acknowledgement lasts. */
  readonly unacknowledgeSeconds: number | null;
  /** A condition over the incident; null pages every one. */
  readonly pageWhen: string | null;
  readonly version: number;
  readonly steps: readonly StoredStep[];
}

export interface StoredStep extends PolicyStep {
  readonly id: number;
}

interface PolicyRow {
  readonly id: number;
  readonly name: string;
  readonly team_id: number | null;
  readonly repeat_count: number;
  readonly unacknowledge_seconds: number | null;
  readonly page_when: string | null;
  readonly version: number;
}

interface TargetRow {
  readonly policy_id: number;
  readonly id: number;
  readonly delay_seconds: number;
  readonly mode: 'all' | 'round_robin';
  readonly condition: string | null;
  readonly person_id: number | null;
  readonly schedule_id: number | null;
  readonly team_id: number | null;
  readonly channel_id: number | null;
}

const columns = 'id, name, team_id, repeat_count, unacknowledge_seconds, page_when, version';

/** All of them, by name. */
export async function loadPolicies(db: Queryable): Promise<readonly StoredPolicy[]> {
  const { rows } = await db.query<PolicyRow>(`select ${columns} from escalation_policy order by name_key`);
  return withSteps(db, rows);
}

/** In no particular order; those that there are not are left out. */
export async function policiesById(db: Queryable, ids: readonly number[]): Promise<readonly StoredPolicy[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.query<PolicyRow>({
    name: 'policy_by_id',
    text: `select ${columns} from escalation_policy where id = any($1::bigint[])`,
    values: [ids],
  });
  return withSteps(db, rows);
}

async function withSteps(db: Queryable, policies: readonly PolicyRow[]): Promise<readonly StoredPolicy[]> {
  const { rows } = await db.query<TargetRow>({
    name: 'policy_steps',
    text: `select s.policy_id, s.id, s.delay_seconds, s.mode, s.condition, t.person_id, t.schedule_id, t.team_id, t.channel_id
             from escalation_step s left join escalation_target t on t.step_id = s.id
            where s.policy_id = any($1::bigint[]) order by s.policy_id, s.ordinal, t.ordinal`,
    values: [policies.map(({ id }) => id)],
  });
  return policies.map((policy) => ({
    id: policy.id,
    name: policy.name,
    teamId: policy.team_id,
    repeatCount: policy.repeat_count,
    unacknowledgeSeconds: policy.unacknowledge_seconds,
    pageWhen: policy.page_when,
    version: policy.version,
    steps: stepsOf(rows.filter((row) => row.policy_id === policy.id)),
  }));
}

function stepsOf(rows: readonly TargetRow[]): readonly StoredStep[] {
  const steps = new Map<number, StoredStep & { readonly targets: EscalationTarget[] }>();
  for (const row of rows) {
    const { id, delay_seconds: delaySeconds, condition } = row;
    const mode = row.mode === 'all' ? 'all' : 'roundRobin';
    const step = steps.get(id) ?? { id, delaySeconds, mode, condition, targets: [] };
    steps.set(id, step);
    const target = targetOf(row);
    if (target !== null) step.targets.push(target);
  }
  return [...steps.values()];
}

/** Null for the row of a step without targets. */
function targetOf(row: TargetRow): EscalationTarget | null {
  if (row.person_id !== null) return { kind: 'person', id: row.person_id };
  if (row.schedule_id !== null) return { kind: 'schedule', id: row.schedule_id };
  if (row.team_id !== null) return { kind: 'team', id: row.team_id };
  return row.channel_id === null ? null : { kind: 'channel', id: row.channel_id };
}

/** What names the policy: teams, services and rules of the current version, as people know them. */
export async function usersOfPolicy(db: Queryable, { id, name }: StoredPolicy): Promise<readonly string[]> {
  const { rows } = await db.query<{ who: string }>(
    `select 'team ' || name as who from team where escalation_policy_id = $1
     union all select 'service ' || name from service where escalation_policy_id = $1
     union all select 'rule ' || (rule ->> 'name') from (select rules from rule_set order by version desc limit 1) s,
       jsonb_array_elements(s.rules) as rule where lower(trim(rule ->> 'escalationPolicy')) = lower(trim($2))
     limit 100`,
    [id, name],
  );
  return rows.map(({ who }) => who);
}
