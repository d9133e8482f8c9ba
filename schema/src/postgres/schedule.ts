import type { Override, Schedule } from '../domain/onCall.js';
import type { Queryable } from './pool.js';
import { overridesWithin } from './override.js';
import { layersOf } from './scheduleLayers.js';

/** Without its people's turns. */
export interface ScheduleHead {
  readonly id: number;
  readonly name: string;
  readonly teamId: number | null;
  readonly timeZone: string;
  readonly version: number;
}

interface HeadRow {
  readonly id: number;
  readonly name: string;
  readonly team_id: number | null;
  readonly time_zone: string;
  readonly version: number;
}

const columns = 'id, name, team_id, time_zone, version';

/** All of them, by name: hundreds at most. */
export async function loadSchedules(db: Queryable): Promise<readonly ScheduleHead[]> {
  const { rows } = await db.query<HeadRow>({
    name: 'schedules',
    text: `select ${columns} from schedule order by name_key`,
  });
  return rows.map(headOf);
}

/** @param lock takes turns with who else edits it */
export async function scheduleById(db: Queryable, id: number, lock = false): Promise<ScheduleHead | null> {
  const { rows } = await db.query<HeadRow>(
    `select ${columns} from schedule where id = $1 ${lock ? 'for update' : ''}`,
    [id],
  );
  return rows[0] === undefined ? null : headOf(rows[0]);
}

function headOf({ team_id: teamId, time_zone: timeZone, ...row }: HeadRow): ScheduleHead {
  return { ...row, teamId, timeZone };
}

/**
 * Schedules as the domain computes with them, with the overrides that touch a stretch (epoch milliseconds); three
 * statements for any number of them.
 */
export async function schedulesWithin(
  db: Queryable,
  ids: readonly number[],
  from: number,
  until: number,
): Promise<ReadonlyMap<number, Schedule>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<HeadRow>({
    name: 'schedule_by_id',
    text: `select ${columns} from schedule where id = any($1::bigint[])`,
    values: [ids],
  });
  const layers = await layersOf(db, ids);
  const overrides = await overridesWithin(db, ids, from, until);
  const people = [...layers.values()].flat().flatMap(({ members }) => members);
  const inactive = await inactiveOf(db, [...people, ...overrides.map(({ personId }) => personId)]);
  return new Map(
    rows.map(headOf).map(({ id, name, timeZone }) => {
      const own: readonly Override[] = overrides.filter(({ scheduleId }) => scheduleId === id);
      return [id, { id, name, timeZone, layers: layers.get(id) ?? [], overrides: own, inactive }];
    }),
  );
}

/** Those of the people who are switched off. */
export async function inactiveOf(db: Queryable, personIds: readonly number[]): Promise<ReadonlySet<number>> {
  const { rows } = await db.query<{ id: number }>({
    name: 'person_inactive',
    text: 'select id from person where id = any($1::bigint[]) and not is_active',
    values: [[...new Set(personIds)]],
  });
  return new Set(rows.map(({ id }) => id));
}
