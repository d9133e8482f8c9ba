import './metadata.js';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { EventKind } from '../domain/event.js';
import { optional, plain } from './common.js';
import { EventKindEnum } from './enums.js';
import { IncidentObject } from './incident.js';
import { PersonObject } from './person.js';
import { DateTime } from './scalars.js';

const EscalationStateEnum = {
  RUNNING: 'running',
  ACKNOWLEDGED: 'acknowledged',
  EXHAUSTED: 'exhausted',
  STOPPED: 'stopped',
} as const;
registerEnumType(EscalationStateEnum, {
  name: 'EscalationState',
  valuesConfig: { EXHAUSTED: { description: 'Everybody was called, and nobody acknowledged.' } },
});

const PageStateEnum = { OPEN: 'open', ACKNOWLEDGED: 'acknowledged', ENDED: 'ended' } as const;
registerEnumType(PageStateEnum, {
  name: 'PageState',
  valuesConfig: { ENDED: { description: 'Somebody else answered, or there is nothing to answer any more.' } },
});

@ObjectType('Page', { ...plain, description: 'One person who was called once.' })
export class PageObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => PersonObject)
  readonly person!: PersonObject;
  @Field(() => Int, { description: 'Of the policy, from 1.' })
  readonly step!: number;
  @Field(() => Int, { description: 'From 1.' })
  readonly round!: number;
  @Field(() => String, { description: 'Why this person, e.g. on call for Payments primary.' })
  readonly because!: string;
  @Field(() => DateTime)
  readonly dueAt!: number;
  @Field(() => PageStateEnum)
  readonly state!: string;
  @Field(() => DateTime, optional)
  readonly acknowledgedAt!: number | null;
  @Field(() => IncidentObject)
  readonly incident!: IncidentObject;
}

@ObjectType('Escalation', { ...plain, description: 'Who is called for an incident, one step after the other.' })
export class EscalationObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => String, { nullable: true, description: 'Null: people were called by hand.' })
  readonly policyName!: string | null;
  @Field(() => EscalationStateEnum)
  readonly state!: string;
  @Field(() => Int, { description: 'The one taken last, from 1; 0 before the first.' })
  readonly step!: number;
  @Field(() => Int)
  readonly stepCount!: number;
  @Field(() => Int, { description: 'From 1.' })
  readonly round!: number;
  @Field(() => Int, { description: 'How many rounds there are at most.' })
  readonly roundCount!: number;
  @Field(() => String, { description: 'opened, reopened, unacknowledged, severity, manual or automation' })
  readonly reason!: string;
  @Field(() => String)
  readonly startedBy!: string;
  @Field(() => DateTime)
  readonly startedAt!: number;
  @Field(() => DateTime, { nullable: true, description: 'When somebody is called next, or it ends unanswered.' })
  readonly nextAt!: number | null;
  @Field(() => DateTime, optional)
  readonly endedAt!: number | null;
  @Field(() => String, optional)
  readonly endedBy!: string | null;
  @Field(() => [PageObject])
  readonly pages!: readonly PageObject[];
}

@ObjectType('PagePreviewPerson', plain)
class PagePreviewPersonObject {
  @Field(() => PersonObject)
  readonly person!: PersonObject;
  @Field(() => String)
  readonly because!: string;
  @Field(() => Boolean, { description: 'False: no message would arrive.' })
  readonly isReachable!: boolean;
}

@ObjectType('PagePreview', { ...plain, description: 'Who would be called at a step.' })
export class PagePreviewObject {
  @Field(() => Int, { description: 'From 1.' })
  readonly step!: number;
  @Field(() => Int, { description: 'After the incident opened.' })
  readonly afterSeconds!: number;
  @Field(() => [PagePreviewPersonObject])
  readonly people!: readonly PagePreviewPersonObject[];
  @Field(() => [String], { description: 'By their names.' })
  readonly channels!: readonly string[];
  @Field(() => [String], { description: 'What of its targets is nobody at that time.' })
  readonly missing!: readonly string[];
  @Field(() => String, optional)
  readonly skippedBecause!: string | null;
}

@InputType('EscalateInput', { description: 'One of level, person, team or policy; none: the next step now.' })
export class EscalateInput {
  @Field(() => Int, { nullable: true, description: "Takes the policy's step with this number next, from 1." })
  readonly level?: number | null;
  @Field(() => ID, optional)
  readonly personId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Everybody of it who is at least a responder.' })
  readonly teamId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Takes over from the policy that runs.' })
  readonly policyId?: string | null;
}

@InputType('SnoozeInput', { description: 'Until a time, until something happens, or whichever comes first.' })
export class SnoozeInput {
  @Field(() => DateTime, optional)
  readonly until?: number | null;
  @Field(() => [EventKindEnum], { nullable: true, description: 'Any of these ends it.' })
  readonly kinds?: readonly EventKind[] | null;
}
