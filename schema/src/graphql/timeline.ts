import './metadata.js';
import { Field, ID, ObjectType } from 'type-graphql';
import { AlertObject } from './alert.js';
import { ActorObject, ExplanationObject, optional, PageInfoObject, plain } from './common.js';
import { ChangeEventObject } from './change.js';
import { EventKindEnum } from './enums.js';
import { IncidentObject } from './incident.js';
import { Cursor, DateTime } from './scalars.js';

@ObjectType('TimelineEvent', { ...plain, description: 'One row of the log, readable by people.' })
export class TimelineEventObject {
  @Field(() => ID)
  readonly id!: string;
  @Field(() => EventKindEnum)
  readonly kind!: string;
  @Field(() => DateTime)
  readonly occurredAt!: number;
  @Field(() => DateTime)
  readonly recordedAt!: number;
  @Field(() => ActorObject)
  readonly actor!: ActorObject;
  @Field(() => String, { description: 'One English sentence.' })
  readonly summary!: string;
  @Field(() => String, optional)
  readonly note!: string | null;
  @Field(() => String, optional)
  readonly from!: string | null;
  @Field(() => String, optional)
  readonly to!: string | null;
  @Field(() => String, optional)
  readonly reason!: string | null;
  @Field(() => ExplanationObject, optional)
  readonly explanation!: ExplanationObject | null;
  @Field(() => ID, optional)
  readonly incidentId!: number | null;
  @Field(() => IncidentObject, optional)
  readonly incident!: IncidentObject | null;
  @Field(() => AlertObject, optional)
  readonly alert!: AlertObject | null;
  @Field(() => ChangeEventObject, {
    nullable: true,
    description: 'Of INCIDENT_CHANGE_FOUND, while the change is kept.',
  })
  readonly change!: ChangeEventObject | null;
  @Field(() => IncidentObject, optional)
  readonly relatedIncident!: IncidentObject | null;
}

@ObjectType('TimelineEdge', plain)
export class TimelineEdgeObject {
  @Field(() => Cursor)
  readonly cursor!: string;
  @Field(() => TimelineEventObject)
  readonly node!: TimelineEventObject;
}

@ObjectType('TimelineConnection', plain)
export class TimelineConnectionObject {
  @Field(() => [TimelineEventObject])
  readonly nodes!: readonly TimelineEventObject[];
  @Field(() => [TimelineEdgeObject])
  readonly edges!: readonly TimelineEdgeObject[];
  @Field(() => PageInfoObject)
  readonly pageInfo!: PageInfoObject;
}
