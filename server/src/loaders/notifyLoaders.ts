import { type Channel, loadChannels } from '@tocsin/schema/postgres/channel';
import {
  attemptsOf,
  type Notification,
  type NotificationAttempt,
  notificationsById,
} from '@tocsin/schema/postgres/notificationList';
import type { Pool } from '@tocsin/schema/postgres/pool';
import DataLoader from 'dataloader';

export interface NotifyLoaders {
  readonly channels: () => Promise<readonly Channel[]>;
  readonly notification: DataLoader<number, Notification | null>;
  readonly notificationAttempts: DataLoader<number, readonly NotificationAttempt[]>;
}

export function createNotifyLoaders(pool: Pool): NotifyLoaders {
  let channels: Promise<readonly Channel[]> | null = null;
  return {
    channels: () => (channels ??= loadChannels(pool)),
    notification: new DataLoader(async (ids) => {
      const found = new Map((await notificationsById(pool, ids)).map((each) => [each.id, each]));
      return ids.map((id) => found.get(id) ?? null);
    }),
    notificationAttempts: new DataLoader(async (ids) => {
      const attempts = await attemptsOf(pool, ids);
      return ids.map((id) => attempts.filter(({ notificationId }) => notificationId === id));
    }),
  };
}
