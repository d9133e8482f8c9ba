import './metadata.js';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { optional, plain } from './common.js';
import { RoleEnum } from './enums.js';
import { PersonObject } from './person.js';
import { EscalationPolicyObject } from './policy.js';
import { OnCallObject, ScheduleObject } from './schedule.js';
import { ServiceObject } from './service.js';

@ObjectType('Team', {
  ...plain,
  description: 'Whose incidents, services and schedules they are. Its name never changes.',
})
export class TeamObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => String)
  readonly name!: string;
  @Field(() => String, optional)
  readonly description!: string | null;
  @Field(() => String, optional)
  readonly chatUrl!: string | null;
  @Field(() => Int)
  readonly version!: number;
  @Field(() => [TeamMembershipObject])
  readonly members!: readonly TeamMembershipObject[];
  @Field(() => EscalationPolicyObject, optional)
  readonly escalationPolicy!: EscalationPolicyObject | null;
  @Field(() => [ScheduleObject])
  readonly schedules!: readonly ScheduleObject[];
  @Field(() => [ServiceObject])
  readonly services!: readonly ServiceObject[];
  @Field(() => Int)
  readonly openIncidents!: number;
  @Field(() => [OnCallObject], { description: 'Of its schedules; a schedule with a gap now is not in it.' })
  readonly onCallNow!: readonly OnCallObject[];
}

@ObjectType('TeamMembership', plain)
export class TeamMembershipObject {
  @Field(() => TeamObject)
  readonly team!: TeamObject;
  @Field(() => PersonObject)
  readonly person!: PersonObject;
  @Field(() => RoleEnum, { description: 'At least this within the team.' })
  readonly role!: string;
}

@InputType('TeamMemberInput')
export class TeamMemberInput {
  @Field(() => ID)
  readonly personId!: string;
  @Field(() => RoleEnum)
  readonly role!: string;
}

@InputType('TeamInput')
export class TeamInput {
  @Field(() => String, { description: 'Which team; it never changes.' })
  readonly name!: string;
  @Field(() => String, optional)
  readonly description?: string | null;
  @Field(() => String, optional)
  readonly chatUrl?: string | null;
  @Field(() => ID, optional)
  readonly escalationPolicyId?: string | null;
  @Field(() => [TeamMemberInput], { nullable: true, description: 'Left out: they stay as they are.' })
  readonly members?: readonly TeamMemberInput[] | null;
}

export const OwnershipStateEnum = { OWNED: 'owned', UNKNOWN_TEAM: 'unknownTeam', UNOWNED: 'unowned' } as const;
registerEnumType(OwnershipStateEnum, { name: 'OwnershipState' });

@ObjectType('Ownership', { ...plain, description: 'Who owns it, and why.' })
export class OwnershipObject {
  @Field(() => OwnershipStateEnum)
  readonly state!: string;
  @Field(() => TeamObject, optional)
  readonly team!: TeamObject | null;
  @Field(() => String, { nullable: true, description: 'The name that no team has.' })
  readonly teamName!: string | null;
  @Field(() => String, { nullable: true, description: 'rule, service, integration or person' })
  readonly because!: string | null;
  @Field(() => EscalationPolicyObject, optional)
  readonly policy!: EscalationPolicyObject | null;
  @Field(() => String, { nullable: true, description: 'rule, service or team' })
  readonly policyBecause!: string | null;
}

@ObjectType('Unowned', { ...plain, description: 'What nobody owns, or nobody would be woken for.' })
export class UnownedObject {
  @Field(() => [ServiceObject])
  readonly services!: readonly ServiceObject[];
  @Field(() => [String], { description: 'Names in use that no team has.' })
  readonly teams!: readonly string[];
  @Field(() => Int)
  readonly openIncidents!: number;
  @Field(() => [TeamObject])
  readonly teamsWithoutPolicy!: readonly TeamObject[];
}
