import './metadata.js';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { LabelObject, optional, PageInfoObject, plain } from './common.js';
import { EventKindEnum, SeverityEnum } from './enums.js';
import { IncidentObject } from './incident.js';
import {
  ChannelKindEnum,
  ContactKindEnum,
  NotificationStateEnum,
  NotificationTopicEnum,
} from './notificationInputs.js';
import { PersonObject } from './person.js';
import { DateTime } from './scalars.js';
import { TeamObject } from './team.js';

@ObjectType('ChannelSubscription', { ...plain, description: 'Which messages a channel takes without being told to.' })
export class ChannelSubscriptionObject {
  @Field(() => [EventKindEnum])
  readonly kinds!: readonly string[];
  @Field(() => String, { nullable: true, description: 'An expression over the incident; null: all.' })
  readonly condition!: string | null;
}

@ObjectType('NotificationChannel', {
  ...plain,
  description: 'Where messages go that are no person’s own: a room, a list, another program.',
})
export class NotificationChannelObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => String)
  readonly name!: string;
  @Field(() => ChannelKindEnum)
  readonly kind!: string;
  @Field(() => TeamObject, optional)
  readonly team!: TeamObject | null;
  @Field(() => Int)
  readonly version!: number;
  @Field(() => [LabelObject], {
    nullable: true,
    description: 'Address, room, template; secrets are not in it. Null where you may not see them.',
  })
  readonly settings!: readonly LabelObject[] | null;
  @Field(() => Boolean)
  readonly hasSecret!: boolean;
  @Field(() => Boolean)
  readonly mayReachPrivate!: boolean;
  @Field(() => Boolean)
  readonly isEnabled!: boolean;
  @Field(() => Int)
  readonly ratePerMinute!: number;
  @Field(() => DateTime, optional)
  readonly failingSince!: number | null;
  @Field(() => String, optional)
  readonly lastError!: string | null;
  @Field(() => [ChannelSubscriptionObject])
  readonly subscriptions!: readonly ChannelSubscriptionObject[];
}

@ObjectType('Contact', { ...plain, description: 'How one person is reached.' })
export class ContactObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => ContactKindEnum)
  readonly kind!: string;
  @Field(() => String)
  readonly name!: string;
  @Field(() => String)
  readonly address!: string;
  @Field(() => Boolean, { description: 'One that is not is written to only to confirm it.' })
  readonly isVerified!: boolean;
  @Field(() => DateTime, optional)
  readonly failingSince!: number | null;
  @Field(() => String, optional)
  readonly lastError!: string | null;
}

@ObjectType('NotificationRule', plain)
export class NotificationRuleObject {
  @Field(() => NotificationTopicEnum)
  readonly topic!: string;
  @Field(() => ContactObject)
  readonly contact!: ContactObject;
  @Field(() => Int)
  readonly delaySeconds!: number;
  @Field(() => SeverityEnum, { description: 'This severity or worse.' })
  readonly minSeverity!: string;
}

@ObjectType('QuietHours', { ...plain, description: 'Local to the person; until before from is on the next day.' })
export class QuietHoursObject {
  @Field(() => [Int], { description: 'Days on which they begin; 1 is Monday.' })
  readonly weekdays!: readonly number[];
  @Field(() => String, { description: 'HH:MM' })
  readonly from!: string;
  @Field(() => String, { description: 'HH:MM' })
  readonly until!: string;
  @Field(() => SeverityEnum, {
    nullable: true,
    description: 'Pages of this severity or worse come through; null: every page does.',
  })
  readonly pagesFrom!: string | null;
}

@ObjectType('NotificationSettings', plain)
export class NotificationSettingsObject {
  @Field(() => [ContactObject])
  readonly contacts!: readonly ContactObject[];
  @Field(() => [NotificationRuleObject])
  readonly rules!: readonly NotificationRuleObject[];
  @Field(() => [QuietHoursObject])
  readonly quietHours!: readonly QuietHoursObject[];
  @Field(() => String, { nullable: true, description: 'What Web Push needs in the browser.' })
  readonly webPushKey!: string | null;
}

@ObjectType('NotificationAttempt', plain)
export class NotificationAttemptObject {
  @Field(() => Int)
  readonly number!: number;
  @Field(() => Boolean, { description: 'An earlier one may have arrived.' })
  readonly isRepeat!: boolean;
  @Field(() => DateTime)
  readonly startedAt!: number;
  @Field(() => DateTime, { nullable: true, description: 'Null: it runs, or nobody saw its end.' })
  readonly finishedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'sent, retry or failed' })
  readonly outcome!: string | null;
  @Field(() => Int, { nullable: true, description: 'Of the provider: 250, 200, 429 …' })
  readonly status!: number | null;
  @Field(() => String, optional)
  readonly error!: string | null;
}

@ObjectType('Notification', { ...plain, description: 'One message to one place: an entry of the delivery log.' })
export class NotificationObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => NotificationTopicEnum)
  readonly topic!: string;
  @Field(() => IncidentObject, optional)
  readonly incident!: IncidentObject | null;
  @Field(() => PersonObject, optional)
  readonly person!: PersonObject | null;
  @Field(() => NotificationChannelObject, optional)
  readonly channel!: NotificationChannelObject | null;
  @Field(() => String, { description: 'Contact’s or channel’s name, or the address, shortened.' })
  readonly via!: string;
  @Field(() => NotificationStateEnum)
  readonly state!: string;
  @Field(() => String, optional)
  readonly reason!: string | null;
  @Field(() => String, { description: 'What it is about.' })
  readonly title!: string;
  @Field(() => DateTime)
  readonly dueAt!: number;
  @Field(() => DateTime, optional)
  readonly sentAt!: number | null;
  @Field(() => [NotificationAttemptObject])
  readonly attempts!: readonly NotificationAttemptObject[];
  @Field(() => Int, { description: 'Other messages that it stood for.' })
  readonly bundledCount!: number;
  @Field(() => NotificationObject, { nullable: true, description: 'The one that failed and that it replaces.' })
  readonly fallbackOf!: NotificationObject | null;
}

@ObjectType('NotificationConnection', plain)
export class NotificationConnectionObject {
  @Field(() => [NotificationObject])
  readonly nodes!: readonly NotificationObject[];
  @Field(() => PageInfoObject)
  readonly pageInfo!: PageInfoObject;
}

@ObjectType('TestResult', plain)
export class TestResultObject {
  @Field(() => Boolean)
  readonly isSent!: boolean;
  @Field(() => Int, optional)
  readonly status!: number | null;
  @Field(() => String, optional)
  readonly error!: string | null;
}

@ObjectType('MessageTemplate', { ...plain, description: 'Liquid text of a message.' })
export class MessageTemplateObject {
  @Field(() => ID)
  readonly id!: string;
  @Field(() => String, { description: 'notification or stakeholder' })
  readonly kind!: string;
  @Field(() => String)
  readonly key!: string;
  @Field(() => String, { nullable: true, description: 'Of one type of incidents alone.' })
  readonly type!: string | null;
  @Field(() => String)
  readonly title!: string;
  @Field(() => String)
  readonly body!: string;
  @Field(() => Int)
  readonly version!: number;
  @Field(() => Boolean)
  readonly isBuiltIn!: boolean;
}

@ObjectType('RenderedTemplate', plain)
export class RenderedTemplateObject {
  @Field(() => String)
  readonly title!: string;
  @Field(() => String)
  readonly body!: string;
  @Field(() => String, optional)
  readonly error!: string | null;
}
