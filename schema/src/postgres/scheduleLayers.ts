import { z } from 'zod';
import type { Restriction, ScheduleLayer, TurnUnit } from '../domain/onCall.js';
import type { Queryable } from './pool.js';

interface LayerRow {
  readonly schedule_id: number;
  readonly name: string;
  readonly starts_on: string;
  readonly ends_on: string | null;
  readonly handoff_minute: number;
  readonly turn_unit: TurnUnit;
  readonly turn_length: number;
  readonly restrictions: unknown;
  readonly members: readonly number[];
}

const storedRestrictions: z.ZodType<readonly Restriction[]> = z.array(
  z.object({ weekdays: z.array(z.number()), fromMinute: z.number(), untilMinute: z.number() }),
);

/** The layers of each schedule, lowest first. */
export async function layersOf(
  db: Queryable,
  scheduleIds: readonly number[],
): Promise<ReadonlyMap<number, readonly ScheduleLayer[]>> {
  const { rows } = await db.query<LayerRow>({
    name: 'schedule_layers',
    text: `select schedule_id, name, starts_on::text, ends_on::text, handoff_minute, turn_unit, turn_length, restrictions,
                  array(select person_id::float8 from schedule_layer_member m where m.layer_id = l.id order by m.ordinal) as members
             from schedule_layer l where schedule_id = any($1::bigint[]) order by schedule_id, ordinal`,
    values: [scheduleIds],
  });
  const found = new Map<number, ScheduleLayer[]>();
  for (const row of rows) {
    const layers = found.get(row.schedule_id);
    if (layers) layers.push(layerOf(row));
    else found.set(row.schedule_id, [layerOf(row)]);
  }
  return found;
}

function layerOf(row: LayerRow): ScheduleLayer {
  return {
    name: row.name,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    handoffMinute: row.handoff_minute,
    turnUnit: row.turn_unit,
    turnLength: row.turn_length,
    members: row.members,
    restrictions: storedRestrictions.parse(row.restrictions),
  };
}

/** In the place of those that the schedule had. */
export async function replaceLayers(
  db: Queryable,
  scheduleId: number,
  layers: readonly ScheduleLayer[],
): Promise<void> {
  await db.query('delete from schedule_layer where schedule_id = $1', [scheduleId]);
  const rows = layers.map((layer, ordinal) => ({ ...layer, ordinal }));
  const { rows: written } = await db.query<{ id: number; ordinal: number }>(
    `insert into schedule_layer (schedule_id, ordinal, name, starts_on, ends_on, handoff_minute, turn_unit, turn_length, restrictions)
     select $1, ordinal, name, "startsOn", "endsOn", "handoffMinute", "turnUnit", "turnLength", restrictions
       from jsonb_to_recordset($2::jsonb) as l (ordinal smallint, name text, "startsOn" date, "endsOn" date,
         "handoffMinute" smallint, "turnUnit" text, "turnLength" smallint, restrictions jsonb)
     returning id, ordinal`,
    [scheduleId, JSON.stringify(rows)],
  );
  const ids = new Map(written.map(({ id, ordinal }) => [ordinal, id]));
  const members = layers.flatMap(({ members: people }, index) =>
    people.map((personId, ordinal) => ({ layerId: ids.get(index), ordinal, personId })),
  );
  await db.query(
    `insert into schedule_layer_member (layer_id, ordinal, person_id)
     select * from unnest($1::bigint[], $2::smallint[], $3::bigint[])`,
    [
      members.map(({ layerId }) => layerId),
      members.map(({ ordinal }) => ordinal),
      members.map(({ personId }) => personId),
    ],
  );
}
