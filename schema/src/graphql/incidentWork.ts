import './metadata.js';
import { Field, ID, ObjectType } from 'type-graphql';
import { optional, plain } from './common.js';
import { FieldKindEnum, IncidentRoleEnum } from './enums.js';
import { WorkflowStatusObject } from './incidentType.js';
import { DateTime } from './scalars.js';

@ObjectType('CustomFieldValue', plain)
export class CustomFieldValueObject {
  @Field(() => ID)
  readonly key!: string;
  @Field(() => String)
  readonly title!: string;
  @Field(() => FieldKindEnum)
  readonly kind!: string;
  @Field(() => [String])
  readonly choices!: readonly string[];
  @Field(() => String, { nullable: true, description: 'As text; DATE is ISO, PERSON a handle.' })
  readonly value!: string | null;
}

@ObjectType('IncidentRoleHolder', plain)
class IncidentRoleHolderObject {
  @Field(() => IncidentRoleEnum)
  readonly role!: string;
  @Field(() => ID)
  readonly personId!: number;
  @Field(() => String)
  readonly handle!: string;
  @Field(() => String)
  readonly name!: string;
  @Field(() => String)
  readonly assignedBy!: string;
  @Field(() => DateTime)
  readonly assignedAt!: number;
}

@ObjectType('ChecklistState', plain)
class ChecklistStateObject {
  @Field(() => ID)
  readonly key!: string;
  @Field(() => String)
  readonly text!: string;
  @Field(() => String, optional)
  readonly tickedBy!: string | null;
  @Field(() => DateTime, optional)
  readonly tickedAt!: number | null;
}

@ObjectType('RoleState', plain)
export class RoleStateObject {
  @Field(() => IncidentRoleEnum)
  readonly role!: string;
  @Field(() => Boolean, { description: 'The type requires it at this severity.' })
  readonly isRequired!: boolean;
  @Field(() => [IncidentRoleHolderObject])
  readonly holders!: readonly IncidentRoleHolderObject[];
  @Field(() => [ChecklistStateObject])
  readonly checklist!: readonly ChecklistStateObject[];
}

@ObjectType('StatusChoice', plain)
export class StatusChoiceObject {
  @Field(() => WorkflowStatusObject)
  readonly status!: WorkflowStatusObject;
  @Field(() => Boolean)
  readonly isAllowed!: boolean;
  @Field(() => String, { nullable: true, description: 'What keeps the viewer from it.' })
  readonly because!: string | null;
  @Field(() => [String], { description: 'Keys of the fields that must have a value by then.' })
  readonly requires!: readonly string[];
}
