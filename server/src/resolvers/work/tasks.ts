import type { Incident } from '@tocsin/schema/domain/incident';
import { AttachmentObject, IncidentLinkObject, TaskInput, TaskObject } from '@tocsin/schema/graphql/collaboration';
import { IncidentObject } from '@tocsin/schema/graphql/incident';
import { LinkKindEnum, TaskStateEnum } from '@tocsin/schema/graphql/workEnums';
import { type Attachment, deleteAttachment } from '@tocsin/schema/postgres/attachment';
import { addLink, type IncidentLink, type LinkKind, removeLink } from '@tocsin/schema/postgres/incidentLink';
import type { Person } from '@tocsin/schema/postgres/person';
import {
  createTask,
  openTasksFor,
  setTaskState,
  type Task,
  type TaskDraft,
  type TaskState,
  updateTask,
} from '@tocsin/schema/postgres/task';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { requiredId, requiredText } from '../input.js';
import { incidentOf, shown } from './incident.js';

const longest = { title: 300, link: 200, url: 8_000 } as const;

@Resolver(() => TaskObject)
export class TasksResolver {
  @Query(() => [TaskObject], { description: "The viewer's open ones, over all incidents." })
  async myTasks(@Ctx() context: ApiContext): Promise<readonly Task[]> {
    return shown(await openTasksFor(context.services.pool, context.viewer.handle), context);
  }

  @Mutation(() => TaskObject)
  createTask(
    @Arg('incidentId', () => ID) incidentId: string,
    @Arg('input', () => TaskInput) input: TaskInput,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<Task> {
    return createTask(pool, requiredId('incident', incidentId), draftOf(input), { actor, now: Date.now() });
  }

  @Mutation(() => TaskObject)
  updateTask(
    @Arg('id', () => ID) id: string,
    @Arg('input', () => TaskInput) input: TaskInput,
    @Arg('expectedVersion', () => Int) expectedVersion: number,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<Task> {
    return updateTask(pool, requiredId('task', id), draftOf(input), expectedVersion, { actor, now: Date.now() });
  }

  @Mutation(() => TaskObject)
  setTaskState(
    @Arg('id', () => ID) id: string,
    @Arg('state', () => TaskStateEnum) state: TaskState,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<Task> {
    return setTaskState(pool, requiredId('task', id), state, { actor, now: Date.now() });
  }

  @FieldResolver()
  async assignee(@Root() { assignee }: Task, @Ctx() { loaders }: ApiContext): Promise<Person | null> {
    return assignee === null ? null : loaders.authorByHandle.load(assignee);
  }

  @FieldResolver()
  incident(@Root() { incidentId }: Task, @Ctx() { loaders }: ApiContext): Promise<Incident | null> {
    return loaders.incident.load(incidentId);
  }
}

@Resolver(() => AttachmentObject)
export class LinksResolver {
  @Mutation(() => IncidentLinkObject, { description: 'The same address again changes what it is called.' })
  addLink(
    @Arg('incidentId', () => ID) incidentId: string,
    @Arg('kind', () => LinkKindEnum) kind: LinkKind,
    @Arg('title', () => String) title: string,
    @Arg('url', () => String) url: string,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<IncidentLink> {
    const draft = {
      kind,
      title: requiredText('title', title, longest.link),
      url: requiredText('url', url, longest.url),
    };
    return addLink(pool, requiredId('incident', incidentId), draft, { actor, now: Date.now() });
  }

  @Mutation(() => IncidentObject)
  async removeLink(@Arg('id', () => ID) id: string, @Ctx() context: ApiContext): Promise<Incident> {
    const { services, actor } = context;
    return incidentOf(context, await removeLink(services.pool, requiredId('link', id), { actor, now: Date.now() }));
  }

  @Mutation(() => IncidentObject)
  async deleteAttachment(@Arg('id', () => ID) id: string, @Ctx() context: ApiContext): Promise<Incident> {
    const { services, actor } = context;
    const edit = { actor, now: Date.now() };
    return incidentOf(context, await deleteAttachment(services.pool, requiredId('attachment', id), edit));
  }

  @FieldResolver()
  url(@Root() { id }: Attachment): string {
    return `/attachments/${id}`;
  }
}

function draftOf({ title, assigneeId, dueAt }: TaskInput): TaskDraft {
  return {
    title: requiredText('input.title', title, longest.title),
    assigneeId: assigneeId == null ? null : requiredId('person', assigneeId),
    dueAt: dueAt ?? null,
  };
}
