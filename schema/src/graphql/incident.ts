import './metadata.js';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { AlertConnectionObject } from './alert.js';
import { ActorObject, LabelObject, optional, PageInfoObject, plain, TotalCountObject } from './common.js';
import { DismissReasonEnum, IncidentPhaseEnum, SeverityEnum } from './enums.js';
import { CustomFieldValueObject, RoleStateObject, StatusChoiceObject } from './incidentWork.js';
import { IncidentTypeObject, WorkflowStatusObject } from './incidentType.js';
import { Cursor, DateTime } from './scalars.js';
import { TimelineConnectionObject } from './timeline.js';

@ObjectType('Incident', plain)
export class IncidentObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => Int, { description: '1 for INC-1.' })
  readonly number!: number;
  @Field(() => String, { description: 'INC-1' })
  readonly reference!: string;
  @Field(() => Int, {
    description: 'Pass it back as `expectedVersion`; it changes when a person or a phase changes the incident.',
  })
  readonly version!: number;
  @Field(() => String)
  readonly title!: string;
  @Field(() => String, optional)
  readonly description!: string | null;
  @Field(() => IncidentTypeObject)
  readonly type!: IncidentTypeObject;
  @Field(() => Int, { description: "Of the type's definition; it keeps the one that it began with." })
  readonly typeVersion!: number;
  @Field(() => WorkflowStatusObject)
  readonly status!: WorkflowStatusObject;
  @Field(() => [StatusChoiceObject], {
    description: 'Where the workflow leads next, and what keeps the viewer from it.',
  })
  readonly nextStatuses!: readonly StatusChoiceObject[];
  @Field(() => Int, { description: '1 to 4; follows from impact and urgency by the matrix.' })
  readonly priority!: number;
  @Field(() => Int, { nullable: true, description: '1 is high; null follows the severity.' })
  readonly impact!: number | null;
  @Field(() => Int, { nullable: true, description: '1 is high; null follows the severity.' })
  readonly urgency!: number | null;
  @Field(() => Boolean, { description: 'Only who takes part, the team and managers see it.' })
  readonly isRestricted!: boolean;
  @Field(() => [String])
  readonly tags!: readonly string[];
  @Field(() => [CustomFieldValueObject], {
    description: "Every field of the type's definition, with or without a value.",
  })
  readonly customFields!: readonly CustomFieldValueObject[];
  @Field(() => [RoleStateObject])
  readonly roles!: readonly RoleStateObject[];
  @Field(() => [String], { description: 'What keeps it from being closed, beside being open.' })
  readonly closingObstacles!: readonly string[];
  @Field(() => SeverityEnum)
  readonly severity!: string;
  @Field(() => Boolean, {
    description: "True when a person set the severity: the sender's no longer overrides it.",
  })
  readonly severityIsManual!: boolean;
  @Field(() => IncidentPhaseEnum)
  readonly phase!: string;
  @Field(() => Boolean)
  readonly isOpen!: boolean;
  @Field(() => [String])
  readonly services!: readonly string[];
  @Field(() => String, optional)
  readonly environment!: string | null;
  @Field(() => String, optional)
  readonly team!: string | null;
  @Field(() => String, optional)
  readonly assignee!: string | null;
  @Field(() => String, optional)
  readonly reporter!: string | null;
  @Field(() => DateTime)
  readonly impactStartedAt!: number;
  @Field(() => DateTime)
  readonly openedAt!: number;
  @Field(() => DateTime, optional)
  readonly acknowledgedAt!: number | null;
  @Field(() => String, optional)
  readonly acknowledgedBy!: string | null;
  @Field(() => DateTime, optional)
  readonly mitigatedAt!: number | null;
  @Field(() => DateTime, optional)
  readonly firstResolvedAt!: number | null;
  @Field(() => DateTime, optional)
  readonly resolvedAt!: number | null;
  @Field(() => ActorObject, optional)
  readonly resolvedBy!: ActorObject | null;
  @Field(() => DateTime, optional)
  readonly closedAt!: number | null;
  @Field(() => Int)
  readonly reopenedCount!: number;
  @Field(() => DateTime, {
    nullable: true,
    description: 'Set while every alert has resolved and the quiet period runs: when it resolves by itself.',
  })
  readonly autoResolvesAt!: number | null;
  @Field(() => Boolean, {
    description:
      'An alert of it has come and gone more than 3 times within an hour, and again in the last hour: it resolves by itself only after 20 minutes of quiet.',
  })
  readonly isFlapping!: boolean;
  @Field(() => DismissReasonEnum, optional)
  readonly dismissReason!: string | null;
  @Field(() => IncidentObject, optional)
  readonly mergedInto!: IncidentObject | null;
  @Field(() => [IncidentObject])
  readonly mergedFrom!: readonly IncidentObject[];
  @Field(() => Int)
  readonly alertCount!: number;
  @Field(() => Int)
  readonly firingAlertCount!: number;
  @Field(() => [LabelObject], { description: 'Labels equal on every alert of the incident.' })
  readonly sharedLabels!: readonly LabelObject[];
  @Field(() => AlertConnectionObject)
  readonly alerts!: AlertConnectionObject;
  @Field(() => TimelineConnectionObject, {
    description: 'Newest last. `cursor` of the last edge is where `incidentTimeline(after:)` continues.',
  })
  readonly timeline!: TimelineConnectionObject;
  @Field(() => Int, { nullable: true, description: 'Seconds from open to first human acknowledge.' })
  readonly timeToAcknowledgeSeconds!: number | null;
  @Field(() => Int, { nullable: true, description: 'Seconds from open to the first resolve.' })
  readonly timeToFirstResolveSeconds!: number | null;
  @Field(() => Int, { nullable: true, description: 'Seconds from open to the last resolve, reopened time included.' })
  readonly timeToResolveSeconds!: number | null;
  @Field(() => DateTime)
  readonly updatedAt!: number;
}

@ObjectType('IncidentEdge', plain)
export class IncidentEdgeObject {
  @Field(() => Cursor)
  readonly cursor!: string;
  @Field(() => IncidentObject)
  readonly node!: IncidentObject;
}

@ObjectType('IncidentConnection', plain)
export class IncidentConnectionObject {
  @Field(() => [IncidentObject])
  readonly nodes!: readonly IncidentObject[];
  @Field(() => [IncidentEdgeObject])
  readonly edges!: readonly IncidentEdgeObject[];
  @Field(() => PageInfoObject)
  readonly pageInfo!: PageInfoObject;
  @Field(() => TotalCountObject)
  readonly totalCount!: TotalCountObject;
}
