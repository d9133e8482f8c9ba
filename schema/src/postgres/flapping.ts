import { flappingLimit, flappingWindowMs } from '../domain/flapping.js';
import { timeParameter } from './incidentRow.js';
import type { Queryable } from './pool.js';

/** An episode with which its condition flaps. */
export interface FlappingEpisode {
  readonly id: number;
  /** How often the condition has fired within the window, this time included; counted to a hundred. */
  readonly episodes: number;
  /** The same text for every episode of one condition. */
  readonly condition: string;
  /** The time before it flapped already. */
  readonly isKnown: boolean;
}

/**
 * Unmarked episodes among those stored as `(after, until]` and `also`, oldest first, whose condition fired more than
 * {@link flappingLimit} times within {@link flappingWindowMs} of their start. Each costs a look into the index of ended
 * episodes, some 3 µs where there was none before.
 */
export async function findFlapping(
  db: Queryable,
  after: number,
  until: number,
  also: readonly number[],
): Promise<readonly FlappingEpisode[]> {
  const { rows } = await db.query<{ id: number; episodes: number; condition: string; is_known: boolean }>({
    name: 'alert_find_flapping',
    text: `select a.id, 1 + before.episodes as episodes, a.integration_id || ' ' || a.fingerprint as condition, before.is_known
      from alert a, lateral (
        select count(*)::int as episodes, coalesce((array_agg(p.is_flapping order by p.id desc))[1], false) as is_known from (
          select p.id, p.is_flapping from alert p
           where p.integration_id = a.integration_id and p.fingerprint = a.fingerprint and p.closed_at is not null
             and p.ends_at > a.starts_at - make_interval(secs => $4) and p.id < a.id
           order by p.ends_at desc limit 99) as p) as before
     where ((a.id > $1 and a.id <= $2) or a.id = any($3::bigint[])) and not a.is_flapping and before.episodes >= $5
     order by a.id`,
    values: [after, until, also, flappingWindowMs / 1_000, flappingLimit],
  });
  return rows.map(({ is_known: isKnown, ...row }) => ({ ...row, isKnown }));
}

/** The number of the newest alert; 0 where there is none. */
export async function newestAlertId(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ id: number }>('select coalesce(max(id), 0) as id from alert');
  return rows[0]?.id ?? 0;
}

/**
 * Marks episodes, in the caller's transaction. Who holds one of them is not waited for: batches lock several at once in an
 * order of their own.
 * @returns those that are marked now, with the incident each is in
 */
export async function markFlapping(db: Queryable, ids: readonly number[]): Promise<ReadonlyMap<number, number | null>> {
  const { rows } = await db.query<{ id: number; incident_id: number | null }>({
    name: 'alert_mark_flapping',
    text: `with free as (
        select id from alert where id = any($1::bigint[]) order by id for no key update skip locked)
      update alert a set is_flapping = true from free where a.id = free.id returning a.id, a.incident_id`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, row.incident_id]));
}

/** Which of these incidents have an alert that flapped and has not been quiet since `since`, epoch milliseconds. */
export async function flappingIncidents(
  db: Queryable,
  incidentIds: readonly number[],
  since: number,
): Promise<ReadonlySet<number>> {
  const { rows } = await db.query<{ incident_id: number }>({
    name: 'incident_flapping',
    text: `select distinct incident_id from alert
            where incident_id = any($1::bigint[]) and is_flapping and (ends_at is null or ends_at > $2::timestamptz)`,
    values: [incidentIds, timeParameter(since)],
  });
  return new Set(rows.map((row) => row.incident_id));
}
