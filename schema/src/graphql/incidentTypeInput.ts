import './metadata.js';
import { Field, InputType, Int } from 'type-graphql';
import type { FieldKind } from '../domain/incidentType.js';
import type { IncidentRole } from '../domain/incidentRole.js';
import type { Severity } from '../domain/severity.js';
import type { WorkflowPhase, WorkflowTransition } from '../domain/workflow.js';
import { optional } from './common.js';
import { FieldKindEnum, IncidentPhaseEnum, IncidentRoleEnum, OpenTasksEnum, RoleEnum, SeverityEnum } from './enums.js';

@InputType('SeverityCriterionInput')
export class SeverityCriterionInput {
  @Field(() => SeverityEnum)
  readonly severity!: Severity;
  @Field(() => String)
  readonly criteria!: string;
}

@InputType('WorkflowStatusInput')
class WorkflowStatusInput {
  @Field(() => String)
  readonly key!: string;
  @Field(() => String)
  readonly title!: string;
  @Field(() => IncidentPhaseEnum)
  readonly phase!: WorkflowPhase;
}

@InputType('WorkflowTransitionInput')
class WorkflowTransitionInput {
  @Field(() => String)
  readonly from!: string;
  @Field(() => String)
  readonly to!: string;
  @Field(() => RoleEnum)
  readonly role!: WorkflowTransition['role'];
  @Field(() => [String], { defaultValue: [] })
  readonly requires!: readonly string[];
}

@InputType('CustomFieldInput')
class CustomFieldInput {
  @Field(() => String)
  readonly key!: string;
  @Field(() => String)
  readonly title!: string;
  @Field(() => FieldKindEnum)
  readonly kind!: FieldKind;
  @Field(() => [String], { defaultValue: [] })
  readonly choices!: readonly string[];
  @Field(() => Int, optional)
  readonly reportOrder?: number | null;
  @Field(() => Boolean, { defaultValue: false })
  readonly isRequiredInReport!: boolean;
}

@InputType('ChecklistItemInput')
class ChecklistItemInput {
  @Field(() => String)
  readonly key!: string;
  @Field(() => String)
  readonly text!: string;
}

@InputType('RoleRequirementInput')
class RoleRequirementInput {
  @Field(() => IncidentRoleEnum)
  readonly role!: IncidentRole;
  @Field(() => SeverityEnum, optional)
  readonly requiredFrom?: Severity | null;
  @Field(() => [ChecklistItemInput], { defaultValue: [] })
  readonly checklist!: readonly ChecklistItemInput[];
}

@InputType('ClosingRequirementInput')
class ClosingRequirementInput {
  @Field(() => SeverityEnum, optional)
  readonly reviewFrom?: Severity | null;
  @Field(() => OpenTasksEnum, { defaultValue: 'allowed' })
  readonly openTasks!: 'allowed' | 'refused';
  @Field(() => [String], { defaultValue: [] })
  readonly fields!: readonly string[];
}

@InputType('IncidentTypeDefinitionInput')
class IncidentTypeDefinitionInput {
  @Field(() => [WorkflowStatusInput])
  readonly statuses!: readonly WorkflowStatusInput[];
  @Field(() => [WorkflowTransitionInput])
  readonly transitions!: readonly WorkflowTransitionInput[];
  @Field(() => [CustomFieldInput])
  readonly fields!: readonly CustomFieldInput[];
  @Field(() => [RoleRequirementInput])
  readonly roles!: readonly RoleRequirementInput[];
  @Field(() => SeverityEnum)
  readonly defaultSeverity!: Severity;
  @Field(() => ClosingRequirementInput)
  readonly closing!: ClosingRequirementInput;
  @Field(() => Boolean, { defaultValue: false })
  readonly updatesNeedApproval!: boolean;
}

@InputType('IncidentTypeInput')
export class IncidentTypeInput {
  @Field(() => String)
  readonly key!: string;
  @Field(() => String)
  readonly title!: string;
  @Field(() => Boolean, { defaultValue: false })
  readonly isRestricted!: boolean;
  @Field(() => IncidentTypeDefinitionInput)
  readonly definition!: IncidentTypeDefinitionInput;
}
