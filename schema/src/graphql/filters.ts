import './metadata.js';
import { Field, ID, InputType, Int } from 'type-graphql';
import type { IncidentPhase } from '../domain/incident.js';
import type { Severity } from '../domain/severity.js';
import type { AlertStatus } from '../domain/alert.js';
import { optional } from './common.js';
import { AlertStatusEnum, IncidentPhaseEnum, MatchOpEnum, type matchOps, SeverityEnum } from './enums.js';
import { DateTime } from './scalars.js';

@InputType('LabelMatcher')
export class LabelMatcherInput {
  @Field(() => String)
  readonly name!: string;
  @Field(() => MatchOpEnum)
  readonly op!: (typeof matchOps)[number];
  @Field(() => String)
  readonly value!: string;
}

@InputType('IncidentFilter')
export class IncidentFilterInput {
  @Field(() => Boolean, optional)
  readonly isOpen?: boolean | null;
  @Field(() => [IncidentPhaseEnum], optional)
  readonly phases?: readonly IncidentPhase[] | null;
  @Field(() => [SeverityEnum], optional)
  readonly severities?: readonly Severity[] | null;
  @Field(() => [String], optional)
  readonly services?: readonly string[] | null;
  @Field(() => [String], optional)
  readonly environments?: readonly string[] | null;
  @Field(() => [String], optional)
  readonly teams?: readonly string[] | null;
  @Field(() => [String], { nullable: true, description: 'Keys of types.' })
  readonly types?: readonly string[] | null;
  @Field(() => [Int], { nullable: true, description: '1 to 4.' })
  readonly priorities?: readonly number[] | null;
  @Field(() => [String], { nullable: true, description: "Keys of the workflow's statuses." })
  readonly statuses?: readonly string[] | null;
  @Field(() => [String], { nullable: true, description: 'Any of them.' })
  readonly tags?: readonly string[] | null;
  @Field(() => [String], { nullable: true, description: 'An empty string stands for unassigned.' })
  readonly assignees?: readonly string[] | null;
  @Field(() => String, { nullable: true, description: 'Words of the title, or INC-12.' })
  readonly text?: string | null;
  @Field(() => DateTime, optional)
  readonly openedAfter?: number | null;
  @Field(() => DateTime, optional)
  readonly openedBefore?: number | null;
  @Field(() => DateTime, { nullable: true, description: 'Resolved within; used by KPI drill-downs.' })
  readonly resolvedAfter?: number | null;
  @Field(() => DateTime, optional)
  readonly resolvedBefore?: number | null;
}

@InputType('AlertFilter')
export class AlertFilterInput {
  @Field(() => [AlertStatusEnum], optional)
  readonly statuses?: readonly AlertStatus[] | null;
  @Field(() => [SeverityEnum], optional)
  readonly severities?: readonly Severity[] | null;
  @Field(() => [String], optional)
  readonly services?: readonly string[] | null;
  @Field(() => [String], optional)
  readonly environments?: readonly string[] | null;
  @Field(() => [ID], optional)
  readonly integrationIds?: readonly string[] | null;
  @Field(() => ID, optional)
  readonly incidentId?: string | null;
  @Field(() => Boolean, optional)
  readonly isStale?: boolean | null;
  @Field(() => Boolean, optional)
  readonly isFlapping?: boolean | null;
  @Field(() => String, optional)
  readonly text?: string | null;
  @Field(() => [LabelMatcherInput], optional)
  readonly matchers?: readonly LabelMatcherInput[] | null;
  @Field(() => DateTime, optional)
  readonly startedAfter?: number | null;
  @Field(() => DateTime, optional)
  readonly startedBefore?: number | null;
}

@InputType('KpiFilter')
export class KpiFilterInput {
  @Field(() => [String], optional)
  readonly services?: readonly string[] | null;
  @Field(() => [SeverityEnum], optional)
  readonly severities?: readonly Severity[] | null;
  @Field(() => [String], optional)
  readonly teams?: readonly string[] | null;
  @Field(() => [String], optional)
  readonly environments?: readonly string[] | null;
  @Field(() => [String], { nullable: true, description: 'Keys of types.' })
  readonly types?: readonly string[] | null;
}

@InputType('KpiQuery')
export class KpiQueryInput {
  @Field(() => DateTime)
  readonly from!: number;
  @Field(() => DateTime)
  readonly to!: number;
  @Field(() => KpiFilterInput, optional)
  readonly filter?: KpiFilterInput | null;
  @Field(() => String, {
    nullable: true,
    defaultValue: 'UTC',
    description: 'IANA time zone for day, week and month buckets.',
  })
  readonly timeZone?: string | null;
}
