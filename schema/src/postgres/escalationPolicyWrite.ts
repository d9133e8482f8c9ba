import { type PolicyDraft, policyLimits, type PolicyStep, refusalOfPolicy } from '../domain/policyInput.js';
import { refuse } from '../domain/scheduleInput.js';
import { nameKey } from '../domain/service.js';
import { recordConfigurationChange } from './configurationEvent.js';
import { lockConfiguration, moveConfiguration } from './configurationVersion.js';
import { automationsUsing } from './automationUse.js';
import { policiesById, type StoredPolicy, usersOfPolicy } from './escalationPolicy.js';
import { check, type Edit, missing, refuseInUse, refuseStale } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { currentRuleSet, saveRuleSetIn } from './ruleSet.js';
import { teamIdOf } from './scheduleWrite.js';
import { inTransaction } from './transaction.js';

export interface PolicyInput extends PolicyDraft {
  /** Null: a new one. */
  readonly id: number | null;
  /** By its name. */
  readonly team: string | null;
}

/** @throws DomainFailure NOT_FOUND, INVALID_INPUT, EXPRESSION_INVALID, CONFLICT */
export function savePolicy(
  pool: Pool,
  input: PolicyInput,
  expectedVersion: number | null,
  edit: Edit,
): Promise<StoredPolicy> {
  return inTransaction(pool, (db) => savePolicyIn(db, input, expectedVersion, edit));
}

/** As {@link savePolicy}, in the caller's transaction. */
export async function savePolicyIn(
  db: Queryable,
  input: PolicyInput,
  expectedVersion: number | null,
  { actor, now }: Edit,
): Promise<StoredPolicy> {
  check(refusalOfPolicy(input));
  await lockConfiguration(db, 'oncall');
  const before = input.id === null ? null : await lockedPolicy(db, input.id);
  refuseStale('escalation policy', before?.version ?? 0, expectedVersion);
  const teamId = await teamIdOf(db, input.team);
  await assertFree(db, input.name, input.id);
  await assertTargets(db, input.steps);
  const id = await writeHead(db, input, teamId);
  await replaceSteps(db, id, input.steps);
  const [after] = await policiesById(db, [id]);
  if (after === undefined) throw missing('escalation policy', id);
  const action = before === null ? 'created' : 'changed';
  await recordConfigurationChange(
    db,
    actor,
    { topic: 'escalationPolicy', action, id, name: after.name, before, after },
    now,
  );
  if (before !== null) await renameInRules(db, before.name, after.name, { actor, now });
  await moveConfiguration(db, 'oncall');
  return after;
}

/** Rules name their policy: left alone they would silently page whom the team's own policy wakes. Services hold its id. */
async function renameInRules(db: Queryable, from: string, to: string, edit: Edit): Promise<void> {
  if (nameKey(from) === nameKey(to)) return;
  const { rules, version } = await currentRuleSet(db);
  const renamed = rules.map((rule) =>
    rule.escalationPolicy != null && nameKey(rule.escalationPolicy) === nameKey(from)
      ? { ...rule, escalationPolicy: to }
      : rule,
  );
  const comment = `The escalation policy ${from} is called ${to} now`;
  await saveRuleSetIn(db, { rules: renamed, expectedVersion: version, comment, ...edit });
}

/** @throws DomainFailure NOT_FOUND, IN_USE */
export function deletePolicy(pool: Pool, id: number, edit: Edit): Promise<void> {
  return inTransaction(pool, (db) => deletePolicyIn(db, id, edit));
}

/** As {@link deletePolicy}, in the caller's transaction. */
export async function deletePolicyIn(db: Queryable, id: number, { actor, now }: Edit): Promise<void> {
  await lockConfiguration(db, 'oncall');
  const before = await lockedPolicy(db, id);
  refuseInUse(before.name, [...(await usersOfPolicy(db, before)), ...(await automationsUsing(db, 'policyId', id))]);
  await db.query('delete from escalation_policy where id = $1', [id]);
  const data = { topic: 'escalationPolicy', action: 'removed', id, name: before.name } as const;
  await recordConfigurationChange(db, actor, { ...data, before, after: null }, now);
  await moveConfiguration(db, 'oncall');
}

async function lockedPolicy(db: Queryable, id: number): Promise<StoredPolicy> {
  await db.query('select from escalation_policy where id = $1 for update', [id]);
  const [policy] = await policiesById(db, [id]);
  if (policy === undefined) throw missing('escalation policy', id);
  return policy;
}

