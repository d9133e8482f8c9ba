import './metadata.js';
import { Field, Int, ObjectType } from 'type-graphql';
import { optional, plain } from './common.js';
import { ChangeKindEnum } from './enums.js';

@ObjectType('ConfigurationChange', plain)
export class ConfigurationChangeObject {
  @Field(() => ChangeKindEnum)
  readonly kind!: string;
  @Field(() => String, {
    description: 'rule, maintenance window, silence, service, team, schedule, escalation policy, channel, …',
  })
  readonly what!: string;
  @Field(() => String)
  readonly name!: string;
  @Field(() => [String], {
    description: 'Lines of a unified diff of its YAML: each begins with a space, `-` or `+`. For MOVED, its places.',
  })
  readonly diff!: readonly string[];
}

@ObjectType('ConfigurationResult', plain)
export class ConfigurationResultObject {
  @Field(() => Boolean, { description: 'False for a dry run, and where there was nothing to change.' })
  readonly isApplied!: boolean;
  @Field(() => [ConfigurationChangeObject])
  readonly changes!: readonly ConfigurationChangeObject[];
}

@ObjectType('ExpressionCheck', plain)
export class ExpressionCheckObject {
  @Field(() => Boolean)
  readonly isValid!: boolean;
  @Field(() => String, optional)
  readonly message!: string | null;
  @Field(() => Int, { nullable: true, description: 'From 1.' })
  readonly line!: number | null;
  @Field(() => Int, { nullable: true, description: 'From 1.' })
  readonly column!: number | null;
}
