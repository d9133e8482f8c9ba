import { reaches } from '../domain/closing.js';
import { DomainFailure } from '../domain/errors.js';
import type { Actor } from '../domain/event.js';
import type { Incident } from '../domain/incident.js';
import type { IncidentRole } from '../domain/incidentRole.js';
import type { IncidentTypeDefinition } from '../domain/incidentType.js';
import type { IncidentEvent } from '../domain/transition.js';
import { eventsOf } from './incidentEvents.js';
import { appendEvents } from './log.js';
import type { Queryable } from './pool.js';

export interface RoleHolder {
  readonly incidentId: number;
  readonly role: IncidentRole;
  readonly personId: number;
  readonly handle: string;
  readonly name: string;
  readonly assignedBy: string;
  /** Epoch milliseconds. */
  readonly assignedAt: number;
}

export interface ChecklistTick {
  readonly incidentId: number;
  readonly role: IncidentRole;
  readonly item: string;
  readonly tickedBy: string;
  readonly tickedAt: number;
}

export async function roleHolders(db: Queryable, incidentIds: readonly number[]): Promise<readonly RoleHolder[]> {
  const { rows } = await db.query<RoleHolder>({
    name: 'incident_role_holders',
    text: `select r.incident_id as "incidentId", r.role, r.person_id as "personId", p.handle, p.name,
                  r.assigned_by as "assignedBy", r.assigned_at as "assignedAt"
             from incident_role r join person p on p.id = r.person_id
            where r.incident_id = any($1::bigint[]) order by r.assigned_at, p.handle`,
    values: [incidentIds],
  });
  return rows;
}

export async function checklistTicks(db: Queryable, incidentIds: readonly number[]): Promise<readonly ChecklistTick[]> {
  const { rows } = await db.query<ChecklistTick>({
    name: 'incident_checklist_ticks',
    text: `select incident_id as "incidentId", role, item_key as item, ticked_by as "tickedBy", ticked_at as "tickedAt"
             from incident_checklist_tick where incident_id = any($1::bigint[])`,
    values: [incidentIds],
  });
  return rows;
}

/** What closing asks of roles: those that the severity requires and nobody holds, and what is unticked on their lists. */
export async function roleObstacles(
  db: Queryable,
  incident: Pick<Incident, 'id' | 'severity'>,
  definition: IncidentTypeDefinition,
): Promise<{ readonly missingRoles: readonly IncidentRole[]; readonly uncheckedItems: number }> {
  const required = definition.roles.filter(({ requiredFrom }) => reaches(incident.severity, requiredFrom));
  if (required.length === 0) return { missingRoles: [], uncheckedItems: 0 };
  const holders = await roleHolders(db, [incident.id]);
  const ticks = await checklistTicks(db, [incident.id]);
  const isTicked = (role: IncidentRole, key: string): boolean =>
    ticks.some((tick) => tick.role === role && tick.item === key);
  return {
    missingRoles: required.filter(({ role }) => !holders.some((each) => each.role === role)).map(({ role }) => role),
    uncheckedItems: required.flatMap(({ role, checklist }) => checklist.filter(({ key }) => !isTicked(role, key)))
      .length,
  };
}

export interface RoleAssignment {
  readonly incidentId: number;
  readonly role: IncidentRole;
  readonly personId: number;
}

/** One leads, one speaks, one reviews; responders and reporters may be many. */
const single: ReadonlySet<IncidentRole> = new Set(['manager', 'communications', 'reviewer']);

/**
 * Gives a role; whoever held one of which there is only one gives it up. Held already: nothing happens.
 * The caller has locked the incident.
 * @throws DomainFailure INVALID_INPUT for a person who is not there or switched off
 */
export async function assignRole(
  db: Queryable,
  { incidentId, role, personId }: RoleAssignment,
  actor: Actor,
  now: number,
): Promise<void> {
  const handle = await activeHandle(db, personId);
  const holders = (await roleHolders(db, [incidentId])).filter((each) => each.role === role);
  if (holders.some((each) => each.personId === personId)) return;
  const leaving = single.has(role) ? holders : [];
  for (const each of leaving) await removeHolder(db, incidentId, role, each.personId);
  await db.query(
    `insert into incident_role (incident_id, role, person_id, assigned_by, assigned_at)
     values ($1, $2, $3, $4, to_timestamp($5 / 1000.0))`,
    [incidentId, role, personId, actor.name, now],
  );
  const events: readonly IncidentEvent[] = [
    ...leaving.map(({ handle: left }) => ({ kind: 'incident.roleRemoved', data: { role, handle: left } }) as const),
    { kind: 'incident.roleAssigned', data: { role, handle } },
  ];
  if (role === 'reviewer') await nameReviewer(db, incidentId, null, handle);
  await tell(db, incidentId, events, actor, now);
}

