import './metadata.js';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { optional, PageInfoObject, plain, TotalCountObject } from './common.js';
import { IncidentObject } from './incident.js';
import { PersonObject } from './person.js';
import { ActionItemKindEnum, ActionItemStateEnum, ReviewSectionNameEnum, ReviewStateEnum } from './reviewEnums.js';
import { CalendarDate, DateTime } from './scalars.js';

@ObjectType('ReviewSection', {
  ...plain,
  description: 'One part of a review in Markdown. Each has a version of its own.',
})
export class ReviewSectionObject {
  @Field(() => ReviewSectionNameEnum)
  readonly name!: string;
  @Field(() => Int, { description: '0: nobody wrote it yet.' })
  readonly version!: number;
  @Field(() => String)
  readonly text!: string;
  @Field(() => String, optional)
  readonly updatedBy!: string | null;
  @Field(() => DateTime, optional)
  readonly updatedAt!: number | null;
}

@ObjectType('Why', { ...plain, description: 'One of the five whys: `parentId` is the answer that it asks about.' })
export class WhyObject {
  @Field(() => ID)
  readonly id!: string;
  @Field(() => ID, optional)
  readonly parentId!: string | null;
  @Field(() => String)
  readonly question!: string;
  @Field(() => String)
  readonly answer!: string;
}

@ObjectType('ContributingFactor', plain)
export class ContributingFactorObject {
  @Field(() => String)
  readonly category!: string;
  @Field(() => String)
  readonly text!: string;
}

@ObjectType('ReviewImpact', {
  ...plain,
  description: 'What it did to those affected, in numbers where there are some.',
})
export class ReviewImpactObject {
  @Field(() => Int, optional)
  readonly customers!: number | null;
  @Field(() => Int, optional)
  readonly requests!: number | null;
  @Field(() => String, optional)
  readonly revenue!: string | null;
  @Field(() => Int, optional)
  readonly durationSeconds!: number | null;
  @Field(() => String, optional)
  readonly text!: string | null;
}

@ObjectType('ReviewTimelineEntry', plain)
export class ReviewTimelineEntryObject {
  @Field(() => DateTime)
  readonly occurredAt!: number;
  @Field(() => String)
  readonly text!: string;
  @Field(() => ID, { nullable: true, description: 'Of the TimelineEvent that it was picked from.' })
  readonly eventId!: string | null;
}

@ObjectType('Review', {
  ...plain,
  description: 'What was learned from an incident. Once published it is no longer changed.',
})
export class ReviewObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => Int)
  readonly version!: number;
  @Field(() => IncidentObject)
  readonly incident!: IncidentObject;
  @Field(() => ReviewStateEnum)
  readonly state!: string;
  @Field(() => String)
  readonly title!: string;
  @Field(() => PersonObject, optional)
  readonly author!: PersonObject | null;
  @Field(() => PersonObject, { nullable: true, description: 'Who is asked to publish it; not its author.' })
  readonly reviewer!: PersonObject | null;
  @Field(() => Boolean, { description: 'Its incident is not closed before it is published.' })
  readonly isRequired!: boolean;
  @Field(() => DateTime, optional)
  readonly dueAt!: number | null;
  @Field(() => [ReviewSectionObject], { description: 'All of them in the order of the document.' })
  readonly sections!: readonly ReviewSectionObject[];
  @Field(() => [WhyObject])
  readonly whys!: readonly WhyObject[];
  @Field(() => [ContributingFactorObject])
  readonly factors!: readonly ContributingFactorObject[];
  @Field(() => ReviewImpactObject)
  readonly impact!: ReviewImpactObject;
  @Field(() => [ReviewTimelineEntryObject])
  readonly timeline!: readonly ReviewTimelineEntryObject[];
  @Field(() => [ActionItemObject])
  readonly actionItems!: readonly ActionItemObject[];
  @Field(() => DateTime, optional)
  readonly submittedAt!: number | null;
  @Field(() => DateTime, optional)
  readonly publishedAt!: number | null;
  @Field(() => String, optional)
  readonly publishedBy!: string | null;
  @Field(() => DateTime)
  readonly updatedAt!: number;
}

@ObjectType('ReviewConnection', plain)
export class ReviewConnectionObject {
  @Field(() => [ReviewObject])
  readonly nodes!: readonly ReviewObject[];
  @Field(() => PageInfoObject)
  readonly pageInfo!: PageInfoObject;
  @Field(() => TotalCountObject)
  readonly totalCount!: TotalCountObject;
}

@ObjectType('ActionItem', { ...plain, description: 'What is to be done so that it does not happen again.' })
export class ActionItemObject {
  @Field(() => ID)
  readonly id!: number;
  @Field(() => Int)
  readonly version!: number;
  @Field(() => IncidentObject)
  readonly incident!: IncidentObject;
  @Field(() => ReviewObject, optional)
  readonly review!: ReviewObject | null;
  @Field(() => String)
  readonly title!: string;
  @Field(() => String, optional)
  readonly description!: string | null;
  @Field(() => ActionItemKindEnum)
  readonly kind!: string;
  @Field(() => PersonObject, optional)
  readonly owner!: PersonObject | null;
  @Field(() => CalendarDate, optional)
  readonly dueOn!: string | null;
  @Field(() => ActionItemStateEnum)
  readonly state!: string;
  @Field(() => String, optional)
  readonly ticketUrl!: string | null;
  @Field(() => String)
  readonly createdBy!: string;
  @Field(() => DateTime)
  readonly createdAt!: number;
  @Field(() => DateTime, optional)
  readonly doneAt!: number | null;
  @Field(() => Int, { description: 'Whole days since it was written down, until it was done or dropped.' })
  readonly ageDays!: number;
  @Field(() => Boolean, { description: 'Its day is over in UTC, and it is still open.' })
  readonly isOverdue!: boolean;
}

@ObjectType('ActionItemConnection', plain)
export class ActionItemConnectionObject {
  @Field(() => [ActionItemObject])
  readonly nodes!: readonly ActionItemObject[];
  @Field(() => PageInfoObject)
  readonly pageInfo!: PageInfoObject;
  @Field(() => TotalCountObject)
  readonly totalCount!: TotalCountObject;
}

@ObjectType('SimilarIncident', { ...plain, description: 'One that ended before and has much in common with this one.' })
export class SimilarIncidentObject {
  @Field(() => IncidentObject)
  readonly incident!: IncidentObject;
  @Field(() => [String], { description: 'Same signature, services, words.' })
  readonly because!: readonly string[];
  @Field(() => Float, { description: 'From 0 to 1.' })
  readonly score!: number;
  @Field(() => String, optional)
  readonly resolvedBy!: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The published review's lessons, else the last note before it was resolved.",
  })
  readonly whatHelped!: string | null;
  @Field(() => ReviewObject, optional)
  readonly review!: ReviewObject | null;
}

@ObjectType('Csat', { ...plain, description: 'How those asked at the close found it; scores without names.' })
export class CsatObject {
  @Field(() => Int)
  readonly asked!: number;
  @Field(() => Int)
  readonly answered!: number;
  @Field(() => Float, { nullable: true, description: 'Of those who answered, who said 4 or 5.' })
  readonly satisfiedShare!: number | null;
  @Field(() => [Int], { description: 'How many said 1, 2, 3, 4 and 5.' })
  readonly scores!: readonly number[];
  @Field(() => [String], { description: 'None before there are three answers: they would tell whose they are.' })
  readonly comments!: readonly string[];
}
