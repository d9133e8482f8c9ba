import type { NotificationTopic } from '../notification.js';

/** What was said to whom. */
export interface NotifyEvents {
  'incident.notified': {
    readonly notificationId: number;
    readonly to: string;
    readonly via: string;
    readonly topic: NotificationTopic;
    readonly isRepeat: boolean;
    readonly bundled: number;
  };
  'incident.notifyFailed': {
    readonly notificationId: number;
    readonly to: string;
    readonly via: string;
    readonly error: string;
    readonly fallsBackTo: string | null;
  };
}
