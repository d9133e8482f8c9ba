import type { Severity } from './severity.js';

/** Why somebody is told. */
export const notificationTopics = ['page', 'update', 'personal', 'stakeholder', 'test'] as const;
export type NotificationTopic = (typeof notificationTopics)[number];

/** The topics that a person has rules for. */
export const ruleTopics = ['page', 'update', 'personal'] as const;
export type RuleTopic = (typeof ruleTopics)[number];

export const notificationStates = ['waiting', 'sending', 'sent', 'failed', 'cancelled', 'bundled'] as const;
export type NotificationState = (typeof notificationStates)[number];

export const channelKinds = ['email', 'slack_webhook', 'slack_bot', 'teams', 'webhook'] as const;
export type ChannelKind = (typeof channelKinds)[number];

export const contactKinds = ['email', 'slack', 'web_push', 'webhook'] as const;
export type ContactKind = (typeof contactKinds)[number];

export type Destination =
  | { readonly kind: 'person'; readonly personId: number }
  | { readonly kind: 'channel'; readonly channelId: number }
  | { readonly kind: 'email'; readonly email: string };

/** What others call to have something said, in their own transaction. */
export interface NotificationAsk {
  /** What must not be said twice, e.g. `page/12`; the contact is added to it. Asking twice is asking once. */
  readonly key: string;
  readonly topic: NotificationTopic;
  readonly to: Destination;
  readonly incidentId: number | null;
  readonly pageId: number | null;
  readonly severity: Severity;
  /** A built-in or stored template; of another name, `title` and `text` of the values are said as they are. */
  readonly template: string;
  /** What the template may name: ids and texts, never secrets. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** What became of the asks. */
export interface AddedNotifications {
  /** Ids of the messages that are new in the outbox; fewer where an ask was made before. */
  readonly added: readonly number[];
  /** People whom nothing reaches: said on the incident by who asked. */
  readonly unreachable: readonly number[];
}

/** What is said, whatever it is said through. */
export interface RenderedMessage {
  readonly title: string;
  readonly text: string;
  readonly html: string | null;
  /** Where the dashboard shows it. */
  readonly url: string | null;
  /** A page with one button; null where there is nothing to acknowledge. */
  readonly acknowledgeUrl: string | null;
  readonly incident: { readonly id: number; readonly reference: string; readonly severity: Severity } | null;
  /** An earlier attempt may have arrived. */
  readonly isRepeat: boolean;
  /** How many others it stands for as well. */
  readonly more: number;
  /** The same for every attempt, so that a receiver can drop repetitions. */
  readonly key: string;
}
