import './metadata.js';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { optional, plain } from './common.js';
import { IncidentObject } from './incident.js';
import { ServiceObject } from './service.js';
import { DateTime } from './scalars.js';
import { AudienceEnum, ComponentStateEnum, UpdateProgressEnum, UpdateStateEnum } from './workEnums.js';

@ObjectType('StatusComponent', plain)
export class StatusComponentObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => String)
  readonly title!: string;
  @Field(() => String, optional)
  readonly group!: string | null;
  @Field(() => ServiceObject, optional)
  readonly service!: ServiceObject | null;
  @Field(() => String)
  readonly serviceName!: string;
  @Field(() => ComponentStateEnum)
  readonly state!: string;
}

@ObjectType('UpdateComponent', plain)
export class UpdateComponentObject {
  @Field(() => StatusComponentObject)
  readonly component!: StatusComponentObject;
  @Field(() => ComponentStateEnum)
  readonly state!: string;
}

@ObjectType('StakeholderUpdate', plain)
export class StakeholderUpdateObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => Int)
  readonly version!: number;
  @Field(() => IncidentObject)
  readonly incident!: IncidentObject;
  @Field(() => AudienceEnum)
  readonly audience!: string;
  @Field(() => UpdateStateEnum)
  readonly state!: string;
  @Field(() => String)
  readonly title!: string;
  @Field(() => String)
  readonly body!: string;
  @Field(() => UpdateProgressEnum)
  readonly progress!: string;
  @Field(() => [UpdateComponentObject])
  readonly components!: readonly UpdateComponentObject[];
  @Field(() => String)
  readonly author!: string;
  @Field(() => DateTime)
  readonly createdAt!: number;
  @Field(() => String, optional)
  readonly decidedBy!: string | null;
  @Field(() => DateTime, optional)
  readonly decidedAt!: number | null;
  @Field(() => String, optional)
  readonly decisionComment!: string | null;
  @Field(() => DateTime, optional)
  readonly publishedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'Why it cannot be published by who wrote it.' })
  readonly needsApprovalBecause!: string | null;
  @Field(() => Int, { description: 'How many it reaches.' })
  readonly recipientCount!: number;
}

@ObjectType('UpdatePreview', plain)
export class UpdatePreviewObject {
  @Field(() => String)
  readonly html!: string;
  @Field(() => String)
  readonly text!: string;
  @Field(() => String)
  readonly title!: string;
}

@ObjectType('StatusPage', plain)
export class StatusPageObject {
  @Field(() => Boolean)
  readonly isPublic!: boolean;
  @Field(() => String)
  readonly url!: string;
  @Field(() => String)
  readonly title!: string;
  @Field(() => String, optional)
  readonly description!: string | null;
  @Field(() => Boolean)
  readonly needsApproval!: boolean;
  @Field(() => Int)
  readonly version!: number;
  @Field(() => [StatusComponentObject])
  readonly components!: readonly StatusComponentObject[];
  @Field(() => Int)
  readonly subscriberCount!: number;
}

@InputType('UpdateComponentInput')
export class UpdateComponentInput {
  @Field(() => ID)
  readonly componentId!: string;
  @Field(() => ComponentStateEnum)
  readonly state!: string;
}

@InputType('UpdateInput')
export class UpdateInput {
  @Field(() => ID, optional)
  readonly id?: string | null;
  @Field(() => ID)
  readonly incidentId!: string;
  @Field(() => AudienceEnum)
  readonly audience!: string;
  @Field(() => String)
  readonly title!: string;
  @Field(() => String)
  readonly body!: string;
  @Field(() => UpdateProgressEnum)
  readonly progress!: string;
  @Field(() => [UpdateComponentInput], { nullable: true, defaultValue: [] })
  readonly components?: readonly UpdateComponentInput[] | null;
  @Field(() => ID, optional)
  readonly templateId?: string | null;
}

@InputType('StatusComponentInput')
export class StatusComponentInput {
  @Field(() => ID, optional)
  readonly id?: string | null;
  @Field(() => String)
  readonly service!: string;
  @Field(() => String)
  readonly title!: string;
  @Field(() => String, optional)
  readonly group?: string | null;
}

@InputType('StatusPageInput')
export class StatusPageInput {
  @Field(() => Boolean)
  readonly isPublic!: boolean;
  @Field(() => String)
  readonly title!: string;
  @Field(() => String, optional)
  readonly description?: string | null;
  @Field(() => Boolean)
  readonly needsApproval!: boolean;
  @Field(() => [StatusComponentInput])
  readonly components!: readonly StatusComponentInput[];
}