async function writeHead(db: Queryable, input: PolicyInput, teamId: number | null): Promise<number> {
  const { id, name, repeatCount, unacknowledgeSeconds, pageWhen } = input;
  const values = [name.trim(), nameKey(name), teamId, repeatCount, unacknowledgeSeconds, pageWhen];
  const { rows } =
    id === null
      ? await db.query<{ id: number }>(
          `insert into escalation_policy (name, name_key, team_id, repeat_count, unacknowledge_seconds, page_when)
           values ($1, $2, $3, $4, $5, $6) returning id`,
          values,
        )
      : await db.query<{ id: number }>(
          `update escalation_policy set name = $1, name_key = $2, team_id = $3, repeat_count = $4,
             unacknowledge_seconds = $5, page_when = $6, version = version + 1, updated_at = now()
            where id = $7 returning id`,
          [...values, id],
        );
  return rows[0]?.id ?? 0;
}

/** Steps keep their row, and with it whose turn it is, by their place. */
async function replaceSteps(db: Queryable, policyId: number, steps: readonly PolicyStep[]): Promise<void> {
  await db.query('delete from escalation_step where policy_id = $1 and ordinal >= $2', [policyId, steps.length]);
  const { rows } = await db.query<{ id: number; ordinal: number }>(
    `insert into escalation_step (policy_id, ordinal, delay_seconds, mode, condition)
     select $1, ordinal, "delaySeconds", mode, condition
       from jsonb_to_recordset($2::jsonb) as s (ordinal smallint, "delaySeconds" integer, mode text, condition text)
     on conflict (policy_id, ordinal) do update
       set delay_seconds = excluded.delay_seconds, mode = excluded.mode, condition = excluded.condition
     returning id, ordinal`,
    [
      policyId,
      JSON.stringify(
        steps.map((step, ordinal) => ({ ...step, ordinal, mode: step.mode === 'all' ? 'all' : 'round_robin' })),
      ),
    ],
  );
  const ids = new Map(rows.map(({ id, ordinal }) => [ordinal, id]));
  await db.query('delete from escalation_target where step_id = any($1::bigint[])', [[...ids.values()]]);
  const targets = steps.flatMap((step, index) =>
    step.targets.map((target, ordinal) => ({ stepId: ids.get(index), ordinal, ...target })),
  );
  const idsOf = (kind: string): readonly (number | null)[] =>
    targets.map((target) => (target.kind === kind ? target.id : null));
  await db.query(
    `insert into escalation_target (step_id, ordinal, person_id, schedule_id, team_id, channel_id)
     select * from unnest($1::bigint[], $2::smallint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])`,
    [
      targets.map(({ stepId }) => stepId),
      targets.map(({ ordinal }) => ordinal),
      idsOf('person'),
      idsOf('schedule'),
      idsOf('team'),
      idsOf('channel'),
    ],
  );
}

/** A target that there is not is refused by name rather than by its foreign key. */
async function assertTargets(db: Queryable, steps: readonly PolicyStep[]): Promise<void> {
  const targets = steps.flatMap((step) => step.targets);
  const { rows } = await db.query<{ kind: string; id: number }>(
    `select kind, id from unnest($1::text[], $2::bigint[]) as t (kind, id) where not case kind
       when 'person' then exists (select from person where person.id = t.id)
       when 'schedule' then exists (select from schedule where schedule.id = t.id)
       when 'team' then exists (select from team where team.id = t.id)
       else exists (select from notification_channel where notification_channel.id = t.id) end limit 1`,
    [targets.map(({ kind }) => kind), targets.map(({ id }) => id)],
  );
  const [unknown] = rows;
  if (unknown) check(refuse('input.steps', `There is no ${unknown.kind} ${unknown.id}.`));
}

async function assertFree(db: Queryable, name: string, id: number | null): Promise<void> {
  const { rows } = await db.query<{ taken: boolean; count: number }>(
    `select coalesce(bool_or(name_key = $1 and id is distinct from $2), false) as taken, count(*)::int as count
       from escalation_policy`,
    [nameKey(name), id],
  );
  if (rows[0]?.taken === true) check(refuse('input.name', `There is an escalation policy ${name.trim()} already.`));
  if (id === null && (rows[0]?.count ?? 0) >= policyLimits.policies) {
    check(refuse('input.name', `There are at most ${policyLimits.policies} escalation policies.`));
  }
}
