import { environmentKey } from '@tocsin/schema/domain/deriveEnvironment';
import type { DismissReason, Incident } from '@tocsin/schema/domain/incident';
import type { Severity } from '@tocsin/schema/domain/severity';
import type { IncidentCommand } from '@tocsin/schema/domain/transition';
import { DismissReasonEnum, SeverityEnum } from '@tocsin/schema/graphql/enums';
import { IncidentObject } from '@tocsin/schema/graphql/incident';
import { CreateIncidentInput } from '@tocsin/schema/graphql/inputs';
import { createIncident, executeCommand } from '@tocsin/schema/postgres/incidentCommands';
import { mergeIncidents } from '@tocsin/schema/postgres/incidentMerge';
import { moveAlerts } from '@tocsin/schema/postgres/incidentMoveAlerts';
import { splitIncident } from '@tocsin/schema/postgres/incidentSplit';
import { unmergeIncident } from '@tocsin/schema/postgres/incidentUnmerge';
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql';
import type { ApiContext } from '../context.js';
import { invalidInput } from '../errors.js';
import { idList, optionalText, requiredId, requiredText, textList } from './input.js';

const longest = { title: 200, text: 20_000, name: 100 } as const;
const most = { services: 50, merged: 100, split: 500 } as const;
/** Clocks differ; an impact that begins later than this is a typing error. */
const futureMs = 5 * 60_000;
const earliestImpact = Date.UTC(2000, 0, 1);

const versionArg = ['expectedVersion', () => Int, { nullable: true }] as const;

function execute(
  { services, actor }: ApiContext,
  id: string,
  command: IncidentCommand,
  expectedVersion: number | null | undefined,
): Promise<Incident> {
  return executeCommand(services.pool, requiredId('incident', id), command, actor, Date.now(), expectedVersion ?? null);
}

@Resolver()
export class IncidentMutationsResolver {
  @Mutation(() => IncidentObject)
  createIncident(
    @Arg('input', () => CreateIncidentInput) input: CreateIncidentInput,
    @Ctx() { services, actor }: ApiContext,
  ): Promise<Incident> {
    const now = Date.now();
    const impactStartedAt = input.impactStartedAt ?? now;
    if (impactStartedAt > now + futureMs || impactStartedAt < earliestImpact) {
      throw invalidInput('impactStartedAt', 'impactStartedAt must lie between the year 2000 and now.');
    }
    const report = {
      title: requiredText('title', input.title, longest.title),
      description: optionalText('description', input.description, longest.text),
      severity: input.severity,
      type: input.type ?? 'operational',
      services: textList('services', input.services, most.services, longest.title),
      environment: environmentKey(optionalText('environment', input.environment, longest.name)),
      team: optionalText('team', input.team, longest.name),
      impactStartedAt,
    };
    return createIncident(services.pool, report, actor, now);
  }

