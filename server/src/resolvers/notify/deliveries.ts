import { isAtLeast } from '@tocsin/schema/domain/role';
import type { Incident } from '@tocsin/schema/domain/incident';
import { incidentReference } from '@tocsin/schema/domain/incident';
import { IncidentObject } from '@tocsin/schema/graphql/incident';
import {
  NotificationChannelObject,
  NotificationConnectionObject,
  NotificationObject,
} from '@tocsin/schema/graphql/notification';
import { NotificationFilterInput } from '@tocsin/schema/graphql/notificationInputs';
import { PersonObject } from '@tocsin/schema/graphql/person';
import { Cursor } from '@tocsin/schema/graphql/scalars';
import type { Channel } from '@tocsin/schema/postgres/channel';
import {
  listNotifications,
  type Notification,
  type NotificationAttempt,
  type NotificationQuery,
} from '@tocsin/schema/postgres/notificationList';
import { retryFailed } from '@tocsin/schema/postgres/notificationRetry';
import type { Person } from '@tocsin/schema/postgres/person';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { showsIncident } from '../../auth/guard.js';
import type { ApiContext } from '../../context.js';
import { ApiFailure, notFound } from '../../errors.js';
import { shortened } from '../../respond/notify/send.js';
import { pageSize, requiredId } from '../input.js';
import { connection, decodeIdCursor, encodeIdCursor } from '../listCursor.js';

const list = 'notifications';
const nothing = { incidentId: null, personId: null, channelId: null, states: null } as const;

type Asked = Omit<NotificationQuery, 'limit' | 'beforeId' | 'viewer'>;

async function pageOf(
  { services: { pool }, viewer }: ApiContext,
  asked: Asked,
  first: number | null | undefined,
  after: string | null | undefined,
) {
  const size = pageSize(first, 50);
  const beforeId = decodeIdCursor(list, after);
  const rows = await listNotifications(pool, { ...asked, beforeId, limit: size + 1, viewer });
  const edges = rows.slice(0, size).map((node) => ({ node, cursor: encodeIdCursor(list, node.id) }));
  return connection(edges, rows.length > size);
}

@Resolver()
export class DeliveriesResolver {
  @Query(() => NotificationConnectionObject, {
    description: 'The delivery log, newest first. Who is less than a responder sees their own.',
  })
  notifications(
    @Arg('filter', () => NotificationFilterInput, { nullable: true })
    filter: NotificationFilterInput | null | undefined,
    @Arg('first', () => Int, { nullable: true }) first: number | null | undefined,
    @Arg('after', () => Cursor, { nullable: true }) after: string | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<object> {
    const { viewer } = context;
    const personId = filter?.personId == null ? null : requiredId('person', filter.personId);
    const asked: Asked = {
      ...nothing,
      incidentId: filter?.incidentId == null ? null : requiredId('incident', filter.incidentId),
      personId: isAtLeast(viewer.role, 'responder') ? personId : viewer.personId,
      channelId: filter?.channelId == null ? null : requiredId('notification channel', filter.channelId),
      states: filter?.states ?? null,
    };
    return pageOf(context, asked, first, after);
  }

  @Mutation(() => NotificationObject, { description: 'Sends a failed one again, marked as a repetition.' })
  async retryNotification(
    @Arg('id', () => ID) id: string,
    @Ctx() { services, loaders }: ApiContext,
  ): Promise<Notification> {
    const number = requiredId('notification', id);
    const isDone = await inTransaction(services.pool, (db) => retryFailed(db, number, Date.now()));
    const found = await loaders.notification.load(number);
    if (found === null) throw notFound('notification', id);
    if (!isDone)
      throw new ApiFailure('INVALID_INPUT', `Only a failed message is sent again: this one is ${found.state}.`, 'id');
    return found;
  }
}

@Resolver(() => IncidentObject)
export class IncidentNotificationsResolver {
  @FieldResolver(() => NotificationConnectionObject, { description: 'Its delivery log, newest first.' })
  notifications(
    @Root() { id }: Incident,
    @Arg('first', () => Int, { nullable: true }) first: number | null | undefined,
    @Arg('after', () => Cursor, { nullable: true }) after: string | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<object> {
    return pageOf(context, { ...nothing, incidentId: id }, first, after);
  }
}

@Resolver(() => NotificationObject)
export class NotificationFieldsResolver {
  @FieldResolver()
  async incident(@Root() { incidentId }: Notification, @Ctx() { loaders }: ApiContext): Promise<Incident | null> {
    return incidentId === null ? null : loaders.incident.load(incidentId);
  }

  @FieldResolver(() => PersonObject, { nullable: true })
  async person(@Root() { personId }: Notification, @Ctx() { loaders }: ApiContext): Promise<Person | null> {
    return personId === null ? null : loaders.personById.load(personId);
  }

  @FieldResolver(() => NotificationChannelObject, { nullable: true })
  async channel(@Root() { channelId }: Notification, @Ctx() { loaders }: ApiContext): Promise<Channel | null> {
    return (await loaders.channels()).find(({ id }) => id === channelId) ?? null;
  }

  @FieldResolver()
  async via(@Root() notification: Notification, @Ctx() context: ApiContext): Promise<string> {
    const { contactName, email } = notification;
    return (
      contactName ?? (email === null ? ((await this.channel(notification, context))?.name ?? 'gone') : shortened(email))
    );
  }

  @FieldResolver()
  async title(@Root() notification: Notification, @Ctx() context: ApiContext): Promise<string> {
    // Its title is the code.
    if (notification.template === 'contact.code') return 'A code that confirms an address';
    if (notification.template === 'account.link') return 'A link to sign in with';
    const said = notification.values['title'] ?? notification.values['sentence'];
    if (typeof said === 'string') return said.slice(0, 300);
    const { incidentId } = notification;
    // Who was told once does not learn what it is called since it was hidden.
    const isShown = incidentId !== null && (await showsIncident(incidentId, context));
    const incident = isShown ? await this.incident(notification, context) : null;
    return incident === null ? notification.template : `${incidentReference(incident.id)} ${incident.title}`;
  }

  @FieldResolver()
  attempts(@Root() { id }: Notification, @Ctx() { loaders }: ApiContext): Promise<readonly NotificationAttempt[]> {
    return loaders.notificationAttempts.load(id);
  }

  @FieldResolver(() => NotificationObject, { nullable: true })
  async fallbackOf(@Root() { fallbackOf }: Notification, @Ctx() { loaders }: ApiContext): Promise<Notification | null> {
    return fallbackOf === null ? null : loaders.notification.load(fallbackOf);
  }
}
