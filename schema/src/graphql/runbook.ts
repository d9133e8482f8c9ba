import './metadata.js';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { optional, plain } from './common.js';
import { TeamObject } from './team.js';
import { DateTime } from './scalars.js';

@ObjectType('Runbook', plain)
export class RunbookObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => Int)
  readonly version!: number;
  @Field(() => String)
  readonly title!: string;
  @Field(() => String, { description: 'Markdown; its task list items are the steps.' })
  readonly body!: string;
  @Field(() => TeamObject, optional)
  readonly team!: TeamObject | null;
  @Field(() => [String])
  readonly services!: readonly string[];
  @Field(() => [String])
  readonly types!: readonly string[];
  @Field(() => String, { nullable: true, description: 'Expression over the incident.' })
  readonly condition!: string | null;
  @Field(() => Boolean)
  readonly isArchived!: boolean;
  @Field(() => String)
  readonly updatedBy!: string;
  @Field(() => DateTime)
  readonly updatedAt!: number;
}

@ObjectType('RunbookStep', plain)
export class RunbookStepObject {
  @Field(() => Int)
  readonly step!: number;
  @Field(() => String)
  readonly text!: string;
  @Field(() => String, optional)
  readonly tickedBy!: string | null;
  @Field(() => DateTime, optional)
  readonly tickedAt!: number | null;
}

@ObjectType('IncidentRunbook', { ...plain, description: 'A runbook as it was when it was attached.' })
export class IncidentRunbookObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => RunbookObject)
  readonly runbook!: RunbookObject;
  @Field(() => String)
  readonly title!: string;
  @Field(() => String)
  readonly body!: string;
  @Field(() => [RunbookStepObject])
  readonly steps!: readonly RunbookStepObject[];
  @Field(() => String)
  readonly attachedBy!: string;
}

@InputType('RunbookInput')
export class RunbookInput {
  @Field(() => ID, optional)
  readonly id?: string | null;
  @Field(() => String)
  readonly title!: string;
  @Field(() => String)
  readonly body!: string;
  @Field(() => String, optional)
  readonly team?: string | null;
  @Field(() => [String], { nullable: true, defaultValue: [] })
  readonly services?: readonly string[] | null;
  @Field(() => [String], { nullable: true, defaultValue: [] })
  readonly types?: readonly string[] | null;
  @Field(() => String, optional)
  readonly condition?: string | null;
}
