import './metadata.js';
import { Field, InputType, Int } from 'type-graphql';
import type { IncidentType } from '../domain/incident.js';
import type { Severity } from '../domain/severity.js';
import type { SourceKind, StaleAction } from '../domain/source.js';
import { optional } from './common.js';
import { IncidentTypeEnum, SeverityEnum, SourceKindEnum, StaleActionEnum } from './enums.js';
import { DateTime } from './scalars.js';

@InputType('CreateIncidentInput')
export class CreateIncidentInput {
  @Field(() => String)
  readonly title!: string;
  @Field(() => String, optional)
  readonly description?: string | null;
  @Field(() => SeverityEnum)
  readonly severity!: Severity;
  @Field(() => IncidentTypeEnum, { nullable: true, defaultValue: 'operational' })
  readonly type?: IncidentType | null;
  @Field(() => [String])
  readonly services!: readonly string[];
  @Field(() => String, optional)
  readonly environment?: string | null;
  @Field(() => String, optional)
  readonly team?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When the impact began; default now.' })
  readonly impactStartedAt?: number | null;
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
}
