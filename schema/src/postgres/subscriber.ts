import { timeParameter } from './incidentRow.js';
import { requireIncident } from './incidentWork.js';
import type { Queryable } from './pool.js';
import { visibleToPerson } from './visibleIncidents.js';

/** Who takes part now follows the incident, unless they asked to be left alone. */
export async function subscribe(
  db: Queryable,
  incidentId: number,
  personIds: readonly number[],
  now: number,
): Promise<void> {
  if (personIds.length === 0) return;
  await db.query({
    name: 'subscriber_add',
    text: `insert into incident_subscriber (incident_id, person_id, since)
           select $1, id, $3::timestamptz from unnest($2::bigint[]) as id order by id on conflict do nothing`,
    values: [incidentId, personIds, timeParameter(now)],
  });
}

/** What somebody decided for themselves. @throws DomainFailure NOT_FOUND */
export async function setSubscribed(
  db: Queryable,
  incidentId: number,
  personId: number,
  isSubscribed: boolean,
  now: number,
): Promise<void> {
  await requireIncident(db, incidentId);
  await db.query(
    `insert into incident_subscriber (incident_id, person_id, is_subscribed, since) values ($1, $2, $3, $4::timestamptz)
     on conflict (incident_id, person_id) do update set is_subscribed = excluded.is_subscribed, since = excluded.since`,
    [incidentId, personId, isSubscribed, timeParameter(now)],
  );
}

export interface Subscriber {
  readonly incidentId: number;
  readonly personId: number;
}

/** Those who may see the incident still. */
export async function subscribersOf(db: Queryable, incidentIds: readonly number[]): Promise<readonly Subscriber[]> {
  const { rows } = await db.query<Subscriber>({
    name: 'subscriber_of',
    text: `select s.incident_id as "incidentId", s.person_id as "personId" from incident_subscriber s
             join person p on p.id = s.person_id and p.is_active join incident i on i.id = s.incident_id
            where s.incident_id = any($1::bigint[]) and s.is_subscribed and ${visibleToPerson('i', 'p')} order by s.incident_id, s.since, s.person_id`,
    values: [incidentIds],
  });
  return rows;
}
