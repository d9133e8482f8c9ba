import { withFields } from '../domain/customField.js';
import { DomainFailure } from '../domain/errors.js';
import type { Actor } from '../domain/event.js';
import type { Incident } from '../domain/incident.js';
import type { IncidentTypeDefinition } from '../domain/incidentType.js';
import { priorityOf } from '../domain/priority.js';
import type { Viewer } from '../domain/role.js';
import type { EditedFields } from '../domain/transitionEdit.js';
import { planStatus, statusAfter } from '../domain/workflow.js';
import { assertVersion, lockOne, writeTransition } from './incidentCommands.js';
import { allClosingFacts, roleOn } from './incidentWorkflow.js';
import { requiredType, typeDefinition } from './incidentType.js';
import type { IncidentToWrite } from './incidentWrite.js';
import type { Pool, Queryable } from './pool.js';
import { priorityMatrix } from './priorityMatrix.js';
import { inTransaction } from './transaction.js';

export interface FieldChange {
  readonly key: string;
  /** Null takes the value away. */
  readonly value: unknown;
}

/** What is left out stays. Limits of texts are the caller's; values of fields are checked here. */
export interface IncidentPatch extends Omit<EditedFields, 'customFields' | 'priority'> {
  readonly customFields?: readonly FieldChange[];
}

/**
 * Rewrites parts of an incident in the caller's transaction.
 * @throws DomainFailure NOT_FOUND, CONFLICT, INVALID_TRANSITION, INVALID_INPUT naming `customFields.<key>`
 */
export async function editIncident(
  db: Queryable,
  edit: { readonly incidentId: number; readonly patch: IncidentPatch; readonly expectedVersion: number | null },
  actor: Actor,
  now: number,
): Promise<Incident> {
  const locked = await lockOne(db, edit.incidentId);
  assertVersion(locked.incident, edit.expectedVersion);
  return editLocked(db, locked, edit.patch, actor, now);
}

/** As {@link editIncident}, of an incident that is locked already. */
export async function editLocked(
  db: Queryable,
  locked: IncidentToWrite,
  { customFields, ...patch }: IncidentPatch,
  actor: Actor,
  now: number,
): Promise<Incident> {
  const { incident } = locked;
  const { impact = incident.impact, urgency = incident.urgency } = patch;
  const isRated = patch.impact !== undefined || patch.urgency !== undefined;
  const fields: EditedFields = {
    ...patch,
    ...(isRated && { priority: priorityOf(incident.severity, impact, urgency, (await priorityMatrix(db)).cells) }),
    ...(customFields !== undefined && {
      customFields: await fieldsAfter(db, incident, customFields),
    }),
  };
  return writeTransition(db, locked, { type: 'edit', fields }, actor, now);
}

async function fieldsAfter(
  db: Queryable,
  incident: Incident,
  changes: readonly FieldChange[],
): Promise<Incident['customFields']> {
  const definition = await typeDefinition(db, incident.type, incident.typeVersion);
  return checkedFields(db, definition, incident.customFields, changes);
}

/** The record of values after some changes; persons must be there. @throws DomainFailure INVALID_INPUT */
export async function checkedFields(
  db: Queryable,
  definition: IncidentTypeDefinition,
  before: Incident['customFields'],
  changes: readonly FieldChange[],
): Promise<Incident['customFields']> {
  const checked = withFields(definition, before, changes);
  if (!checked.ok) throw new DomainFailure(checked.error);
  const named = definition.fields.filter(
    ({ kind, key }) => kind === 'person' && changes.some((each) => each.key === key),
  );
  for (const { key, title } of named) {
    const handle = checked.value[key];
    if (handle == null) continue;
    const { rowCount } = await db.query('select 1 from person where handle = $1 and is_active', [handle]);
    if (rowCount === 1) continue;
    const message = `${title} must be the handle of a person: there is no ${handle}.`;
    throw new DomainFailure({ code: 'INVALID_INPUT', message, field: `customFields.${key}` });
  }
  return checked.value;
}

export interface StatusChange {
  readonly incidentId: number;
  readonly status: string;
  readonly customFields: readonly FieldChange[];
  readonly expectedVersion: number | null;
}

/**
 * Takes an incident to a status of its workflow, with the fields that the way there requires, all or nothing.
 * @throws DomainFailure NOT_FOUND, CONFLICT, INVALID_TRANSITION, INVALID_INPUT
 */
export function changeIncidentStatus(
  pool: Pool,
  { incidentId, status, customFields, expectedVersion }: StatusChange,
  viewer: Viewer,
  actor: Actor,
  now: number,
): Promise<Incident> {
  return inTransaction(pool, async (db) => {
    const before = await lockOne(db, incidentId);
    assertVersion(before.incident, expectedVersion);
    // The way to a status asks for fields; without a way it would be an edit, by people who may not edit.
    if (customFields.length > 0 && before.incident.status === status) {
      const message =
        'Fields go with a change of the status, and this is its status already: edit the incident instead.';
      throw new DomainFailure({ code: 'INVALID_INPUT', message, field: 'customFields' });
    }
    if (customFields.length > 0) await editLocked(db, before, { customFields }, actor, now);
    const locked = customFields.length > 0 ? await lockOne(db, incidentId) : before;
    const { incident } = locked;
    const definition = await typeDefinition(db, incident.type, incident.typeVersion);
    const role = await roleOn(db, viewer, incident);
    const plan = planStatus(definition, incident, status, role, await allClosingFacts(db, incident, definition));
    if (!plan.ok) throw new DomainFailure(plan.error);
    return writeTransition(db, locked, { type: 'changeStatus', status: plan.status, by: plan.command }, actor, now);
  });
}

/**
 * Makes it an incident of another type, by that one's newest version.
 * @throws DomainFailure NOT_FOUND, CONFLICT, INVALID_TRANSITION, INVALID_INPUT naming `type`
 */
export async function changeIncidentType(
  db: Queryable,
  change: { readonly incidentId: number; readonly type: string; readonly expectedVersion: number | null },
  actor: Actor,
  now: number,
): Promise<Incident> {
  const locked = await lockOne(db, change.incidentId);
  assertVersion(locked.incident, change.expectedVersion);
  const { incident } = locked;
  const type = await requiredType(db, change.type);
  if (type.isArchived && type.key !== incident.type) {
    const message = `The type ${type.title} is archived: choose another.`;
    throw new DomainFailure({ code: 'INVALID_INPUT', message, field: 'type' });
  }
  const { workflow } = await typeDefinition(db, type.key, type.version);
  const status = statusAfter(workflow, incident.status, incident.phase);
  const command = { type: 'changeType', key: type.key, version: type.version, status } as const;
  const isHidden = type.isRestricted && !incident.isRestricted && type.key !== incident.type;
  const written = await writeTransition(db, locked, command, actor, now);
  // What becomes a matter of security is hidden with it; the way back is a decision of its own.
  return isHidden ? editLocked(db, await lockOne(db, incident.id), { isRestricted: true }, actor, now) : written;
}
