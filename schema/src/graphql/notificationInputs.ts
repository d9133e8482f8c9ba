import './metadata.js';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import {
  type ChannelKind,
  channelKinds,
  type ContactKind,
  contactKinds,
  type NotificationState,
  notificationStates,
  notificationTopics,
  type RuleTopic,
} from '../domain/notification.js';
import type { Severity } from '../domain/severity.js';
import { EventKindEnum, SeverityEnum } from './enums.js';

function enumOf(name: string, words: readonly string[]): Readonly<Record<string, string>> {
  const values = Object.fromEntries(words.map((word) => [word.toUpperCase(), word]));
  registerEnumType(values, { name });
  return values;
}

export const ChannelKindEnum = enumOf('ChannelKind', channelKinds);
export const ContactKindEnum = enumOf('ContactKind', contactKinds);
export const NotificationTopicEnum = enumOf('NotificationTopic', notificationTopics);
export const NotificationStateEnum = enumOf('NotificationState', notificationStates);

@InputType('LabelInput')
export class LabelInput {
  @Field(() => String)
  readonly name!: string;
  @Field(() => String)
  readonly value!: string;
}

@InputType('ChannelSubscriptionInput')
export class ChannelSubscriptionInput {
  @Field(() => [EventKindEnum])
  readonly kinds!: readonly string[];
  @Field(() => String, { nullable: true })
  readonly condition?: string | null;
}

@InputType('ChannelInput')
export class ChannelInput {
  @Field(() => ID, { nullable: true })
  readonly id?: string | null;
  @Field(() => String)
  readonly name!: string;
  @Field(() => ChannelKindEnum)
  readonly kind!: ChannelKind;
  @Field(() => String, { nullable: true })
  readonly team?: string | null;
  @Field(() => [LabelInput], {
    description:
      'EMAIL: address. SLACK_BOT: room, apiUrl. WEBHOOK: url, template (Liquid), contentType. The others have none.',
  })
  readonly settings!: readonly LabelInput[];
  @Field(() => Boolean, { defaultValue: false, description: 'Only an admin may allow it.' })
  readonly mayReachPrivate!: boolean;
  @Field(() => Boolean, { defaultValue: true })
  readonly isEnabled!: boolean;
  @Field(() => Int, { defaultValue: 30, description: 'Messages a minute; the rest is bundled.' })
  readonly ratePerMinute!: number;
  @Field(() => [ChannelSubscriptionInput], { defaultValue: [] })
  readonly subscriptions!: readonly ChannelSubscriptionInput[];
  @Field(() => String, {
    nullable: true,
    description:
      'Null leaves it; kept encrypted, never readable. The address of SLACK_WEBHOOK and TEAMS; JSON of SLACK_BOT (token, signingSecret) and of WEBHOOK (signingSecret, url, authorization).',
  })
  readonly secret?: string | null;
}

@InputType('ContactInput')
export class ContactInput {
  @Field(() => ContactKindEnum)
  readonly kind!: ContactKind;
  @Field(() => String)
  readonly name!: string;
  @Field(() => String)
  readonly address!: string;
  @Field(() => ID, { nullable: true, description: 'Of SLACK: the channel whose bot writes.' })
  readonly channelId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Of a web push subscription, as JSON (p256dh, auth); of a webhook.',
  })
  readonly secret?: string | null;
  @Field(() => [LabelInput], { defaultValue: [] })
  readonly settings!: readonly LabelInput[];
}

@InputType('NotificationRuleInput')
export class NotificationRuleInput {
  @Field(() => NotificationTopicEnum, { description: 'PAGE, UPDATE or PERSONAL' })
  readonly topic!: RuleTopic;
  @Field(() => ID)
  readonly contactId!: string;
  @Field(() => Int, { defaultValue: 0 })
  readonly delaySeconds!: number;
  @Field(() => SeverityEnum, { defaultValue: 'info' })
  readonly minSeverity!: Severity;
}

@InputType('QuietHoursInput')
export class QuietHoursInput {
  @Field(() => [Int])
  readonly weekdays!: readonly number[];
  @Field(() => String, { description: 'HH:MM' })
  readonly from!: string;
  @Field(() => String, { description: 'HH:MM' })
  readonly until!: string;
  @Field(() => SeverityEnum, { nullable: true })
  readonly pagesFrom?: Severity | null;
}

@InputType('NotificationFilter')
export class NotificationFilterInput {
  @Field(() => ID, { nullable: true })
  readonly incidentId?: string | null;
  @Field(() => ID, { nullable: true })
  readonly personId?: string | null;
  @Field(() => ID, { nullable: true })
  readonly channelId?: string | null;
  @Field(() => [NotificationStateEnum], { nullable: true })
  readonly states?: readonly NotificationState[] | null;
}

@InputType('MessageTemplateInput')
export class MessageTemplateInput {
  @Field(() => ID, { nullable: true })
  readonly id?: string | null;
  @Field(() => String, { description: 'notification or stakeholder' })
  readonly kind!: string;
  @Field(() => String)
  readonly key!: string;
  @Field(() => String, { nullable: true })
  readonly type?: string | null;
  @Field(() => String)
  readonly title!: string;
  @Field(() => String)
  readonly body!: string;
}
