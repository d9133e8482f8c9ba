import { environmentKey } from '@tocsin/schema/domain/deriveEnvironment';
import type { DismissReason, Incident } from '@tocsin/schema/domain/incident';
import type { Severity } from '@tocsin/schema/domain/severity';
import type { IncidentCommand } from '@tocsin/schema/domain/transition';
import { DismissReasonEnum, SeverityEnum } from '@tocsin/schema/graphql/enums';
import { IncidentObject } from '@tocsin/schema/graphql/incident';
import { CreateIncidentInput } from '@tocsin/schema/graphql/inputs';
import { executeCommand } from '@tocsin/schema/postgres/incidentCommands';
import { addNote, longestNote } from '@tocsin/schema/postgres/note';
import { reportIncident } from '@tocsin/schema/postgres/incidentReport';
import { mergeIncidents } from '@tocsin/schema/postgres/incidentMerge';
import { moveAlerts } from '@tocsin/schema/postgres/incidentMoveAlerts';
import { splitIncident } from '@tocsin/schema/postgres/incidentSplit';
import { unmergeIncident } from '@tocsin/schema/postgres/incidentUnmerge';
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql';
import type { ApiContext } from '../context.js';
import { fieldChanges, impactTime, levelOf, longest } from './incidentInput.js';
import { idList, optionalText, requiredId, requiredText, textList } from './input.js';

const most = { services: 50, merged: 100, split: 500, tags: 50 } as const;

const versionArg = ['expectedVersion', () => Int, { nullable: true }] as const;

function execute(
  { services, actor, viewer }: ApiContext,
  id: string,
  command: IncidentCommand,
  expectedVersion: number | null | undefined,
): Promise<Incident> {
  const incidentId = requiredId('incident', id);
  return executeCommand(services.pool, incidentId, command, actor, Date.now(), expectedVersion ?? null, viewer);
}

@Resolver()
export class IncidentMutationsResolver {
  @Mutation(() => IncidentObject)
  createIncident(
    @Arg('input', () => CreateIncidentInput) input: CreateIncidentInput,
    @Ctx() { services, actor }: ApiContext,
  ): Promise<Incident> {
    const now = Date.now();
    const report = {
      title: requiredText('title', input.title, longest.title),
      description: optionalText('description', input.description, longest.text),
      severity: input.severity ?? null,
      type: input.type ?? 'operational',
      services: textList('services', input.services, most.services, longest.title),
      environment: environmentKey(optionalText('environment', input.environment, longest.name)),
      team: optionalText('team', input.team, longest.name),
      impactStartedAt: impactTime(input.impactStartedAt ?? now, now),
      impact: levelOf('impact', input.impact),
      urgency: levelOf('urgency', input.urgency),
      tags: textList('tags', input.tags ?? [], most.tags, longest.tag),
      isRestricted: input.isRestricted ?? null,
      customFields: fieldChanges(input.customFields ?? []),
      assigneeId: input.assigneeId == null ? null : requiredId('person', input.assigneeId),
    };
    return reportIncident(services.pool, report, actor, now);
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
    const { services, actor } = context;
    return addNote(
      services.pool,
      requiredId('incident', id),
      requiredText('text', text, longestNote),
      actor,
      Date.now(),
    );
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
