import './metadata.js';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { optional, plain } from './common.js';
import { SeverityEnum } from './enums.js';
import { IncidentObject } from './incident.js';

@ObjectType('Service', { ...plain, description: 'Something that can fail, with its owner and what it depends on.' })
export class ServiceObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => String)
  readonly name!: string;
  @Field(() => String, { description: 'A word of your own: api, database, queue …' })
  readonly kind!: string;
  @Field(() => [String])
  readonly environments!: readonly string[];
  @Field(() => String, optional)
  readonly namespace!: string | null;
  @Field(() => String, optional)
  readonly team!: string | null;
  @Field(() => Int, { nullable: true, description: '0 to 9; 1 is usually the most important.' })
  readonly tier!: number | null;
  @Field(() => String, optional)
  readonly runbookUrl!: string | null;
  @Field(() => [String], { description: 'Other names that its alerts go by.' })
  readonly aliases!: readonly string[];
  @Field(() => [String], {
    description: 'Names as they were given: services of the catalogue, or what stands outside of it.',
  })
  readonly dependsOn!: readonly string[];
  @Field(() => [String], { description: 'The services that depend on it, by its name or an alias.' })
  readonly dependedOnBy!: readonly string[];
  @Field(() => Int)
  readonly openIncidentCount!: number;
  @Field(() => Int, { description: 'Alerts of it that fire, those that a window keeps quiet included.' })
  readonly firingAlertCount!: number;
  @Field(() => SeverityEnum, {
    nullable: true,
    description: 'Of its open incidents and of its firing alerts that nothing keeps quiet; null while all is well.',
  })
  readonly worstSeverity!: string | null;
  @Field(() => [IncidentObject], { description: 'Most severe first, then newest; at most 20.' })
  readonly openIncidents!: readonly IncidentObject[];
}

@InputType('ServiceInput', { description: 'What is left out stays as it is; null takes a value away.' })
export class ServiceInput {
  @Field(() => String, { description: 'Which service it is; upper and lower case are the same.' })
  readonly name!: string;
  @Field(() => String, optional)
  readonly kind?: string | null;
  @Field(() => [String], optional)
  readonly environments?: readonly string[] | null;
  @Field(() => String, optional)
  readonly namespace?: string | null;
  @Field(() => String, optional)
  readonly team?: string | null;
  @Field(() => Int, optional)
  readonly tier?: number | null;
  @Field(() => String, optional)
  readonly runbookUrl?: string | null;
  @Field(() => [String], optional)
  readonly aliases?: readonly string[] | null;
  @Field(() => [String], optional)
  readonly dependsOn?: readonly string[] | null;
  @Field(() => ID, optional)
  readonly escalationPolicyId?: string | null;
}
