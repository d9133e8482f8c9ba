import './metadata.js';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { ActionKind } from '../domain/automation.js';
import type { EventKind } from '../domain/event.js';
import { optional, PageInfoObject, plain } from './common.js';
import { AutomationActionKindEnum, AutomationRunStateEnum, EventKindEnum } from './enums.js';
import { IncidentObject } from './incident.js';
import { DateTime } from './scalars.js';
import { TimelineEventObject } from './timeline.js';

@ObjectType('AutomationAction', plain)
export class AutomationActionObject {
  @Field(() => AutomationActionKindEnum)
  readonly kind!: string;
  @Field(() => String, { description: 'As JSON.' })
  readonly parameters!: string;
  @Field(() => String)
  readonly sentence!: string;
}

@ObjectType('AutomationRule', { ...plain, description: 'When something happens to an incident, then this is done.' })
export class AutomationRuleObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => Int)
  readonly version!: number;
  @Field(() => String)
  readonly name!: string;
  @Field(() => Boolean)
  readonly isEnabled!: boolean;
  @Field(() => [EventKindEnum])
  readonly kinds!: readonly string[];
  @Field(() => String, { nullable: true, description: 'Over the incident and the event; null: always.' })
  readonly condition!: string | null;
  @Field(() => [AutomationActionObject])
  readonly actions!: readonly AutomationActionObject[];
  @Field(() => String, optional)
  readonly team!: string | null;
  @Field(() => Int)
  readonly runCount!: number;
  @Field(() => DateTime, optional)
  readonly lastRunAt!: number | null;
}

@ObjectType('AutomationResult', plain)
class AutomationResultObject {
  @Field(() => String)
  readonly action!: string;
  @Field(() => String, { description: '"done" or "failed".' })
  readonly outcome!: string;
  @Field(() => String, optional)
  readonly message!: string | null;
}

@ObjectType('AutomationRun', plain)
export class AutomationRunObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => AutomationRuleObject)
  readonly rule!: AutomationRuleObject;
  @Field(() => IncidentObject, optional)
  readonly incident!: IncidentObject | null;
  @Field(() => AutomationRunStateEnum)
  readonly state!: string;
  @Field(() => Int, {
    description: '1 where a person, a sender or an alert set it off; one more than the run that did.',
  })
  readonly depth!: number;
  @Field(() => [AutomationResultObject])
  readonly results!: readonly AutomationResultObject[];
  @Field(() => String, { nullable: true, description: 'Why the guard against loops stopped it.' })
  readonly refusal!: string | null;
  @Field(() => DateTime)
  readonly ranAt!: number;
}

@ObjectType('AutomationRunConnection', plain)
export class AutomationRunConnectionObject {
  @Field(() => [AutomationRunObject])
  readonly nodes!: readonly AutomationRunObject[];
  @Field(() => PageInfoObject)
  readonly pageInfo!: PageInfoObject;
}

@ObjectType('AutomationMatch', plain)
export class AutomationMatchObject {
  @Field(() => IncidentObject)
  readonly incident!: IncidentObject;
  @Field(() => TimelineEventObject)
  readonly event!: TimelineEventObject;
  @Field(() => [String])
  readonly wouldDo!: readonly string[];
}

@ObjectType('AutomationDryRun', { ...plain, description: 'With the incidents as they are now; nothing was changed.' })
export class AutomationDryRunObject {
  @Field(() => Int)
  readonly eventCount!: number;
  @Field(() => [AutomationMatchObject], { description: 'The newest hundred.' })
  readonly matches!: readonly AutomationMatchObject[];
  @Field(() => [String])
  readonly failures!: readonly string[];
}

@InputType('AutomationActionInput')
export class AutomationActionInput {
  @Field(() => AutomationActionKindEnum)
  readonly kind!: ActionKind;
  @Field(() => String, { description: 'As JSON.' })
  readonly parameters!: string;
}

@InputType('AutomationRuleInput')
export class AutomationRuleInput {
  @Field(() => ID, { nullable: true, description: 'Null: a new one.' })
  readonly id?: string | null;
  @Field(() => String)
  readonly name!: string;
  @Field(() => Boolean, { defaultValue: true })
  readonly isEnabled!: boolean;
  @Field(() => [EventKindEnum])
  readonly kinds!: readonly EventKind[];
  @Field(() => String, optional)
  readonly condition?: string | null;
  @Field(() => [AutomationActionInput])
  readonly actions!: readonly AutomationActionInput[];
  @Field(() => String, { nullable: true, description: 'The team whose rule it is.' })
  readonly team?: string | null;
}
