import type { Subject } from '../domain/permissionSubject.js';
import type { Queryable } from './pool.js';

export type IncidentSubject = Subject & { readonly kind: 'incident' };

interface IncidentSubjectRow {
  readonly id: number;
  readonly team: string | null;
  readonly is_restricted: boolean;
  readonly assignee: string | null;
  readonly reporter: string | null;
  readonly holders: readonly string[];
  readonly paged: readonly string[];
  readonly reported: readonly string[];
  readonly reviewer: string | null;
}

/** What decides about the incidents of these ids, by id; those that are not there are left out. */
export async function incidentSubjects(
  db: Queryable,
  ids: readonly number[],
): Promise<ReadonlyMap<number, IncidentSubject>> {
  const { rows } = await db.query<IncidentSubjectRow>({
    name: 'incident_subjects',
    text: `select i.id, i.team, i.is_restricted, i.assignee, i.reporter,
             array(select p.handle from incident_role r join person p on p.id = r.person_id
                    where r.incident_id = i.id and r.role <> 'reporter') as holders,
             array(select p.handle from incident_role r join person p on p.id = r.person_id
                    where r.incident_id = i.id and r.role = 'reporter') as reported,
             (select p.handle from incident_role r join person p on p.id = r.person_id
               where r.incident_id = i.id and r.role = 'reviewer' limit 1) as reviewer,
             array(select distinct p.handle from page g join person p on p.id = g.person_id where g.incident_id = i.id) as paged
        from incident i where i.id = any($1::bigint[])`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, subjectOf(row)]));
}

function subjectOf(row: IncidentSubjectRow): IncidentSubject {
  const engaged = new Set([...row.holders, ...row.paged, ...(row.assignee === null ? [] : [row.assignee])]);
  const reporters = [...row.reported, ...(row.reporter === null ? [] : [row.reporter])];
  return {
    kind: 'incident',
    team: row.team,
    isRestricted: row.is_restricted,
    engaged: [...engaged],
    participants: [...new Set([...engaged, ...reporters])],
    reporter: row.reporter ?? row.reported[0] ?? null,
    reviewer: row.reviewer,
  };
}

/** What hangs on an incident: its table, and who counts as its author. */
const things = {
  note: ['note', 'array[author]'],
  task: ['task', 'array[created_by, assignee]'],
  attachment: ['attachment', 'array[uploaded_by]'],
  pin: ['pin', 'array[pinned_by]'],
  link: ['incident_link', 'array[added_by]'],
  incidentRunbook: ['incident_runbook', 'array[attached_by]'],
  // Whoever rewrote it wrote it too, or an author would need no second person.
  update: ['stakeholder_update', 'array[author] || editors'],
  review: ['review', 'array[author]'],
  actionItem: ['action_item', 'array[created_by, owner]'],
} as const;
export type ThingOfIncident = keyof typeof things;

export function isThingOfIncident(kind: string): kind is ThingOfIncident {
  return Object.hasOwn(things, kind);
}

/** The incident of a thing and the thing's authors; null where there is none. */
export async function thingOfIncident(
  db: Queryable,
  kind: ThingOfIncident,
  id: number,
): Promise<{ readonly incidentId: number; readonly authors: readonly string[] } | null> {
  const [table, authors] = things[kind];
  const { rows } = await db.query<{ incident_id: number; authors: readonly string[] }>(
    `select incident_id, array_remove((${authors})::text[], null) as authors from ${table} where id = $1`,
    [id],
  );
  const [row] = rows;
  return row === undefined ? null : { incidentId: row.incident_id, authors: row.authors };
}

/** Whether somebody beside these could decide what they wrote: a manager, or the incident's reviewer. */
export async function othersDecide(db: Queryable, incidentId: number, authors: readonly string[]): Promise<boolean> {
  const { rows } = await db.query<{ others: boolean }>(
    `select exists (select from person p where p.is_active and p.handle <> all($2::text[])
       and (p.role in ('manager', 'admin')
         or exists (select from incident_role r where r.incident_id = $1 and r.role = 'reviewer' and r.person_id = p.id)))
       as others`,
    [incidentId, authors],
  );
  return rows[0]?.others === true;
}

/** What belongs to a team: how its team is found by id, or by name. */
const ofTeam = {
  integration: `select team, null::text as author from integration where id = $1`,
  service: `select team, null::text as author from service where id = $1`,
  serviceByName: `select team, null::text as author from service where name_key = lower(trim($1))`,
  schedule: `select t.name as team, null::text as author from schedule s left join team t on t.id = s.team_id where s.id = $1`,
  override: `select t.name as team, o.created_by as author from schedule_override o
               join schedule s on s.id = o.schedule_id left join team t on t.id = s.team_id where o.id = $1`,
  policy: `select t.name as team, null::text as author from escalation_policy p left join team t on t.id = p.team_id where p.id = $1`,
  channel: `select t.name as team, null::text as author from notification_channel c left join team t on t.id = c.team_id where c.id = $1`,
  runbook: `select t.name as team, null::text as author from runbook b left join team t on t.id = b.team_id where b.id = $1`,
  automationRule: `select t.name as team, null::text as author from automation_rule a left join team t on t.id = a.team_id where a.id = $1`,
} as const;
export type ThingOfTeam = keyof typeof ofTeam;

/** The team of a thing, and who made it where that counts; null where there is none. */
export async function thingOfTeam(
  db: Queryable,
  kind: ThingOfTeam,
  key: number | string,
): Promise<{ readonly team: string | null; readonly authors: readonly string[] } | null> {
  const { rows } = await db.query<{ team: string | null; author: string | null }>(ofTeam[kind], [key]);
  const [row] = rows;
  return row === undefined ? null : { team: row.team, authors: row.author === null ? [] : [row.author] };
}

/** The incidents that these alerts belong to. */
export async function incidentsOfAlerts(db: Queryable, alertIds: readonly number[]): Promise<readonly number[]> {
  const { rows } = await db.query<{ incident_id: number }>(
    'select distinct incident_id from alert where id = any($1::bigint[]) and incident_id is not null',
    [alertIds],
  );
  return rows.map(({ incident_id: id }) => id);
}
