import { changesBeforeMs, mostOnTimeline, timelineReason, type ChangeEvent } from '../domain/change.js';
import type { NewEvent } from '../domain/event.js';
import type { Incident } from '../domain/incident.js';
import { changesAround, changesById, changeScopes } from './changeList.js';
import { isOpenSql } from './incidentListFilter.js';
import { incidentColumns, incidentOfRow, timeParameter, type IncidentRow } from './incidentRow.js';
import { appendEvents } from './log.js';
import type { Queryable } from './pool.js';

/** The newest open ones; whoever has more open has other worries than a deploy. */
export const mostIncidents = 200;

/** Puts a change on the timelines of the incidents that are open and that it may have to do with. */
export async function placeChange(db: Queryable, changeId: number): Promise<void> {
  const [change] = await changesById(db, [changeId]);
  if (change === undefined) return;
  const { rows } = await db.query<IncidentRow>({
    name: 'change_open_incidents',
    text: `select ${incidentColumns} from incident where ${isOpenSql} and impact_started_at <= $1::timestamptz
            order by id desc limit ${mostIncidents}`,
    values: [timeParameter(change.occurredAt + changesBeforeMs)],
  });
  await place(db, rows.map(incidentOfRow), () => [change]);
}

/** Puts what was done in the hours before them on the timelines of incidents that have opened as `(after, until]`. */
export async function placeChangesBefore(db: Queryable, after: number, until: number): Promise<void> {
  if (after >= until) return;
  const { rows } = await db.query<IncidentRow>({
    name: 'change_new_incidents',
    text: `select ${incidentColumns} from incident where id > $1 and id <= $2 and ${isOpenSql} order by id desc limit ${mostIncidents}`,
    values: [after, until],
  });
  const incidents = rows.map(incidentOfRow);
  if (incidents.length === 0) return;
  const around = await changesAround(db, incidents);
  if (around.size > 0) await place(db, incidents, ({ id }) => around.get(id) ?? []);
}

/** The number of the newest incident; 0 where there is none. */
export async function newestIncidentId(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ id: number }>('select coalesce(max(id), 0) as id from incident');
  return rows[0]?.id ?? 0;
}

interface Wanted {
  readonly incidentId: number;
  readonly change: ChangeEvent;
  readonly reason: string;
}

async function place(
  db: Queryable,
  incidents: readonly Incident[],
  changesOf: (incident: Incident) => readonly ChangeEvent[],
): Promise<void> {
  const scopes = await changeScopes(db, incidents);
  const wanted = incidents.flatMap((incident, index): Wanted[] => {
    const scope = scopes[index];
    if (scope === undefined) return [];
    return changesOf(incident)
      .flatMap((change) => {
        const reason = timelineReason(change, scope);
        return reason === null ? [] : [{ incidentId: incident.id, change, reason }];
      })
      .toSorted((a, b) => b.change.occurredAt - a.change.occurredAt)
      .slice(0, mostOnTimeline);
  });
  if (wanted.length === 0) return;
  const added = await addIncidentChanges(db, wanted);
  const senders = await senderNames(db, wanted);
  const events = wanted
    .filter(({ incidentId, change }) => added.has(`${incidentId} ${change.id}`))
    .toSorted((a, b) => a.change.occurredAt - b.change.occurredAt)
    .map((each) => eventOf(each, senders.get(each.change.integrationId) ?? ''));
  await appendEvents(db, events);
}

/** Those that were not there, up to as many as one timeline takes. */
async function addIncidentChanges(db: Queryable, wanted: readonly Wanted[]): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ incident_id: number; change_id: number }>({
    name: 'incident_change_add',
    text: `insert into incident_change (incident_id, change_id)
      select w.incident_id, w.change_id from unnest($1::bigint[], $2::bigint[]) as w (incident_id, change_id)
       where (select count(*) from incident_change c where c.incident_id = w.incident_id) < ${mostOnTimeline}
       order by 1, 2
      on conflict do nothing returning incident_id, change_id`,
    values: [wanted.map(({ incidentId }) => incidentId), wanted.map(({ change }) => change.id)],
  });
  return new Set(rows.map((row) => `${row.incident_id} ${row.change_id}`));
}

async function senderNames(db: Queryable, wanted: readonly Wanted[]): Promise<ReadonlyMap<number, string>> {
  const { rows } = await db.query<{ id: number; name: string }>({
    name: 'incident_change_senders',
    text: 'select id, name from integration where id = any($1::bigint[])',
    values: [[...new Set(wanted.map(({ change }) => change.integrationId))]],
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function eventOf({ incidentId, change, reason }: Wanted, sender: string): NewEvent {
  const { id: changeId, title, service, environment, occurredAt } = change;
  return {
    kind: 'incident.changeFound',
    incidentId,
    alertId: null,
    actor: { kind: 'sender', name: sender },
    occurredAt,
    data: { changeId, title, service, environment, reason },
  };
}
