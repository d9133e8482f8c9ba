import './metadata.js';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { optional, plain } from './common.js';
import { DeadLetterConnectionObject, DeliveryObject, OutcomeCountObject } from './delivery.js';
import { SourceKindEnum, StaleActionEnum } from './enums.js';
import { DateTime } from './scalars.js';

@ObjectType('LabelAlias', plain)
export class LabelAliasObject {
  @Field(() => String)
  readonly field!: string;
  @Field(() => String)
  readonly label!: string;
}

@ObjectType('Snippet', plain)
export class SnippetObject {
  @Field(() => String)
  readonly title!: string;
  @Field(() => String)
  readonly language!: string;
  @Field(() => String)
  readonly code!: string;
  @Field(() => String)
  readonly explanation!: string;
}

@ObjectType('IntegrationSecret', plain)
export class IntegrationSecretObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => String)
  readonly hint!: string;
  @Field(() => DateTime)
  readonly createdAt!: number;
  @Field(() => DateTime, optional)
  readonly expiresAt!: number | null;
  @Field(() => DateTime, optional)
  readonly lastUsedAt!: number | null;
}

@ObjectType('Integration', plain)
export class IntegrationObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => String)
  readonly name!: string;
  @Field(() => SourceKindEnum)
  readonly source!: string;
  @Field(() => String, optional)
  readonly team!: string | null;
  @Field(() => String, optional)
  readonly environment!: string | null;
  @Field(() => [String])
  readonly ignoreLabels!: readonly string[];
  @Field(() => [String])
  readonly volatileAnnotations!: readonly string[];
  @Field(() => [LabelAliasObject])
  readonly labelAliases!: readonly LabelAliasObject[];
  @Field(() => Int)
  readonly staleAfterSeconds!: number;
  @Field(() => StaleActionEnum)
  readonly staleAction!: string;
  @Field(() => Int, {
    nullable: true,
    description: 'Silent for longer than this it is an alert itself; null: silence means nothing.',
  })
  readonly heartbeatSeconds!: number | null;
  @Field(() => Boolean, { description: 'Silent for longer than its heartbeat: an alert says so.' })
  readonly isSilent!: boolean;
  @Field(() => Boolean, { description: 'The sender signs; requests without its signature are refused.' })
  readonly hasSigningSecret!: boolean;
  @Field(() => String, {
    nullable: true,
    description:
      "The sender's API that tells which alerts it has, asked every minute: http://alertmanager:9093, or a whole path with a query like `?receiver=tocsin`.",
  })
  readonly reconcileUrl!: string | null;
  @Field(() => [String], {
    description:
      'CLOUDWATCH: ARNs of the Amazon SNS topics whose messages are taken, and no others. Empty: any that brings the secret.',
  })
  readonly topics!: readonly string[];
  @Field(() => String, { nullable: true, description: 'Why the sender could not be asked the last time.' })
  readonly reconcileError!: string | null;
  @Field(() => DateTime)
  readonly createdAt!: number;
  @Field(() => DateTime, optional)
  readonly firstReceivedAt!: number | null;
  @Field(() => DateTime, optional)
  readonly lastReceivedAt!: number | null;
  @Field(() => [SnippetObject], {
    description:
      'Configuration to paste into the sender. `{{secret}}` stands where the secret goes; it is shown once, when created or rotated.',
  })
  readonly snippets!: readonly SnippetObject[];
  @Field(() => [IntegrationSecretObject])
  readonly secrets!: readonly IntegrationSecretObject[];
  @Field(() => [DeliveryObject], { description: 'Newest first, at most 50.' })
  readonly deliveries!: readonly DeliveryObject[];
  @Field(() => DeadLetterConnectionObject)
  readonly deadLetters!: DeadLetterConnectionObject;
  @Field(() => [OutcomeCountObject], {
    description: "Counts by outcome since the integration exists (bounded by the log's retention).",
  })
  readonly outcomes!: readonly OutcomeCountObject[];
}

@ObjectType('IntegrationWithSecret', { ...plain, description: 'The only time the secret is readable.' })
export class IntegrationWithSecretObject {
  @Field(() => IntegrationObject)
  readonly integration!: IntegrationObject;
  @Field(() => String)
  readonly secret!: string;
}