/** Who has the role is whom the review is handed to; who gives it up no longer is. What is published stays as it was. */
async function nameReviewer(
  db: Queryable,
  incidentId: number,
  left: string | null,
  named: string | null,
): Promise<void> {
  await db.query(
    `update review set reviewer = $3, version = version + 1 where incident_id = $1 and state <> 'published'
        and reviewer is distinct from $3 and ($2::text is null or reviewer = $2)`,
    [incidentId, left, named],
  );
}

/** Takes a role away; not held: nothing happens. The caller has locked the incident. */
export async function removeRole(
  db: Queryable,
  { incidentId, role, personId }: RoleAssignment,
  actor: Actor,
  now: number,
): Promise<void> {
  const holder = (await roleHolders(db, [incidentId])).find((each) => each.role === role && each.personId === personId);
  if (holder === undefined) return;
  await removeHolder(db, incidentId, role, personId);
  if (role === 'reviewer') await nameReviewer(db, incidentId, holder.handle, null);
  await tell(db, incidentId, [{ kind: 'incident.roleRemoved', data: { role, handle: holder.handle } }], actor, now);
}

async function removeHolder(db: Queryable, incidentId: number, role: IncidentRole, personId: number): Promise<void> {
  const values = [incidentId, role, personId];
  await db.query('delete from incident_role where incident_id = $1 and role = $2 and person_id = $3', values);
}

async function activeHandle(db: Queryable, personId: number): Promise<string> {
  const { rows } = await db.query<{ handle: string; is_active: boolean }>(
    'select handle, is_active from person where id = $1',
    [personId],
  );
  const [person] = rows;
  if (person?.is_active === true) return person.handle;
  const message = person === undefined ? 'There is no such person.' : `${person.handle} is switched off.`;
  throw new DomainFailure({ code: 'INVALID_INPUT', message, field: 'personId' });
}

/** Ticks an item of a role's checklist, or takes the tick away. The caller has locked the incident. */
export async function tickChecklist(
  db: Queryable,
  tick: { readonly incidentId: number; readonly role: IncidentRole; readonly item: string; readonly isTicked: boolean },
  definition: IncidentTypeDefinition,
  actor: Actor,
  now: number,
): Promise<void> {
  const { incidentId, role, item, isTicked } = tick;
  const known = definition.roles.find((each) => each.role === role)?.checklist.find(({ key }) => key === item);
  if (known === undefined) {
    const message = `The checklist of the role ${role} has no item "${item.slice(0, 40)}".`;
    throw new DomainFailure({ code: 'INVALID_INPUT', message, field: 'item' });
  }
  const { rowCount } = isTicked
    ? await db.query(
        `insert into incident_checklist_tick (incident_id, role, item_key, ticked_by, ticked_at)
         values ($1, $2, $3, $4, to_timestamp($5 / 1000.0)) on conflict do nothing`,
        [incidentId, role, item, actor.name, now],
      )
    : await db.query('delete from incident_checklist_tick where incident_id = $1 and role = $2 and item_key = $3', [
        incidentId,
        role,
        item,
      ]);
  if (rowCount === 0) return;
  const data = { role, item: known.text, isTicked };
  await tell(db, incidentId, [{ kind: 'incident.checklistTicked', data }], actor, now);
}

/** It is work on the incident, and overrides nobody's decision: the version stays. */
async function tell(
  db: Queryable,
  incidentId: number,
  events: readonly IncidentEvent[],
  actor: Actor,
  now: number,
): Promise<void> {
  if (actor.kind === 'person') {
    const values = [incidentId, now];
    await db.query('update incident set touched_at = to_timestamp($2 / 1000.0) where id = $1', values);
  }
  await appendEvents(db, eventsOf(incidentId, events, actor, now));
}
