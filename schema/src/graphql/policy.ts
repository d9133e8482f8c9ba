import './metadata.js';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { optional, plain } from './common.js';
import { NotificationChannelObject } from './notification.js';
import { PersonObject } from './person.js';
import { ScheduleObject } from './schedule.js';
import { TeamObject } from './team.js';

export const StepModeEnum = { ALL: 'all', ROUND_ROBIN: 'roundRobin' } as const;
registerEnumType(StepModeEnum, { name: 'StepMode' });

@ObjectType('EscalationTarget', { ...plain, description: 'One of them.' })
export class EscalationTargetObject {
  @Field(() => PersonObject, optional)
  readonly person!: PersonObject | null;
  @Field(() => ScheduleObject, optional)
  readonly schedule!: ScheduleObject | null;
  @Field(() => TeamObject, { nullable: true, description: 'Everybody of it who is at least a responder.' })
  readonly team!: TeamObject | null;
  @Field(() => NotificationChannelObject, optional)
  readonly channel!: NotificationChannelObject | null;
}

@ObjectType('EscalationStep', plain)
export class EscalationStepObject {
  @Field(() => Int, { description: 'After the step before; of the first one after the start.' })
  readonly delaySeconds!: number;
  @Field(() => StepModeEnum)
  readonly mode!: string;
  @Field(() => String, { nullable: true, description: 'CEL over the incident; false skips the step.' })
  readonly condition!: string | null;
  @Field(() => [EscalationTargetObject])
  readonly targets!: readonly EscalationTargetObject[];
}

@ObjectType('EscalationPolicy', plain)
export class EscalationPolicyObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => String)
  readonly name!: string;
  @Field(() => TeamObject, optional)
  readonly team!: TeamObject | null;
  @Field(() => Int)
  readonly repeatCount!: number;
  @Field(() => Int, optional)
  readonly unacknowledgeSeconds!: number | null;
  @Field(() => String, { nullable: true, description: 'CEL over the incident; null pages every incident.' })
  readonly pageWhen!: string | null;
  @Field(() => Int)
  readonly version!: number;
  @Field(() => [EscalationStepObject])
  readonly steps!: readonly EscalationStepObject[];
  @Field(() => [String], { description: 'Teams, services and rules that name it.' })
  readonly usedBy!: readonly string[];
}

@InputType('EscalationTargetInput', { description: 'One of them.' })
export class EscalationTargetInput {
  @Field(() => ID, optional)
  readonly personId?: string | null;
  @Field(() => ID, optional)
  readonly scheduleId?: string | null;
  @Field(() => ID, optional)
  readonly teamId?: string | null;
  @Field(() => ID, optional)
  readonly channelId?: string | null;
}

@InputType('EscalationStepInput')
export class EscalationStepInput {
  @Field(() => Int)
  readonly delaySeconds!: number;
  @Field(() => StepModeEnum, { defaultValue: 'all' })
  readonly mode!: 'all' | 'roundRobin';
  @Field(() => String, optional)
  readonly condition?: string | null;
  @Field(() => [EscalationTargetInput])
  readonly targets!: readonly EscalationTargetInput[];
}

@InputType('EscalationPolicyInput')
export class EscalationPolicyInput {
  @Field(() => ID, optional)
  readonly id?: string | null;
  @Field(() => String)
  readonly name!: string;
  @Field(() => String, optional)
  readonly team?: string | null;
  @Field(() => Int, { defaultValue: 2 })
  readonly repeatCount!: number;
  @Field(() => Int, optional)
  readonly unacknowledgeSeconds?: number | null;
  @Field(() => String, optional)
  readonly pageWhen?: string | null;
  @Field(() => [EscalationStepInput])
  readonly steps!: readonly EscalationStepInput[];
}
