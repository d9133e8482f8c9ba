import type { Incident } from '@tocsin/schema/domain/incident';
import {
  AttachmentObject,
  IncidentLinkObject,
  NoteObject,
  PinObject,
  PresenceChangeObject,
  PresenceObject,
  TaskObject,
} from '@tocsin/schema/graphql/collaboration';
import { IncidentObject } from '@tocsin/schema/graphql/incident';
import { PersonObject } from '@tocsin/schema/graphql/person';
import { IncidentRunbookObject } from '@tocsin/schema/graphql/runbook';
import { StakeholderUpdateObject } from '@tocsin/schema/graphql/stakeholder';
import type { Attachment } from '@tocsin/schema/postgres/attachment';
import type { IncidentLink } from '@tocsin/schema/postgres/incidentLink';
import type { IncidentRunbook } from '@tocsin/schema/postgres/incidentRunbook';
import type { Note } from '@tocsin/schema/postgres/note';
import type { Person } from '@tocsin/schema/postgres/person';
import type { Pin } from '@tocsin/schema/postgres/pin';
import { type Present, showPresence } from '@tocsin/schema/postgres/presence';
import type { StakeholderUpdate } from '@tocsin/schema/postgres/stakeholderUpdate';
import { setSubscribed } from '@tocsin/schema/postgres/subscriber';
import type { Task } from '@tocsin/schema/postgres/task';
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root, Subscription } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { whileVisible } from '../../live/visible.js';
import { followPresence, type PresenceChange } from '../../work/presence.js';
import { requiredId } from '../input.js';
import { incidentOf } from './incident.js';

/** What people do together on an incident. */
@Resolver(() => IncidentObject)
export class IncidentCollaborationResolver {
  @FieldResolver(() => [NoteObject])
  notes(@Root() { id }: Incident, @Ctx() { loaders }: ApiContext): Promise<readonly Note[]> {
    return loaders.notes.load(id);
  }

  @FieldResolver(() => [PinObject])
  pins(@Root() { id }: Incident, @Ctx() { loaders }: ApiContext): Promise<readonly Pin[]> {
    return loaders.pins.load(id);
  }

  @FieldResolver(() => [AttachmentObject])
  attachments(@Root() { id }: Incident, @Ctx() { loaders }: ApiContext): Promise<readonly Attachment[]> {
    return loaders.attachments.load(id);
  }

  @FieldResolver(() => [TaskObject])
  tasks(@Root() { id }: Incident, @Ctx() { loaders }: ApiContext): Promise<readonly Task[]> {
    return loaders.tasks.load(id);
  }

  @FieldResolver(() => [IncidentLinkObject])
  links(@Root() { id }: Incident, @Ctx() { loaders }: ApiContext): Promise<readonly IncidentLink[]> {
    return loaders.incidentLinks.load(id);
  }

  @FieldResolver(() => [IncidentRunbookObject])
  runbooks(@Root() { id }: Incident, @Ctx() { loaders }: ApiContext): Promise<readonly IncidentRunbook[]> {
    return loaders.incidentRunbooks.load(id);
  }

  @FieldResolver(() => [StakeholderUpdateObject], { description: 'Newest first.' })
  updates(@Root() { id }: Incident, @Ctx() { loaders }: ApiContext): Promise<readonly StakeholderUpdate[]> {
    return loaders.updates.load(id);
  }

  @FieldResolver(() => [PersonObject])
  async subscribers(@Root() { id }: Incident, @Ctx() { loaders }: ApiContext): Promise<readonly Person[]> {
    const rows = await loaders.subscribers.load(id);
    const people = await Promise.all(rows.map(({ personId }) => loaders.personById.load(personId)));
    return people.filter((person) => person !== null);
  }

  @FieldResolver(() => Boolean)
  async isSubscribed(@Root() { id }: Incident, @Ctx() { loaders, viewer }: ApiContext): Promise<boolean> {
    return (await loaders.subscribers.load(id)).some(({ personId }) => personId === viewer.personId);
  }

  @FieldResolver(() => [PresenceObject], { description: 'Who looks at it now.' })
  present(@Root() { id }: Incident, @Ctx() { loaders }: ApiContext): Promise<readonly Present[]> {
    return loaders.present.load(id);
  }

  @Mutation(() => IncidentObject, { description: 'For the viewer alone.' })
  async subscribeToIncident(
    @Arg('id', () => ID) id: string,
    @Arg('isSubscribed', () => Boolean) isSubscribed: boolean,
    @Ctx() context: ApiContext,
  ): Promise<Incident> {
    const incidentId = requiredId('incident', id);
    const { services, viewer } = context;
    await setSubscribed(services.pool, incidentId, viewer.personId, isSubscribed, Date.now());
    return incidentOf(context, incidentId);
  }
}

@Resolver(() => PresenceObject)
export class PresenceResolver {
  @Mutation(() => Boolean, { description: 'Every 20 seconds while the page is open; gone after 45.' })
  async showPresence(
    @Arg('incidentId', () => ID) incidentId: string,
    @Arg('isTyping', () => Boolean) isTyping: boolean,
    @Ctx() { services: { pool }, viewer }: ApiContext,
  ): Promise<boolean> {
    await showPresence(pool, requiredId('incident', incidentId), viewer.personId, isTyping, Date.now());
    return true;
  }

  @FieldResolver(() => PersonObject)
  person(@Root() { personId }: Present, @Ctx() { loaders }: ApiContext): Promise<Person | null> {
    return loaders.personById.load(personId);
  }

  @Subscription(() => PresenceChangeObject, {
    description: 'Who is looking at an incident: at once, and whenever that changes.',
    subscribe: ({
      args,
      context,
    }: {
      readonly args: { readonly incidentId: string };
      readonly context: ApiContext;
    }) => {
      const { pool } = context.services;
      const incidentId = requiredId('incident', args.incidentId);
      return whileVisible(context.viewer, pool, incidentId, followPresence(pool, incidentId));
    },
  })
  incidentPresence(@Root() change: PresenceChange, @Arg('incidentId', () => ID) _incidentId: string): PresenceChange {
    return change;
  }
}
