import './metadata.js';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { optional, plain } from './common.js';
import { PersonObject } from './person.js';
import { EscalationPolicyObject } from './policy.js';
import { CalendarDate, DateTime } from './scalars.js';
import { TeamObject } from './team.js';

export const TurnUnitEnum = { HOUR: 'hour', DAY: 'day', WEEK: 'week' } as const;
registerEnumType(TurnUnitEnum, { name: 'TurnUnit' });

@ObjectType('Restriction', { ...plain, description: 'Local times; `until` at or before `from` goes over midnight.' })
export class RestrictionObject {
  @Field(() => [Int], { description: '1 is Monday.' })
  readonly weekdays!: readonly number[];
  @Field(() => String)
  readonly from!: string;
  @Field(() => String)
  readonly until!: string;
}

@ObjectType('ScheduleLayer', { ...plain, description: 'Of the layers the last one that has somebody counts.' })
export class ScheduleLayerObject {
  @Field(() => String)
  readonly name!: string;
  @Field(() => CalendarDate)
  readonly startsOn!: string;
  @Field(() => CalendarDate, optional)
  readonly endsOn!: string | null;
  @Field(() => String, { description: 'HH:MM, local' })
  readonly handoffTime!: string;
  @Field(() => TurnUnitEnum)
  readonly turnUnit!: string;
  @Field(() => Int)
  readonly turnLength!: number;
  @Field(() => [PersonObject], { description: 'In turn.' })
  readonly members!: readonly PersonObject[];
  @Field(() => [RestrictionObject], { description: 'None: always.' })
  readonly restrictions!: readonly RestrictionObject[];
}

@ObjectType('Schedule', plain)
export class ScheduleObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => String)
  readonly name!: string;
  @Field(() => TeamObject, optional)
  readonly team!: TeamObject | null;
  @Field(() => String)
  readonly timeZone!: string;
  @Field(() => Int)
  readonly version!: number;
  @Field(() => [ScheduleLayerObject])
  readonly layers!: readonly ScheduleLayerObject[];
  @Field(() => PersonObject, { nullable: true, description: 'Null: a gap.' })
  readonly onCallNow!: PersonObject | null;
  @Field(() => [ShiftObject], { description: 'Of the next 30 days.' })
  readonly gaps!: readonly ShiftObject[];
  @Field(() => [EscalationPolicyObject])
  readonly usedBy!: readonly EscalationPolicyObject[];
}

@ObjectType('ScheduleOverride', { ...plain, description: 'Of overrides that overlap the one made last counts.' })
export class ScheduleOverrideObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => ScheduleObject)
  readonly schedule!: ScheduleObject;
  @Field(() => PersonObject)
  readonly person!: PersonObject;
  @Field(() => DateTime)
  readonly startsAt!: number;
  @Field(() => DateTime)
  readonly endsAt!: number;
  @Field(() => String, optional)
  readonly reason!: string | null;
  @Field(() => String, { description: 'A handle.' })
  readonly createdBy!: string;
}

@ObjectType('Shift', { ...plain, description: 'Of nobody: a gap.' })
export class ShiftObject {
  @Field(() => PersonObject, optional)
  readonly person!: PersonObject | null;
  @Field(() => DateTime)
  readonly startsAt!: number;
  @Field(() => DateTime)
  readonly endsAt!: number;
  @Field(() => String, optional)
  readonly layer!: string | null;
  @Field(() => ScheduleOverrideObject, optional)
  readonly override!: ScheduleOverrideObject | null;
  @Field(() => ScheduleObject, { nullable: true, description: 'Null: of a draft.' })
  readonly schedule!: ScheduleObject | null;
}

@ObjectType('OnCall', plain)
export class OnCallObject {
  @Field(() => PersonObject)
  readonly person!: PersonObject;
  @Field(() => ScheduleObject)
  readonly schedule!: ScheduleObject;
  @Field(() => DateTime)
  readonly until!: number;
}

@InputType('RestrictionInput')
export class RestrictionInput {
  @Field(() => [Int])
  readonly weekdays!: readonly number[];
  @Field(() => String)
  readonly from!: string;
  @Field(() => String)
  readonly until!: string;
}

@InputType('ScheduleLayerInput')
export class ScheduleLayerInput {
  @Field(() => String)
  readonly name!: string;
  @Field(() => CalendarDate)
  readonly startsOn!: string;
  @Field(() => CalendarDate, optional)
  readonly endsOn?: string | null;
  @Field(() => String)
  readonly handoffTime!: string;
  @Field(() => TurnUnitEnum)
  readonly turnUnit!: 'hour' | 'day' | 'week';
  @Field(() => Int)
  readonly turnLength!: number;
  @Field(() => [ID])
  readonly memberIds!: readonly string[];
  @Field(() => [RestrictionInput], { defaultValue: [] })
  readonly restrictions!: readonly RestrictionInput[];
}

@InputType('ScheduleInput')
export class ScheduleInput {
  @Field(() => ID, optional)
  readonly id?: string | null;
  @Field(() => String)
  readonly name!: string;
  @Field(() => String, optional)
  readonly team?: string | null;
  @Field(() => String)
  readonly timeZone!: string;
  @Field(() => [ScheduleLayerInput])
  readonly layers!: readonly ScheduleLayerInput[];
}

@InputType('OverrideInput')
export class OverrideInput {
  @Field(() => ID)
  readonly scheduleId!: string;
  @Field(() => ID)
  readonly personId!: string;
  @Field(() => DateTime)
  readonly startsAt!: number;
  @Field(() => DateTime)
  readonly endsAt!: number;
  @Field(() => String, optional)
  readonly reason?: string | null;
}

@ObjectType('CalendarFeed', { ...plain, description: 'A secret address for a calendar program.' })
export class CalendarFeedObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => ScheduleObject, { nullable: true, description: "Null: the person's own shifts." })
  readonly schedule!: ScheduleObject | null;
  @Field(() => DateTime)
  readonly createdAt!: number;
  @Field(() => DateTime, optional)
  readonly lastReadAt!: number | null;
}

@ObjectType('CalendarFeedWithUrl', { ...plain, description: 'Readable once: the address for a calendar program.' })
export class CalendarFeedWithUrlObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => String)
  readonly url!: string;
}
