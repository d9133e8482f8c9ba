import './metadata.js';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { LabelObject, LinkObject, optional, plain } from './common.js';
import { SourceKindEnum } from './enums.js';
import { DateTime } from './scalars.js';

@ObjectType('ChangeEvent', {
  ...plain,
  description: 'What was done to a system: a deploy, a migration, a switched flag. It opens nothing.',
})
export class ChangeEventObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => String)
  readonly title!: string;
  @Field(() => String, optional)
  readonly service!: string | null;
  @Field(() => String, optional)
  readonly environment!: string | null;
  @Field(() => SourceKindEnum)
  readonly source!: string;
  @Field(() => DateTime)
  readonly occurredAt!: number;
  @Field(() => [LinkObject])
  readonly links!: readonly LinkObject[];
  @Field(() => [LabelObject])
  readonly details!: readonly LabelObject[];
}

@ObjectType('IncidentChange', plain)
export class IncidentChangeObject {
  @Field(() => ChangeEventObject)
  readonly change!: ChangeEventObject;
  @Field(() => Int, { description: 'Seconds before the impact started; negative after it.' })
  readonly secondsBeforeImpact!: number;
  @Field(() => String, { description: 'Same service, a dependency of it, or the same environment.' })
  readonly reason!: string;
}
