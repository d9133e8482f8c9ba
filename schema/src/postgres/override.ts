import type { Override } from '../domain/onCall.js';
import { refusalOfOverride } from '../domain/scheduleInput.js';
import { recordConfigurationChange } from './configurationEvent.js';
import { lockConfiguration, moveConfiguration } from './configurationVersion.js';
import { timeParameter } from './incidentRow.js';
import { assertPersons, check, type Edit, missing } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { inTransaction } from './transaction.js';

export interface StoredOverride extends Override {
  readonly scheduleId: number;
  readonly reason: string | null;
  /** A handle. */
  readonly createdBy: string;
}

export type OverrideInput = Pick<StoredOverride, 'scheduleId' | 'personId' | 'startsAt' | 'endsAt' | 'reason'>;

interface OverrideRow {
  readonly id: number;
  readonly schedule_id: number;
  readonly person_id: number;
  readonly starts_at: number;
  readonly ends_at: number;
  readonly reason: string | null;
  readonly created_by: string;
}

const columns = 'id, schedule_id, person_id, starts_at, ends_at, reason, created_by';

/** Those that touch the stretch (epoch milliseconds), in the order in which they were made; of more than 5,000 the newest, which count. */
export async function overridesWithin(
  db: Queryable,
  scheduleIds: readonly number[],
  from: number,
  until: number,
): Promise<readonly StoredOverride[]> {
  const { rows } = await db.query<OverrideRow>({
    name: 'override_within',
    text: `select ${columns} from schedule_override
            where schedule_id = any($1::bigint[]) and ends_at > $2 and starts_at < $3 order by id desc limit 5000`,
    values: [scheduleIds, timeParameter(from), timeParameter(until)],
  });
  return rows.map(overrideOf).toReversed();
}

/** @throws DomainFailure NOT_FOUND, INVALID_INPUT */
export function createOverride(pool: Pool, input: OverrideInput, { actor, now }: Edit): Promise<StoredOverride> {
  return inTransaction(pool, async (db) => {
    const { scheduleId, personId, startsAt, endsAt, reason } = input;
    check(refusalOfOverride(startsAt, endsAt));
    await lockConfiguration(db, 'oncall');
    await assertPersons(db, [personId], 'input.personId');
    const name = await lockedName(db, scheduleId);
    const { rows } = await db.query<OverrideRow>(
      `insert into schedule_override (schedule_id, person_id, starts_at, ends_at, reason, created_by)
       values ($1, $2, $3, $4, $5, $6) returning ${columns}`,
      [scheduleId, personId, timeParameter(startsAt), timeParameter(endsAt), reason, actor.name],
    );
    const [row] = rows;
    if (row === undefined) throw missing('schedule', scheduleId);
    const after = overrideOf(row);
    const change = { topic: 'override', action: 'created', id: after.id, name } as const;
    await recordConfigurationChange(db, actor, { ...change, before: null, after }, now);
    await moveConfiguration(db, 'oncall');
    return after;
  });
}

/** @throws DomainFailure NOT_FOUND */
export function deleteOverride(pool: Pool, id: number, { actor, now }: Edit): Promise<void> {
  return inTransaction(pool, async (db) => {
    await lockConfiguration(db, 'oncall');
    const { rows } = await db.query<OverrideRow>(`delete from schedule_override where id = $1 returning ${columns}`, [
      id,
    ]);
    const [row] = rows;
    if (row === undefined) throw missing('override', id);
    const before = overrideOf(row);
    const change = { topic: 'override', action: 'removed', id, name: await lockedName(db, before.scheduleId) } as const;
    await recordConfigurationChange(db, actor, { ...change, before, after: null }, now);
    await moveConfiguration(db, 'oncall');
  });
}

/** The schedule's name; it cannot go while the transaction runs. */
async function lockedName(db: Queryable, scheduleId: number): Promise<string> {
  const { rows } = await db.query<{ name: string }>('select name from schedule where id = $1 for key share', [
    scheduleId,
  ]);
  if (rows[0] === undefined) throw missing('schedule', scheduleId);
  return rows[0].name;
}

function overrideOf(row: OverrideRow): StoredOverride {
  return {
    id: row.id,
    scheduleId: row.schedule_id,
    personId: row.person_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    reason: row.reason,
    createdBy: row.created_by,
  };
}
