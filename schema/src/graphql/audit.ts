import './metadata.js';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { ActorObject, optional, PageInfoObject, plain } from './common.js';
import { PersonObject } from './person.js';
import { Cursor, DateTime } from './scalars.js';

@ObjectType('AuditEvent', { ...plain, description: 'One row of the audit trail.' })
export class AuditEventObject {
  @Field(() => ID)
  readonly id!: string;
  @Field(() => String)
  readonly kind!: string;
  @Field(() => DateTime)
  readonly occurredAt!: number;
  @Field(() => ActorObject)
  readonly actor!: ActorObject;
  @Field(() => PersonObject, optional)
  readonly person!: PersonObject | null;
  @Field(() => String, optional)
  readonly address!: string | null;
  @Field(() => ID, optional)
  readonly tokenId!: number | null;
  @Field(() => String, { description: 'One English sentence.' })
  readonly summary!: string;
  @Field(() => String, optional)
  readonly topic!: string | null;
  @Field(() => String, { nullable: true, description: 'JSON; secrets are •••.' })
  readonly before!: string | null;
  @Field(() => String, { nullable: true, description: 'JSON; secrets are •••.' })
  readonly after!: string | null;
}

@ObjectType('AuditEventEdge', plain)
export class AuditEventEdgeObject {
  @Field(() => Cursor)
  readonly cursor!: string;
  @Field(() => AuditEventObject)
  readonly node!: AuditEventObject;
}

@ObjectType('AuditEventConnection', plain)
export class AuditEventConnectionObject {
  @Field(() => [AuditEventObject])
  readonly nodes!: readonly AuditEventObject[];
  @Field(() => [AuditEventEdgeObject])
  readonly edges!: readonly AuditEventEdgeObject[];
  @Field(() => PageInfoObject)
  readonly pageInfo!: PageInfoObject;
}

@ObjectType('AuditHead', {
  ...plain,
  description: "The chain's newest seal: note it elsewhere, and nobody can rewrite what lies before it unseen.",
})
export class AuditHeadObject {
  @Field(() => String, { description: 'UTC, e.g. 2026-11-27.' })
  readonly day!: string;
  @Field(() => Int)
  readonly number!: number;
  @Field(() => String)
  readonly hash!: string;
  @Field(() => DateTime)
  readonly sealedAt!: number;
  @Field(() => Int)
  readonly unsealedEvents!: number;
}

@InputType('AuditFilter')
export class AuditFilterInput {
  @Field(() => [String], optional)
  readonly topics?: readonly string[] | null;
  @Field(() => [String], optional)
  readonly kinds?: readonly string[] | null;
  @Field(() => [String], optional)
  readonly actors?: readonly string[] | null;
  @Field(() => DateTime, optional)
  readonly from?: number | null;
  @Field(() => DateTime, optional)
  readonly to?: number | null;
  @Field(() => String, optional)
  readonly text?: string | null;
}
