import { DomainFailure } from '../domain/errors.js';
import type { Actor, EventData, EventKind } from '../domain/event.js';
import { isOpenPhase } from '../domain/incident.js';
import { assertVersion, lockOne } from './incidentCommands.js';
import { timeParameter } from './incidentRow.js';
import { appendEvents } from './log.js';
import type { Pool, Queryable } from './pool.js';
import { addTimers, cancelTimers } from './timer.js';
import { inTransaction } from './transaction.js';

export interface Snooze {
  /** Epoch milliseconds; null: until something happens. */
  readonly until: number | null;
  /** What ends it sooner; null: only the time does. */
  readonly kinds: readonly EventKind[] | null;
  readonly by: string;
}

/** The snoozes of those incidents that are snoozed. */
export async function snoozesOf(db: Queryable, incidentIds: readonly number[]): Promise<ReadonlyMap<number, Snooze>> {
  const { rows } = await db.query<{
    id: number;
    snoozed_until: number | null;
    snoozed_kinds: EventKind[] | null;
    snoozed_by: string;
  }>({
    name: 'snoozes',
    text: `select id, snoozed_until, snoozed_kinds, snoozed_by from incident
            where id = any($1::bigint[]) and snoozed_by is not null`,
    values: [incidentIds],
  });
  return new Map(
    rows.map(({ id, snoozed_until: until, snoozed_kinds: kinds, snoozed_by: by }) => [id, { until, kinds, by }]),
  );
}

/**
 * Nobody needs to see the incident until then. Snoozing again replaces the snooze before.
 * @throws DomainFailure NOT_FOUND, CONFLICT, INVALID_TRANSITION
 */
export async function snoozeIncident(
  pool: Pool,
  incidentId: number,
  snooze: Omit<Snooze, 'by'>,
  {
    actor,
    now,
    expectedVersion,
  }: { readonly actor: Actor; readonly now: number; readonly expectedVersion: number | null },
): Promise<void> {
  await inTransaction(pool, async (db) => {
    const { incident } = await lockOne(db, incidentId);
    assertVersion(incident, expectedVersion);
    if (!isOpenPhase(incident.phase)) {
      const message = `INC-${incidentId} is ${incident.phase}: only an open incident can be snoozed.`;
      throw new DomainFailure({ code: 'INVALID_TRANSITION', message, phase: incident.phase, command: 'snooze' });
    }
    const { until, kinds } = snooze;
    await db.query({
      name: 'snooze',
      text: `update incident set snoozed_until = $2::timestamptz, snoozed_kinds = $3::text[], snoozed_by = $4, touched_at = $5::timestamptz,
                    version = version + 1, updated_at = $5::timestamptz where id = $1`,
      values: [incidentId, until === null ? null : timeParameter(until), kinds, actor.name, timeParameter(now)],
    });
    await appendEvents(db, [
      { kind: 'incident.snoozed', incidentId, alertId: null, actor, occurredAt: now, data: { until, kinds } },
    ]);
    await cancelTimers(db, 'incident.wake', [String(incidentId)]);
    if (until !== null) await addTimers(db, [{ kind: 'incident.wake', key: String(incidentId), dueAt: until }]);
  });
}

export interface Waking extends Pick<EventData['incident.woke'], 'because' | 'kind'> {
  readonly incidentId: number;
  readonly actor: Actor;
}

/** Ends snoozes, of those that are snoozed; whoever is to be woken for them is woken by the event. @returns which they were */
export async function wakeIncidents(
  db: Queryable,
  wakings: readonly Waking[],
  now: number,
): Promise<readonly number[]> {
  if (wakings.length === 0) return [];
  const { rows } = await db.query<{ id: number }>({
    name: 'wake',
    text: `update incident i set snoozed_until = null, snoozed_kinds = null, snoozed_by = null,
                  version = version + 1, updated_at = $2::timestamptz
             from (select id from incident where id = any($1::bigint[]) and snoozed_by is not null order by id for update) s
            where i.id = s.id returning i.id`,
    values: [wakings.map(({ incidentId }) => incidentId), timeParameter(now)],
  });
  const woken = new Set(rows.map(({ id }) => id));
  await cancelTimers(db, 'incident.wake', [...woken].map(String));
  await appendEvents(
    db,
    wakings.flatMap(({ incidentId, actor, because, kind }) =>
      woken.delete(incidentId)
        ? [
            {
              kind: 'incident.woke',
              incidentId,
              alertId: null,
              actor,
              occurredAt: now,
              data: { because, kind },
            } as const,
          ]
        : [],
    ),
  );
  return rows.map(({ id }) => id);
}
