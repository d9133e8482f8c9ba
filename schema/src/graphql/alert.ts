import './metadata.js';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import {
  ExplanationObject,
  LabelObject,
  LinkObject,
  optional,
  PageInfoObject,
  plain,
  TotalCountObject,
} from './common.js';
import { AlertStatusEnum, ResolveReasonEnum, SeverityEnum } from './enums.js';
import { IncidentObject } from './incident.js';
import { IntegrationObject } from './integration.js';
import { Cursor, DateTime } from './scalars.js';

@ObjectType('SenderAlert', { ...plain, description: "One of the sender's own alerts." })
export class SenderAlertObject {
  @Field(() => String)
  readonly fingerprint!: string;
  @Field(() => DateTime)
  readonly startsAt!: number;
  @Field(() => DateTime, optional)
  readonly endsAt!: number | null;
}

@ObjectType('Alert', plain)
export class AlertObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => String)
  readonly fingerprint!: string;
  @Field(() => AlertStatusEnum)
  readonly status!: string;
  @Field(() => SeverityEnum)
  readonly severity!: string;
  @Field(() => String, { nullable: true, description: "The sender's own word for the severity, if it sent one." })
  readonly senderSeverity!: string | null;
  @Field(() => String)
  readonly title!: string;
  @Field(() => String, optional)
  readonly summary!: string | null;
  @Field(() => String, optional)
  readonly description!: string | null;
  @Field(() => String, optional)
  readonly service!: string | null;
  @Field(() => String, optional)
  readonly environment!: string | null;
  @Field(() => [LabelObject])
  readonly labels!: readonly LabelObject[];
  @Field(() => [LabelObject])
  readonly annotations!: readonly LabelObject[];
  @Field(() => DateTime)
  readonly startsAt!: number;
  @Field(() => DateTime, optional)
  readonly endsAt!: number | null;
  @Field(() => DateTime)
  readonly receivedAt!: number;
  @Field(() => DateTime)
  readonly lastReceivedAt!: number;
  @Field(() => Int)
  readonly receivedCount!: number;
  @Field(() => Boolean, { description: "Not heard of for longer than the integration's stale time." })
  readonly isStale!: boolean;
  @Field(() => Boolean, {
    description: 'Its condition comes and goes: with this alert it had fired more than 3 times within an hour.',
  })
  readonly isFlapping!: boolean;
  @Field(() => ResolveReasonEnum, optional)
  readonly resolveReason!: string | null;
  @Field(() => String, optional)
  readonly generatorUrl!: string | null;
  @Field(() => String, optional)
  readonly runbookUrl!: string | null;
  @Field(() => [LinkObject])
  readonly links!: readonly LinkObject[];
  @Field(() => IntegrationObject)
  readonly integration!: IntegrationObject;
  @Field(() => IncidentObject, optional)
  readonly incident!: IncidentObject | null;
  @Field(() => ExplanationObject, optional)
  readonly explanation!: ExplanationObject | null;
  @Field(() => [SenderAlertObject], {
    description:
      "The sender's own alerts of which it consists: two thresholds of one series are one condition to us. One where the sender has one for it.",
  })
  readonly senderAlerts!: readonly SenderAlertObject[];
}

@ObjectType('AlertEdge', plain)
export class AlertEdgeObject {
  @Field(() => Cursor)
  readonly cursor!: string;
  @Field(() => AlertObject)
  readonly node!: AlertObject;
}

@ObjectType('AlertConnection', plain)
export class AlertConnectionObject {
  @Field(() => [AlertObject])
  readonly nodes!: readonly AlertObject[];
  @Field(() => [AlertEdgeObject])
  readonly edges!: readonly AlertEdgeObject[];
  @Field(() => PageInfoObject)
  readonly pageInfo!: PageInfoObject;
  @Field(() => TotalCountObject)
  readonly totalCount!: TotalCountObject;
}
