import './metadata.js';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { optional, PageInfoObject, plain, TotalCountObject } from './common.js';
import { Cursor, DateTime } from './scalars.js';

@ObjectType('OutcomeCount', plain)
export class OutcomeCountObject {
  @Field(() => String)
  readonly outcome!: string;
  @Field(() => Int)
  readonly count!: number;
}

@ObjectType('Delivery', plain)
export class DeliveryObject {
  @Field(() => ID)
  readonly id!: string;
  @Field(() => DateTime)
  readonly receivedAt!: number;
  @Field(() => Int)
  readonly receivedCount!: number;
  @Field(() => Int)
  readonly alertCount!: number;
  @Field(() => Int)
  readonly opened!: number;
  @Field(() => Int, { description: 'Opened, and kept quiet by a maintenance window or a silence.' })
  readonly suppressed!: number;
  @Field(() => Int)
  readonly repeated!: number;
  @Field(() => Int)
  readonly changed!: number;
  @Field(() => Int)
  readonly resolved!: number;
  @Field(() => Int)
  readonly stale!: number;
  @Field(() => Int)
  readonly ignored!: number;
  @Field(() => Int)
  readonly superseded!: number;
  @Field(() => Int)
  readonly test!: number;
  @Field(() => Int)
  readonly deadLettered!: number;
  @Field(() => Int, { description: 'Deploys and other changes that it told; no alerts.' })
  readonly changes!: number;
}

@ObjectType('DeadLetter', plain)
export class DeadLetterObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => DateTime)
  readonly receivedAt!: number;
  @Field(() => String)
  readonly code!: string;
  @Field(() => String)
  readonly message!: string;
  @Field(() => String, optional)
  readonly path!: string | null;
  @Field(() => String)
  readonly body!: string;
  @Field(() => DateTime, optional)
  readonly replayedAt!: number | null;
  @Field(() => String, optional)
  readonly replayError!: string | null;
}

@ObjectType('DeadLetterEdge', plain)
export class DeadLetterEdgeObject {
  @Field(() => Cursor)
  readonly cursor!: string;
  @Field(() => DeadLetterObject)
  readonly node!: DeadLetterObject;
}

@ObjectType('DeadLetterConnection', plain)
export class DeadLetterConnectionObject {
  @Field(() => [DeadLetterObject])
  readonly nodes!: readonly DeadLetterObject[];
  @Field(() => [DeadLetterEdgeObject])
  readonly edges!: readonly DeadLetterEdgeObject[];
  @Field(() => PageInfoObject)
  readonly pageInfo!: PageInfoObject;
  @Field(() => TotalCountObject)
  readonly totalCount!: TotalCountObject;
}
