import './metadata.js';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { MaintenanceKind } from '../domain/maintenance.js';
import { AlertObject } from './alert.js';
import { optional, plain } from './common.js';
import { MaintenanceKindEnum, MaintenanceStateEnum } from './enums.js';
import { DateTime } from './scalars.js';

@ObjectType('Suppression', { ...plain, description: 'Who keeps an alert quiet.' })
export class SuppressionObject {
  @Field(() => ID)
  readonly windowId!: number;
  @Field(() => String)
  readonly name!: string;
  @Field(() => MaintenanceKindEnum)
  readonly kind!: string;
  @Field(() => DateTime, { nullable: true, description: 'Null in the moment between its end and the alert surfacing.' })
  readonly until!: number | null;
}

@ObjectType('MaintenanceWindow', {
  ...plain,
  description:
    'While it runs, alerts that match are stored, marked as suppressed and open no incident; what still fires at its end surfaces then. A silence is the same, once, with an owner and an end.',
})
export class MaintenanceWindowObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => Int)
  readonly version!: number;
  @Field(() => MaintenanceKindEnum)
  readonly kind!: string;
  @Field(() => String)
  readonly name!: string;
  @Field(() => String, optional)
  readonly comment!: string | null;
  @Field(() => String, { description: 'A CEL expression over the alert.' })
  readonly match!: string;
  @Field(() => String, { description: 'Who planned it.' })
  readonly owner!: string;
  @Field(() => DateTime)
  readonly startsAt!: number;
  @Field(() => DateTime, { nullable: true, description: 'Null: recurs without an end.' })
  readonly endsAt!: number | null;
  @Field(() => String, optional)
  readonly rrule!: string | null;
  @Field(() => String, optional)
  readonly timeZone!: string | null;
  @Field(() => Int, optional)
  readonly durationSeconds!: number | null;
  @Field(() => MaintenanceStateEnum)
  readonly state!: string;
  @Field(() => DateTime, { nullable: true, description: 'Of the running or else the next occurrence.' })
  readonly occurrenceStartsAt!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'Of the running or else the next occurrence.' })
  readonly occurrenceEndsAt!: number | null;
  @Field(() => Int, { description: 'Alerts that it kept quiet, those that surfaced at its end included.' })
  readonly suppressedAlertCount!: number;
  @Field(() => DateTime)
  readonly createdAt!: number;
}

@InputType('MaintenanceInput')
export class MaintenanceInput {
  @Field(() => MaintenanceKindEnum)
  readonly kind!: MaintenanceKind;
  @Field(() => String)
  readonly name!: string;
  @Field(() => String, optional)
  readonly comment?: string | null;
  @Field(() => String, {
    description: 'A CEL expression over the alert, e.g. service == "checkout" && severity < critical.',
  })
  readonly match!: string;
  @Field(() => DateTime)
  readonly startsAt!: number;
  @Field(() => DateTime, {
    nullable: true,
    description: 'Required, but for a window with an rrule: there it is the end of the last occurrence.',
  })
  readonly endsAt?: number | null;
  @Field(() => String, {
    nullable: true,
    description: 'RFC 5545, hourly at most, e.g. FREQ=WEEKLY;BYDAY=SA,SU;BYHOUR=2. Times are local to timeZone.',
  })
  readonly rrule?: string | null;
  @Field(() => String, { nullable: true, description: 'IANA name, with an rrule.' })
  readonly timeZone?: string | null;
  @Field(() => Int, { nullable: true, description: 'Of each occurrence, with an rrule: a minute to 31 days.' })
  readonly durationSeconds?: number | null;
}

@ObjectType('Occurrence', plain)
export class OccurrenceObject {
  @Field(() => DateTime)
  readonly startsAt!: number;
  @Field(() => DateTime)
  readonly endsAt!: number;
}

@ObjectType('MaintenancePreview', plain)
export class MaintenancePreviewObject {
  @Field(() => Int, { description: 'Alerts that fire now and match.' })
  readonly firingCount!: number;
  @Field(() => Int, { description: 'Alerts that started in the last 24 hours and match.' })
  readonly recentCount!: number;
  @Field(() => Boolean, {
    description: 'False where there are more than the 20000 firing or 20000 recent alerts that were looked at.',
  })
  readonly isExact!: boolean;
  @Field(() => [AlertObject], { description: 'At most 20, firing ones first, then newest first.' })
  readonly alerts!: readonly AlertObject[];
  @Field(() => [OccurrenceObject], { description: 'The running one and those after it, five at most.' })
  readonly occurrences!: readonly OccurrenceObject[];
}
