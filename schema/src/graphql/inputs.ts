import './metadata.js';
import { Field, ID, InputType, Int } from 'type-graphql';
import type { Severity } from '../domain/severity.js';
import type { SourceKind, StaleAction } from '../domain/source.js';
import { optional } from './common.js';
import { SeverityEnum, SourceKindEnum, StaleActionEnum } from './enums.js';
import { DateTime } from './scalars.js';

@InputType('CustomFieldValueInput')
export class CustomFieldValueInput {
  @Field(() => String)
  readonly key!: string;
  @Field(() => String, { nullable: true, description: 'As text; null takes the value away.' })
  readonly value?: string | null;
}

@InputType('IncidentPatch', { description: 'What is left out stays; null takes away what can be without a value.' })
export class IncidentPatchInput {
  @Field(() => String, optional)
  readonly title?: string | null;
  @Field(() => String, optional)
  readonly description?: string | null;
  @Field(() => [String], optional)
  readonly services?: readonly string[] | null;
  @Field(() => String, optional)
  readonly environment?: string | null;
  @Field(() => String, optional)
  readonly team?: string | null;
  @Field(() => [String], optional)
  readonly tags?: readonly string[] | null;
  @Field(() => DateTime, optional)
  readonly impactStartedAt?: number | null;
  @Field(() => Boolean, optional)
  readonly isRestricted?: boolean | null;
  @Field(() => Int, { nullable: true, description: '1 (high) to 3; null follows the severity.' })
  readonly impact?: number | null;
  @Field(() => Int, { nullable: true, description: '1 (high) to 3; null follows the severity.' })
  readonly urgency?: number | null;
  @Field(() => [CustomFieldValueInput], optional)
  readonly customFields?: readonly CustomFieldValueInput[] | null;
}

@InputType('CreateIncidentInput')
export class CreateIncidentInput {
  @Field(() => String)
  readonly title!: string;
  @Field(() => String, optional)
  readonly description?: string | null;
  @Field(() => SeverityEnum, { nullable: true, description: "Null: the type's default." })
  readonly severity?: Severity | null;
  @Field(() => String, { nullable: true, defaultValue: 'operational', description: 'Key of a type.' })
  readonly type?: string | null;
  @Field(() => [CustomFieldValueInput], { nullable: true, description: "What the type's template asks for." })
  readonly customFields?: readonly CustomFieldValueInput[] | null;
  @Field(() => Int, { nullable: true, description: '1 (high) to 3; null follows the severity.' })
  readonly impact?: number | null;
  @Field(() => Int, { nullable: true, description: '1 (high) to 3; null follows the severity.' })
  readonly urgency?: number | null;
  @Field(() => [String], optional)
  readonly tags?: readonly string[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Null: as the type says.' })
  readonly isRestricted?: boolean | null;
  @Field(() => ID, optional)
  readonly assigneeId?: string | null;
  @Field(() => [String])
  readonly services!: readonly string[];
  @Field(() => String, optional)
  readonly environment?: string | null;
  @Field(() => String, optional)
  readonly team?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When the impact began; default now.' })
  readonly impactStartedAt?: number | null;
}

@InputType('LabelAliasInput')
export class LabelAliasInput {
  @Field(() => String, { description: '"service" or "environment".' })
  readonly field!: string;
  @Field(() => String)
  readonly label!: string;
}

@InputType('CreateIntegrationInput')
export class CreateIntegrationInput {
  @Field(() => String)
  readonly name!: string;
  @Field(() => SourceKindEnum)
  readonly source!: SourceKind;
  @Field(() => String, optional)
  readonly team?: string | null;
  @Field(() => String, optional)
  readonly environment?: string | null;
  @Field(() => Int, optional)
  readonly staleAfterSeconds?: number | null;
  @Field(() => StaleActionEnum, optional)
  readonly staleAction?: StaleAction | null;
  @Field(() => [String], optional)
  readonly ignoreLabels?: readonly string[] | null;
  @Field(() => [String], optional)
  readonly volatileAnnotations?: readonly string[] | null;
  @Field(() => [LabelAliasInput], {
    nullable: true,
    description: 'More labels to derive a field from, tried before the built-in ones.',
  })
  readonly labelAliases?: readonly LabelAliasInput[] | null;
  @Field(() => Int, { nullable: true, description: 'From 60 seconds to 30 days; null: silence means nothing.' })
  readonly heartbeatSeconds?: number | null;
  @Field(() => String, optional)
  readonly reconcileUrl?: string | null;
  @Field(() => String, { nullable: true, description: 'Sent as a bearer token to `reconcileUrl`; kept encrypted.' })
  readonly reconcileToken?: string | null;
  @Field(() => [String], { nullable: true, description: 'CLOUDWATCH: ARNs of SNS topics; empty: any.' })
  readonly topics?: readonly string[] | null;
}

@InputType('UpdateIntegrationInput')
export class UpdateIntegrationInput {
  @Field(() => String, optional)
  readonly name?: string | null;
  @Field(() => String, optional)
  readonly team?: string | null;
  @Field(() => String, optional)
  readonly environment?: string | null;
  @Field(() => Int, optional)
  readonly staleAfterSeconds?: number | null;
  @Field(() => StaleActionEnum, optional)
  readonly staleAction?: StaleAction | null;
  @Field(() => [String], optional)
  readonly ignoreLabels?: readonly string[] | null;
  @Field(() => [String], optional)
  readonly volatileAnnotations?: readonly string[] | null;
  @Field(() => [LabelAliasInput], {
    nullable: true,
    description: 'More labels to derive a field from, tried before the built-in ones.',
  })
  readonly labelAliases?: readonly LabelAliasInput[] | null;
  @Field(() => Int, { nullable: true, description: 'From 60 seconds to 30 days; null: silence means nothing.' })
  readonly heartbeatSeconds?: number | null;
  @Field(() => String, optional)
  readonly reconcileUrl?: string | null;
  @Field(() => String, { nullable: true, description: 'Sent as a bearer token to `reconcileUrl`; kept encrypted.' })
  readonly reconcileToken?: string | null;
  @Field(() => [String], { nullable: true, description: 'CLOUDWATCH: ARNs of SNS topics; empty: any.' })
  readonly topics?: readonly string[] | null;
}