  @Mutation(() => IncidentObject)
  acknowledgeIncident(
    @Arg('id', () => ID) id: string,
    @Arg(...versionArg) expectedVersion: number | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<Incident> {
    return execute(context, id, { type: 'acknowledge' }, expectedVersion);
  }

  @Mutation(() => IncidentObject, { description: '`assignee` null takes the assignment away.' })
  assignIncident(
    @Arg('id', () => ID) id: string,
    @Arg('assignee', () => String, { nullable: true }) assignee: string | null | undefined,
    @Arg(...versionArg) expectedVersion: number | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<Incident> {
    const name = optionalText('assignee', assignee, longest.name);
    return execute(context, id, { type: 'assign', assignee: name }, expectedVersion);
  }

  @Mutation(() => IncidentObject)
  changeIncidentSeverity(
    @Arg('id', () => ID) id: string,
    @Arg('severity', () => SeverityEnum) severity: Severity,
    @Arg(...versionArg) expectedVersion: number | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<Incident> {
    return execute(context, id, { type: 'changeSeverity', severity }, expectedVersion);
  }

  @Mutation(() => IncidentObject)
  addIncidentNote(
    @Arg('id', () => ID) id: string,
    @Arg('text', () => String) text: string,
    @Ctx() context: ApiContext,
  ): Promise<Incident> {
    return execute(context, id, { type: 'note', text: requiredText('text', text, longest.text) }, null);
  }

  @Mutation(() => IncidentObject)
  mitigateIncident(
    @Arg('id', () => ID) id: string,
    @Arg(...versionArg) expectedVersion: number | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<Incident> {
    return execute(context, id, { type: 'mitigate' }, expectedVersion);
  }

  @Mutation(() => IncidentObject)
  resolveIncident(
    @Arg('id', () => ID) id: string,
    @Arg(...versionArg) expectedVersion: number | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<Incident> {
    return execute(context, id, { type: 'resolve' }, expectedVersion);
  }

  @Mutation(() => IncidentObject)
  reopenIncident(
    @Arg('id', () => ID) id: string,
    @Arg(...versionArg) expectedVersion: number | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<Incident> {
    return execute(context, id, { type: 'reopen' }, expectedVersion);
  }

  @Mutation(() => IncidentObject)
  closeIncident(
    @Arg('id', () => ID) id: string,
    @Arg(...versionArg) expectedVersion: number | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<Incident> {
    return execute(context, id, { type: 'close' }, expectedVersion);
  }

  @Mutation(() => IncidentObject)
  dismissIncident(
    @Arg('id', () => ID) id: string,
    @Arg('reason', () => DismissReasonEnum) reason: DismissReason,
    @Arg('comment', () => String, { nullable: true }) comment: string | null | undefined,
    @Arg(...versionArg) expectedVersion: number | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<Incident> {
    const text = optionalText('comment', comment, longest.text);
    return execute(context, id, { type: 'dismiss', reason, comment: text }, expectedVersion);
  }

  @Mutation(() => IncidentObject, {
    description: 'Moves the alerts of `ids` into `into` and ends the sources as merged. Returns the target.',
  })
  mergeIncidents(
    @Arg('ids', () => [ID]) ids: readonly string[],
    @Arg('into', () => ID) into: string,
    @Ctx() { services, actor }: ApiContext,
  ): Promise<Incident> {
    const sources = idList('ids', 'incident', ids, most.merged);
    return mergeIncidents(services.pool, sources, requiredId('incident', into), actor, Date.now());
  }

  @Mutation(() => IncidentObject, { description: 'Takes alerts out into a new incident, which is returned.' })
  splitIncident(
    @Arg('id', () => ID) id: string,
    @Arg('alertIds', () => [ID]) alertIds: readonly string[],
    @Arg('title', () => String, { nullable: true }) title: string | null | undefined,
    @Ctx() { services, actor }: ApiContext,
  ): Promise<Incident> {
    const alerts = idList('alertIds', 'alert', alertIds, most.split);
    const name = optionalText('title', title, longest.title);
    return splitIncident(services.pool, requiredId('incident', id), alerts, name, actor, Date.now());
  }

  @Mutation(() => IncidentObject, {
    description: 'Moves alerts into another open incident; what fires again later follows them. Returns the target.',
  })
  moveAlerts(
    @Arg('alertIds', () => [ID]) alertIds: readonly string[],
    @Arg('into', () => ID) into: string,
    @Ctx() { services, actor }: ApiContext,
  ): Promise<Incident> {
    const ids = idList('alertIds', 'alert', alertIds, most.split);
    return moveAlerts(services.pool, ids, requiredId('incident', into), actor, Date.now());
  }

  @Mutation(() => IncidentObject, {
    description:
      'Takes a merge back: the alerts that came with it leave again. Returns the incident that goes on by itself.',
  })
  unmergeIncident(@Arg('id', () => ID) id: string, @Ctx() { services, actor }: ApiContext): Promise<Incident> {
    return unmergeIncident(services.pool, requiredId('incident', id), actor, Date.now());
  }
}
