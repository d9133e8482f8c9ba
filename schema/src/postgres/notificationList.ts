import type { NotificationState, NotificationTopic } from '../domain/notification.js';
import { createParameters } from './labelMatch.js';
import type { Queryable } from './pool.js';
import { type Onlooker, visibleTo } from './visibleIncidents.js';

export interface Notification {
  readonly id: number;
  readonly topic: NotificationTopic;
  readonly incidentId: number | null;
  readonly personId: number | null;
  readonly channelId: number | null;
  readonly contactName: string | null;
  readonly email: string | null;
  readonly template: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly state: NotificationState;
  readonly reason: string | null;
  /** Epoch milliseconds. */
  readonly dueAt: number;
  readonly sentAt: number | null;
  readonly bundledCount: number;
  readonly fallbackOf: number | null;
}

export interface NotificationAttempt {
  readonly notificationId: number;
  readonly number: number;
  readonly isRepeat: boolean;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly outcome: string | null;
  readonly status: number | null;
  readonly error: string | null;
}

export interface NotificationQuery {
  readonly incidentId: number | null;
  readonly personId: number | null;
  readonly channelId: number | null;
  readonly states: readonly NotificationState[] | null;
  readonly beforeId: number | null;
  readonly limit: number;
  readonly viewer: Onlooker;
}

const columns = `n.id, n.topic, n.incident_id as "incidentId", n.person_id as "personId", n.channel_id as "channelId",
  c.name as "contactName", n.email, n.content->>'template' as template, n.content->'values' as values, n.state, n.reason,
  n.due_at as "dueAt", n.sent_at as "sentAt", n.fallback_of as "fallbackOf",
  (select count(*) from notification b where b.bundled_into = n.id) as "bundledCount"`;

/** The newest first; of incidents that do not show to the viewer only what they were told themselves. */
export async function listNotifications(db: Queryable, query: NotificationQuery): Promise<readonly Notification[]> {
  const parameters = createParameters();
  const { bind } = parameters;
  const { incidentId, personId, channelId, states, beforeId, limit, viewer } = query;
  const visible = visibleTo(viewer, parameters, 'i');
  const conditions = [
    ...(visible === null
      ? []
      : [`(n.incident_id is null or n.person_id = ${bind(viewer.personId)}::bigint or ${visible})`]),
    ...(incidentId === null ? [] : [`n.incident_id = ${bind(incidentId)}::bigint`]),
    ...(personId === null ? [] : [`n.person_id = ${bind(personId)}::bigint`]),
    ...(channelId === null ? [] : [`n.channel_id = ${bind(channelId)}::bigint`]),
    ...(states === null ? [] : [`n.state = any(${bind(states)}::text[])`]),
    ...(beforeId === null ? [] : [`n.id < ${bind(beforeId)}::bigint`]),
  ];
  const { rows } = await db.query<Notification>(
    `select ${columns} from notification n left join contact c on c.id = n.contact_id left join incident i on i.id = n.incident_id
      where ${conditions.length === 0 ? 'true' : conditions.join(' and ')} order by n.id desc limit ${bind(limit)}`,
    parameters.values,
  );
  return rows;
}

export async function notificationsById(db: Queryable, ids: readonly number[]): Promise<readonly Notification[]> {
  const { rows } = await db.query<Notification>({
    name: 'notifications_by_id',
    text: `select ${columns} from notification n left join contact c on c.id = n.contact_id where n.id = any($1::bigint[])`,
    values: [ids],
  });
  return rows;
}

export async function attemptsOf(db: Queryable, ids: readonly number[]): Promise<readonly NotificationAttempt[]> {
  const { rows } = await db.query<NotificationAttempt>({
    name: 'notification_attempts_of',
    text: `select notification_id as "notificationId", number, is_repeat as "isRepeat", started_at as "startedAt",
                  finished_at as "finishedAt", outcome, status, error
             from notification_attempt where notification_id = any($1::bigint[]) order by notification_id, number`,
    values: [ids],
  });
  return rows;
}
