import './metadata.js';
import { Field, ID, ObjectType } from 'type-graphql';
import { AlertObject } from './alert.js';
import { plain } from './common.js';
import { OutcomeCountObject } from './delivery.js';
import { IncidentObject } from './incident.js';
import { Cursor, DateTime } from './scalars.js';
import { TimelineEventObject } from './timeline.js';

@ObjectType('IncidentEventEdge', plain)
export class IncidentEventEdgeObject {
  @Field(() => Cursor)
  readonly cursor!: string;
  @Field(() => TimelineEventObject)
  readonly event!: TimelineEventObject;
  @Field(() => IncidentObject)
  readonly incident!: IncidentObject;
}

@ObjectType('AlertEventEdge', plain)
export class AlertEventEdgeObject {
  @Field(() => Cursor)
  readonly cursor!: string;
  @Field(() => TimelineEventObject)
  readonly event!: TimelineEventObject;
  @Field(() => AlertObject)
  readonly alert!: AlertObject;
}

@ObjectType('DeliveryEvent', plain)
export class DeliveryEventObject {
  @Field(() => Cursor)
  readonly cursor!: string;
  @Field(() => ID)
  readonly integrationId!: number;
  @Field(() => DateTime)
  readonly receivedAt!: number;
  @Field(() => [OutcomeCountObject])
  readonly outcomes!: readonly OutcomeCountObject[];
}
