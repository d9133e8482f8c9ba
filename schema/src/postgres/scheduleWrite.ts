import type { ScheduleLayer } from '../domain/onCall.js';
import { refusalOfSchedule, refuse, scheduleLimits } from '../domain/scheduleInput.js';
import { nameKey } from '../domain/service.js';
import { automationsUsing } from './automationUse.js';
import { recordConfigurationChange } from './configurationEvent.js';
import { lockConfiguration, moveConfiguration } from './configurationVersion.js';
import { assertPersons, check, type Edit, missing, refuseInUse, refuseStale } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { scheduleById, type ScheduleHead } from './schedule.js';
import { layersOf, replaceLayers } from './scheduleLayers.js';
import { teamByName } from './team.js';
import { inTransaction } from './transaction.js';

export interface ScheduleInput {
  /** Null: a new one. */
  readonly id: number | null;
  readonly name: string;
  /** By its name. */
  readonly team: string | null;
  readonly timeZone: string;
  readonly layers: readonly ScheduleLayer[];
}

/** @throws DomainFailure NOT_FOUND, INVALID_INPUT, CONFLICT */
export function saveSchedule(
  pool: Pool,
  input: ScheduleInput,
  expectedVersion: number | null,
  edit: Edit,
): Promise<ScheduleHead> {
  return inTransaction(pool, (db) => saveScheduleIn(db, input, expectedVersion, edit));
}

/** As {@link saveSchedule}, in the caller's transaction. */
export async function saveScheduleIn(
  db: Queryable,
  input: ScheduleInput,
  expectedVersion: number | null,
  { actor, now }: Edit,
): Promise<ScheduleHead> {
  check(refusalOfSchedule(input));
  await lockConfiguration(db, 'oncall');
  const before = input.id === null ? null : await scheduleById(db, input.id, true);
  if (input.id !== null && before === null) throw missing('schedule', input.id);
  refuseStale('schedule', before?.version ?? 0, expectedVersion);
  const teamId = await teamIdOf(db, input.team);
  await assertFree(db, input.name, input.id);
  await assertPersons(
    db,
    input.layers.flatMap(({ members }) => members),
    'input.layers',
  );
  const layersBefore = before === null ? [] : ((await layersOf(db, [before.id])).get(before.id) ?? []);
  const id = await writeHead(db, input, teamId);
  await replaceLayers(db, id, input.layers);
  const after = await scheduleById(db, id);
  if (after === null) throw missing('schedule', id);
  await recordConfigurationChange(
    db,
    actor,
    {
      topic: 'schedule',
      action: before === null ? 'created' : 'changed',
      id,
      name: after.name,
      before: before && { ...before, layers: layersBefore },
      after: { ...after, layers: input.layers },
    },
    now,
  );
  await moveConfiguration(db, 'oncall');
  return after;
}

async function writeHead(db: Queryable, { id, name, timeZone }: ScheduleInput, teamId: number | null): Promise<number> {
  const values = [name.trim(), nameKey(name), teamId, timeZone];
  const { rows } =
    id === null
      ? await db.query<{ id: number }>(
          'insert into schedule (name, name_key, team_id, time_zone) values ($1, $2, $3, $4) returning id',
          values,
        )
      : await db.query<{ id: number }>(
          `update schedule set name = $1, name_key = $2, team_id = $3, time_zone = $4, version = version + 1,
             updated_at = now() where id = $5 returning id`,
          [...values, id],
        );
  return rows[0]?.id ?? 0;
}

/** @throws DomainFailure NOT_FOUND, IN_USE */
export function deleteSchedule(pool: Pool, id: number, edit: Edit): Promise<void> {
  return inTransaction(pool, (db) => deleteScheduleIn(db, id, edit));
}

/** As {@link deleteSchedule}, in the caller's transaction. */
export async function deleteScheduleIn(db: Queryable, id: number, { actor, now }: Edit): Promise<void> {
  await lockConfiguration(db, 'oncall');
  const before = await scheduleById(db, id, true);
  if (before === null) throw missing('schedule', id);
  const users = await policiesUsing(db, id);
  const policies = users.map(({ name }) => `escalation policy ${name}`);
  refuseInUse(before.name, [...policies, ...(await automationsUsing(db, 'scheduleId', id))]);
  const layers = (await layersOf(db, [id])).get(id) ?? [];
  await db.query('delete from schedule where id = $1', [id]);
  const data = { topic: 'schedule', action: 'removed', id, name: before.name } as const;
  await recordConfigurationChange(db, actor, { ...data, before: { ...before, layers }, after: null }, now);
  await moveConfiguration(db, 'oncall');
}

/** The policies with a step that wakes who is on this schedule. */
export async function policiesUsing(
  db: Queryable,
  scheduleId: number,
): Promise<readonly { readonly id: number; readonly name: string }[]> {
  const { rows } = await db.query<{ id: number; name: string }>(
    `select distinct p.id, p.name from escalation_policy p join escalation_step s on s.policy_id = p.id
       join escalation_target t on t.step_id = s.id where t.schedule_id = $1 order by p.name`,
    [scheduleId],
  );
  return rows;
}

/** @throws DomainFailure INVALID_INPUT for a team that there is not */
export async function teamIdOf(db: Queryable, name: string | null): Promise<number | null> {
  if (name === null) return null;
  const team = await teamByName(db, name);
  if (team === null) check(refuse('input.team', `There is no team ${name.slice(0, 60)}.`));
  return team?.id ?? null;
}

async function assertFree(db: Queryable, name: string, id: number | null): Promise<void> {
  const { rows } = await db.query<{ taken: boolean; count: number }>(
    `select coalesce(bool_or(name_key = $1 and id is distinct from $2), false) as taken, count(*)::int as count from schedule`,
    [nameKey(name), id],
  );
  if (rows[0]?.taken === true) check(refuse('input.name', `There is a schedule ${name.trim()} already.`));
  if (id === null && (rows[0]?.count ?? 0) >= scheduleLimits.schedules) {
    check(refuse('input.name', `There are at most ${scheduleLimits.schedules} schedules.`));
  }
}
