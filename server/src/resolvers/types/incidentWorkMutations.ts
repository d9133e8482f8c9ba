import type { Incident } from '@tocsin/schema/domain/incident';
import type { IncidentRole } from '@tocsin/schema/domain/incidentRole';
import { isAtLeast } from '@tocsin/schema/domain/role';
import { IncidentRoleEnum } from '@tocsin/schema/graphql/enums';
import { IncidentObject } from '@tocsin/schema/graphql/incident';
import { CustomFieldValueInput, IncidentPatchInput } from '@tocsin/schema/graphql/inputs';
import { executeCommand, lockOne } from '@tocsin/schema/postgres/incidentCommands';
import { changeIncidentStatus, changeIncidentType, editIncident } from '@tocsin/schema/postgres/incidentEdit';
import { assignRole, removeRole, type RoleAssignment, tickChecklist } from '@tocsin/schema/postgres/incidentRole';
import { typeDefinition } from '@tocsin/schema/postgres/incidentType';
import { roleOn } from '@tocsin/schema/postgres/incidentWorkflow';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { ApiFailure } from '../../errors.js';
import { fieldChanges, longest, patchOf } from '../incidentInput.js';
import { requiredId, requiredText } from '../input.js';

const versionArg = ['expectedVersion', () => Int, { nullable: true }] as const;

@Resolver()
export class IncidentWorkMutationsResolver {
  @Mutation(() => IncidentObject)
  triageIncident(
    @Arg('id', () => ID) id: string,
    @Arg(...versionArg) expectedVersion: number | null | undefined,
    @Ctx() { services, actor, viewer }: ApiContext,
  ): Promise<Incident> {
    const incidentId = requiredId('incident', id);
    const version = expectedVersion ?? null;
    return executeCommand(services.pool, incidentId, { type: 'triage' }, actor, Date.now(), version, viewer);
  }

  @Mutation(() => IncidentObject, {
    description: 'By the workflow of its type; `customFields` for what the way there requires.',
  })
  changeIncidentStatus(
    @Arg('id', () => ID) id: string,
    @Arg('status', () => String) status: string,
    @Arg('customFields', () => [CustomFieldValueInput], { nullable: true })
    customFields: readonly CustomFieldValueInput[] | null | undefined,
    @Arg(...versionArg) expectedVersion: number | null | undefined,
    @Ctx() { services, actor, viewer }: ApiContext,
  ): Promise<Incident> {
    const change = {
      incidentId: requiredId('incident', id),
      status,
      customFields: fieldChanges(customFields ?? []),
      expectedVersion: expectedVersion ?? null,
    };
    return changeIncidentStatus(services.pool, change, viewer, actor, Date.now());
  }

  @Mutation(() => IncidentObject, {
    description: 'Not for phases, severity and assignee, which have mutations of their own.',
  })
  editIncident(
    @Arg('id', () => ID) id: string,
    @Arg('patch', () => IncidentPatchInput) input: IncidentPatchInput,
    @Arg(...versionArg) expectedVersion: number | null | undefined,
    @Ctx() { services, actor }: ApiContext,
  ): Promise<Incident> {
    const now = Date.now();
    const incidentId = requiredId('incident', id);
    const edit = { incidentId, patch: patchOf(input, now), expectedVersion: expectedVersion ?? null };
    return inTransaction(services.pool, (db) => editIncident(db, edit, actor, now));
  }

  @Mutation(() => IncidentObject, { description: "By that type's newest version; the phase stays." })
  changeIncidentType(
    @Arg('id', () => ID) id: string,
    @Arg('type', () => String) type: string,
    @Arg(...versionArg) expectedVersion: number | null | undefined,
    @Ctx() { services, actor }: ApiContext,
  ): Promise<Incident> {
    const change = {
      incidentId: requiredId('incident', id),
      type: requiredText('type', type, longest.name),
      expectedVersion: expectedVersion ?? null,
    };
    return inTransaction(services.pool, (db) => changeIncidentType(db, change, actor, Date.now()));
  }

  @Mutation(() => IncidentObject, {
    description: 'A manager, a communicator and a reviewer there is one of: who held it gives it up.',
  })
  assignIncidentRole(
    @Arg('id', () => ID) id: string,
    @Arg('role', () => IncidentRoleEnum) role: IncidentRole,
    @Arg('personId', () => ID) personId: string,
    @Ctx() context: ApiContext,
  ): Promise<Incident> {
    const assignment = assignmentOf(id, role, personId);
    return withLock(context, assignment.incidentId, async (db, incident) => {
      await assertMayAssign(db, context, incident, assignment);
      await assignRole(db, assignment, context.actor, Date.now());
    });
  }

  @Mutation(() => IncidentObject)
  removeIncidentRole(
    @Arg('id', () => ID) id: string,
    @Arg('role', () => IncidentRoleEnum) role: IncidentRole,
    @Arg('personId', () => ID) personId: string,
    @Ctx() context: ApiContext,
  ): Promise<Incident> {
    const assignment = assignmentOf(id, role, personId);
    return withLock(context, assignment.incidentId, (db) => removeRole(db, assignment, context.actor, Date.now()));
  }

  @Mutation(() => IncidentObject)
  tickChecklist(
    @Arg('id', () => ID) id: string,
    @Arg('role', () => IncidentRoleEnum) role: IncidentRole,
    @Arg('item', () => String) item: string,
    @Arg('isTicked', () => Boolean) isTicked: boolean,
    @Ctx() context: ApiContext,
  ): Promise<Incident> {
    const incidentId = requiredId('incident', id);
    return withLock(context, incidentId, async (db, { type, typeVersion }) => {
      const definition = await typeDefinition(db, type, typeVersion);
      await tickChecklist(db, { incidentId, role, item, isTicked }, definition, context.actor, Date.now());
    });
  }
}

function assignmentOf(id: string, role: IncidentRole, personId: string): RoleAssignment {
  return { incidentId: requiredId('incident', id), role, personId: requiredId('person', personId) };
}

/** Who named themselves reviewer would approve what asks for a second person. @throws ApiFailure FORBIDDEN */
async function assertMayAssign(
  db: Queryable,
  { viewer }: ApiContext,
  incident: Incident,
  { role, personId }: RoleAssignment,
): Promise<void> {
  if (role !== 'reviewer' || personId !== viewer.personId) return;
  if (isAtLeast(await roleOn(db, viewer, incident), 'manager')) return;
  throw new ApiFailure('FORBIDDEN', 'Only a manager takes the review on themselves: let somebody else name you.');
}

/** Works on a locked incident, which overrides nobody's decision: its version stays. */
function withLock(
  { services }: ApiContext,
  incidentId: number,
  work: (db: Queryable, incident: Incident) => Promise<void>,
): Promise<Incident> {
  return inTransaction(services.pool, async (db) => {
    const { incident } = await lockOne(db, incidentId);
    await work(db, incident);
    return incident;
  });
}
