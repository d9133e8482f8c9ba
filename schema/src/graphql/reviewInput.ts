import './metadata.js';
import { Field, ID, InputType, Int } from 'type-graphql';
import type { ActionItemKind, ActionItemState } from '../domain/actionItem.js';
import type { ReviewState } from '../domain/review.js';
import { optional } from './common.js';
import { ActionItemKindEnum, ActionItemStateEnum, ReviewStateEnum } from './reviewEnums.js';
import { CalendarDate, DateTime } from './scalars.js';

@InputType('WhyInput')
export class WhyInput {
  @Field(() => ID)
  readonly id!: string;
  @Field(() => ID, optional)
  readonly parentId?: string | null;
  @Field(() => String)
  readonly question!: string;
  @Field(() => String)
  readonly answer!: string;
}

@InputType('ContributingFactorInput')
export class ContributingFactorInput {
  @Field(() => String)
  readonly category!: string;
  @Field(() => String)
  readonly text!: string;
}

@InputType('ReviewImpactInput')
export class ReviewImpactInput {
  @Field(() => Int, optional)
  readonly customers?: number | null;
  @Field(() => Int, optional)
  readonly requests?: number | null;
  @Field(() => String, optional)
  readonly revenue?: string | null;
  @Field(() => Int, optional)
  readonly durationSeconds?: number | null;
  @Field(() => String, optional)
  readonly text?: string | null;
}

@InputType('ReviewTimelineEntryInput')
export class ReviewTimelineEntryInput {
  @Field(() => DateTime)
  readonly occurredAt!: number;
  @Field(() => String)
  readonly text!: string;
  @Field(() => ID, optional)
  readonly eventId?: string | null;
}

@InputType('ReviewDetailsInput', { description: 'What is missing stays as it is.' })
export class ReviewDetailsInput {
  @Field(() => String, optional)
  readonly title?: string | null;
  @Field(() => ID, optional)
  readonly reviewerId?: string | null;
  @Field(() => ID, optional)
  readonly authorId?: string | null;
  @Field(() => DateTime, optional)
  readonly dueAt?: number | null;
  @Field(() => [WhyInput], { nullable: true, description: 'A tree, at most 5 deep and 50 in all.' })
  readonly whys?: readonly WhyInput[] | null;
  @Field(() => [ContributingFactorInput], optional)
  readonly factors?: readonly ContributingFactorInput[] | null;
  @Field(() => ReviewImpactInput, optional)
  readonly impact?: ReviewImpactInput | null;
  @Field(() => [ReviewTimelineEntryInput], optional)
  readonly timeline?: readonly ReviewTimelineEntryInput[] | null;
}

@InputType('ReviewFilter')
export class ReviewFilterInput {
  @Field(() => [ReviewStateEnum], optional)
  readonly states?: readonly ReviewState[] | null;
  @Field(() => String, {
    nullable: true,
    description: 'Words that a published review holds, as in a search engine; of others a part of the title.',
  })
  readonly text?: string | null;
  @Field(() => [String], optional)
  readonly services?: readonly string[] | null;
  @Field(() => [String], optional)
  readonly teams?: readonly string[] | null;
  @Field(() => Boolean, optional)
  readonly isOverdue?: boolean | null;
}

@InputType('ActionItemInput')
export class ActionItemInput {
  @Field(() => ID)
  readonly incidentId!: string;
  @Field(() => String)
  readonly title!: string;
  @Field(() => String, optional)
  readonly description?: string | null;
  @Field(() => ActionItemKindEnum, { defaultValue: 'prevent' })
  readonly kind!: ActionItemKind;
  @Field(() => ID, optional)
  readonly ownerId?: string | null;
  @Field(() => CalendarDate, optional)
  readonly dueOn?: string | null;
  @Field(() => String, optional)
  readonly ticketUrl?: string | null;
}

@InputType('ActionItemFilter')
export class ActionItemFilterInput {
  @Field(() => [ActionItemStateEnum], optional)
  readonly states?: readonly ActionItemState[] | null;
  @Field(() => [String], { nullable: true, description: 'Handles.' })
  readonly owners?: readonly string[] | null;
  @Field(() => [String], optional)
  readonly teams?: readonly string[] | null;
  @Field(() => Boolean, optional)
  readonly isOverdue?: boolean | null;
  @Field(() => ID, optional)
  readonly incidentId?: string | null;
}
