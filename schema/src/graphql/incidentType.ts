import './metadata.js';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { optional, plain } from './common.js';
import { FieldKindEnum, IncidentPhaseEnum, IncidentRoleEnum, OpenTasksEnum, RoleEnum, SeverityEnum } from './enums.js';
import { DateTime } from './scalars.js';

@ObjectType('WorkflowStatus', plain)
export class WorkflowStatusObject {
  @Field(() => ID)
  readonly key!: string;
  @Field(() => String)
  readonly title!: string;
  @Field(() => IncidentPhaseEnum)
  readonly phase!: string;
}

@ObjectType('WorkflowTransition', plain)
class WorkflowTransitionObject {
  @Field(() => String)
  readonly from!: string;
  @Field(() => String)
  readonly to!: string;
  @Field(() => RoleEnum, { description: 'Who may, at least.' })
  readonly role!: string;
  @Field(() => [String], { description: 'Keys of fields that must have a value by then.' })
  readonly requires!: readonly string[];
}

@ObjectType('CustomFieldDefinition', plain)
class CustomFieldDefinitionObject {
  @Field(() => ID)
  readonly key!: string;
  @Field(() => String)
  readonly title!: string;
  @Field(() => FieldKindEnum)
  readonly kind!: string;
  @Field(() => [String])
  readonly choices!: readonly string[];
  @Field(() => Int, { nullable: true, description: 'Its place in the report; null: not asked for there.' })
  readonly reportOrder!: number | null;
  @Field(() => Boolean)
  readonly isRequiredInReport!: boolean;
}

@ObjectType('ChecklistItem', plain)
class ChecklistItemObject {
  @Field(() => ID)
  readonly key!: string;
  @Field(() => String)
  readonly text!: string;
}

@ObjectType('RoleRequirement', plain)
class RoleRequirementObject {
  @Field(() => IncidentRoleEnum)
  readonly role!: string;
  @Field(() => SeverityEnum, { nullable: true, description: 'At this severity or worse; null: never.' })
  readonly requiredFrom!: string | null;
  @Field(() => [ChecklistItemObject])
  readonly checklist!: readonly ChecklistItemObject[];
}

@ObjectType('ClosingRequirement', plain)
class ClosingRequirementObject {
  @Field(() => SeverityEnum, {
    nullable: true,
    description: 'A published review at this severity or worse; null: never.',
  })
  readonly reviewFrom!: string | null;
  @Field(() => OpenTasksEnum)
  readonly openTasks!: string;
  @Field(() => [String], { description: 'Keys of fields that must have a value.' })
  readonly fields!: readonly string[];
}

@ObjectType('IncidentTypeDefinition', plain)
export class IncidentTypeDefinitionObject {
  @Field(() => [WorkflowStatusObject])
  readonly statuses!: readonly WorkflowStatusObject[];
  @Field(() => [WorkflowTransitionObject])
  readonly transitions!: readonly WorkflowTransitionObject[];
  @Field(() => [CustomFieldDefinitionObject])
  readonly fields!: readonly CustomFieldDefinitionObject[];
  @Field(() => [RoleRequirementObject])
  readonly roles!: readonly RoleRequirementObject[];
  @Field(() => SeverityEnum)
  readonly defaultSeverity!: string;
  @Field(() => ClosingRequirementObject)
  readonly closing!: ClosingRequirementObject;
  @Field(() => Boolean)
  readonly updatesNeedApproval!: boolean;
}

@ObjectType('TypeVersion', plain)
export class TypeVersionObject {
  @Field(() => Int)
  readonly version!: number;
  @Field(() => DateTime)
  readonly savedAt!: number;
  @Field(() => String)
  readonly savedBy!: string;
  @Field(() => String, optional)
  readonly comment!: string | null;
}

@ObjectType('IncidentType', { ...plain, description: 'A kind of incident, with how it is worked on.' })
export class IncidentTypeObject {
  @Field(() => ID)
  readonly key!: string;
  @Field(() => String)
  readonly title!: string;
  @Field(() => Boolean, { description: 'Its incidents are restricted from the start.' })
  readonly isRestricted!: boolean;
  @Field(() => Boolean, { description: 'No new incidents of it.' })
  readonly isArchived!: boolean;
  @Field(() => Int, { description: '0: only the built-in definition.' })
  readonly version!: number;
  @Field(() => IncidentTypeDefinitionObject)
  readonly definition!: IncidentTypeDefinitionObject;
  @Field(() => [TypeVersionObject], { description: 'Newest first.' })
  readonly versions!: readonly TypeVersionObject[];
  @Field(() => Int)
  readonly openIncidents!: number;
}

@ObjectType('WorkflowProblem', plain)
export class WorkflowProblemObject {
  @Field(() => String)
  readonly code!: string;
  @Field(() => String)
  readonly message!: string;
  @Field(() => String, optional)
  readonly status!: string | null;
  @Field(() => String, { description: 'Where in the document.' })
  readonly field!: string;
}

@ObjectType('PriorityMatrix', {
  ...plain,
  description: 'Impact × urgency, the most serious first: three rows of three, 1 to 4.',
})
export class PriorityMatrixObject {
  @Field(() => Int, { description: '0: the built-in one.' })
  readonly version!: number;
  @Field(() => [[Int]])
  readonly cells!: readonly (readonly number[])[];
  @Field(() => DateTime, optional)
  readonly savedAt!: number | null;
  @Field(() => String, optional)
  readonly savedBy!: string | null;
}

@ObjectType('SeverityCriterion', plain)
export class SeverityCriterionObject {
  @Field(() => SeverityEnum)
  readonly severity!: string;
  @Field(() => String, { description: 'Empty where nobody wrote any.' })
  readonly criteria!: string;
}
