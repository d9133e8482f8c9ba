import { reaches } from '@tocsin/schema/domain/closing';
import type { Incident } from '@tocsin/schema/domain/incident';
import { incidentRoles } from '@tocsin/schema/domain/incidentRole';
import type { IncidentType, IncidentTypeDefinition } from '@tocsin/schema/domain/incidentType';
import { planStatus } from '@tocsin/schema/domain/workflow';
import { IncidentObject } from '@tocsin/schema/graphql/incident';
import { allClosingFacts, obstaclesOf, roleOn } from '@tocsin/schema/postgres/incidentWorkflow';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';

function definitionOf({ loaders }: ApiContext, incident: Incident): Promise<IncidentTypeDefinition> {
  return loaders.typeDefinition.load({ type: incident.type, version: incident.typeVersion });
}

@Resolver(() => IncidentObject)
export class IncidentWorkFieldsResolver {
  @FieldResolver()
  async type(@Root() { type }: Incident, @Ctx() { loaders }: ApiContext): Promise<IncidentType> {
    const found = await loaders.incidentType.load(type);
    if (found === null) throw new Error(`There is no type ${type}, though an incident has it.`);
    return found;
  }

  @FieldResolver()
  async status(@Root() incident: Incident, @Ctx() context: ApiContext): Promise<object> {
    const { statuses } = (await definitionOf(context, incident)).workflow;
    // Merged and dismissed stand outside of every workflow, and rows from before there were types name their phase.
    const { status: key, phase } = incident;
    return statuses.find((status) => status.key === key) ?? { key, title: key, phase };
  }

  @FieldResolver()
  async nextStatuses(@Root() incident: Incident, @Ctx() context: ApiContext): Promise<readonly object[]> {
    if (incident.phase === 'merged' || incident.phase === 'dismissed') return [];
    const { pool } = context.services;
    const definition = await definitionOf(context, incident);
    const { statuses, transitions } = definition.workflow;
    const arrows = transitions.filter(({ from }) => from === incident.status);
    const [role, facts] = await Promise.all([
      roleOn(pool, context.viewer, incident),
      allClosingFacts(pool, incident, definition),
    ]);
    // Fields can be given on the way.
    const without = { ...definition.workflow, transitions: arrows.map((arrow) => ({ ...arrow, requires: [] })) };
    return arrows.flatMap(({ to, requires }) => {
      const status = statuses.find(({ key }) => key === to);
      if (status === undefined) return [];
      const plan = planStatus({ ...definition, workflow: without }, incident, to, role, facts);
      return [{ status, isAllowed: plan.ok, because: plan.ok ? null : plan.error.message, requires }];
    });
  }

  @FieldResolver()
  async customFields(@Root() incident: Incident, @Ctx() context: ApiContext): Promise<readonly object[]> {
    const { fields } = await definitionOf(context, incident);
    return fields.map(({ key, title, kind, choices }) => {
      const value = incident.customFields[key];
      return { key, title, kind, choices, value: value == null ? null : String(value) };
    });
  }

  @FieldResolver()
  async roles(@Root() incident: Incident, @Ctx() context: ApiContext): Promise<readonly object[]> {
    const { loaders } = context;
    const [{ roles }, holders, ticks] = await Promise.all([
      definitionOf(context, incident),
      loaders.roleHolders.load(incident.id),
      loaders.checklistTicks.load(incident.id),
    ]);
    return incidentRoles.map((role) => {
      const requirement = roles.find((each) => each.role === role);
      return {
        role,
        isRequired: reaches(incident.severity, requirement?.requiredFrom ?? null),
        holders: holders.filter((each) => each.role === role),
        checklist: (requirement?.checklist ?? []).map((item) => {
          const tick = ticks.find((each) => each.role === role && each.item === item.key);
          return { ...item, tickedBy: tick?.tickedBy ?? null, tickedAt: tick?.tickedAt ?? null };
        }),
      };
    });
  }

  @FieldResolver()
  async closingObstacles(@Root() incident: Incident, @Ctx() context: ApiContext): Promise<readonly string[]> {
    if (incident.phase === 'merged' || incident.phase === 'dismissed' || incident.phase === 'closed') return [];
    return obstaclesOf(context.services.pool, incident, await definitionOf(context, incident));
  }
}
