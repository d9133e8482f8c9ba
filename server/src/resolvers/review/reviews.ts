import type { ActionItem } from '@tocsin/schema/domain/actionItem';
import type { Incident } from '@tocsin/schema/domain/incident';
import {
  type Review,
  reviewLimits,
  type ReviewSection,
  type ReviewSectionName,
  wholeSections,
} from '@tocsin/schema/domain/review';
import { countLimit } from '@tocsin/schema/graphql/common';
import { ReviewConnectionObject, ReviewObject, ReviewSectionObject } from '@tocsin/schema/graphql/review';
import { ReviewSectionNameEnum } from '@tocsin/schema/graphql/reviewEnums';
import { ReviewDetailsInput, ReviewFilterInput } from '@tocsin/schema/graphql/reviewInput';
import { Cursor } from '@tocsin/schema/graphql/scalars';
import type { Person } from '@tocsin/schema/postgres/person';
import { saveReviewDetails, startReview } from '@tocsin/schema/postgres/review';
import { publishReview, returnReview, submitReview } from '@tocsin/schema/postgres/reviewDecision';
import { countReviews, listReviews } from '@tocsin/schema/postgres/reviewSearch';
import { saveSection } from '@tocsin/schema/postgres/reviewSection';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { idOrNull, optionalText, pageSize, requiredId, requiredText, totalCount } from '../input.js';
import { decodeIdCursor, encodeIdCursor } from '../listCursor.js';
import { asksFor } from '../selection.js';
import { detailsOf, reviewFilterOf } from './inputs.js';

const versionArg = ['expectedVersion', () => Int] as const;

@Resolver()
export class ReviewsResolver {
  @Query(() => ReviewConnectionObject, { description: 'The newest first.' })
  async reviews(
    @Arg('filter', () => ReviewFilterInput, { nullable: true }) input: ReviewFilterInput | null | undefined,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => Cursor, { nullable: true }) after: string | null | undefined,
    @Ctx() { services: { pool }, viewer, loaders }: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    const request = { filter: reviewFilterOf(input), viewer, now: Date.now() };
    const size = pageSize(first, 50);
    const [rows, counted] = await Promise.all([
      listReviews(pool, request, size + 1, decodeIdCursor('reviews', after)),
      asksFor(info, 'totalCount') ? countReviews(pool, request, countLimit) : 0,
    ]);
    const nodes = rows.slice(0, size);
    for (const review of nodes) loaders.review.prime(review.incidentId, review);
    const last = nodes.at(-1);
    const endCursor = last === undefined ? null : encodeIdCursor('reviews', last.id);
    return { nodes, pageInfo: { hasNextPage: rows.length > size, endCursor }, totalCount: totalCount(counted) };
  }

  @Query(() => ReviewObject, { nullable: true })
  review(
    @Arg('incidentId', () => ID) incidentId: string,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Review | null> | null {
    const id = idOrNull(incidentId);
    return id === null ? null : loaders.review.load(id);
  }

  @Mutation(() => ReviewObject, {
    description: 'With the milestones of the log; one that was started before is given back.',
  })
  startReview(
    @Arg('incidentId', () => ID) incidentId: string,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<Review> {
    const start = { isRequired: false, author: actor.name, dueAt: null };
    return startReview(pool, requiredId('incident', incidentId), start, { actor, now: Date.now() });
  }

  @Mutation(() => ReviewSectionObject, {
    description: 'One part; CONFLICT carries the text that stands there now in `extensions.current`, and its version.',
  })
  saveReviewSection(
    @Arg('id', () => ID) id: string,
    @Arg('name', () => ReviewSectionNameEnum) name: ReviewSectionName,
    @Arg('text', () => String) text: string,
    @Arg(...versionArg) expectedVersion: number,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<ReviewSection> {
    const written = optionalText('text', text, reviewLimits.section) ?? '';
    const save = { reviewId: requiredId('review', id), name, text: written, expectedVersion };
    return saveSection(pool, save, { actor, now: Date.now() });
  }

  @Mutation(() => ReviewObject)
  saveReviewDetails(
    @Arg('id', () => ID) id: string,
    @Arg('input', () => ReviewDetailsInput) input: ReviewDetailsInput,
    @Arg(...versionArg) expectedVersion: number,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<Review> {
    const edit = { actor, now: Date.now() };
    return saveReviewDetails(pool, requiredId('review', id), detailsOf(input), expectedVersion, edit);
  }

  @Mutation(() => ReviewObject)
  submitReview(
    @Arg('id', () => ID) id: string,
    @Arg(...versionArg) expectedVersion: number,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<Review> {
    return submitReview(pool, requiredId('review', id), expectedVersion, { actor, now: Date.now() });
  }

  @Mutation(() => ReviewObject)
  returnReview(
    @Arg('id', () => ID) id: string,
    @Arg('comment', () => String) comment: string,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<Review> {
    const text = requiredText('comment', comment, reviewLimits.text);
    return returnReview(pool, requiredId('review', id), text, { actor, now: Date.now() });
  }

  @Mutation(() => ReviewObject, {
    description: 'As it was read: `expectedVersion` moves with every change of what is in review.',
  })
  publishReview(
    @Arg('id', () => ID) id: string,
    @Arg(...versionArg) expectedVersion: number,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<Review> {
    return publishReview(pool, requiredId('review', id), expectedVersion, { actor, now: Date.now() });
  }
}

@Resolver(() => ReviewObject)
export class ReviewFieldsResolver {
  @FieldResolver()
  incident(@Root() { incidentId }: Review, @Ctx() { loaders }: ApiContext): Promise<Incident | null> {
    return loaders.incident.load(incidentId);
  }

  @FieldResolver()
  author(@Root() { author }: Review, @Ctx() { loaders }: ApiContext): Promise<Person | null> | null {
    return author === null ? null : loaders.personByHandle.load(author);
  }

  @FieldResolver()
  reviewer(@Root() { reviewer }: Review, @Ctx() { loaders }: ApiContext): Promise<Person | null> | null {
    return reviewer === null ? null : loaders.personByHandle.load(reviewer);
  }

  @FieldResolver()
  async sections(@Root() { id }: Review, @Ctx() { loaders }: ApiContext): Promise<readonly ReviewSection[]> {
    return wholeSections(id, await loaders.reviewSections.load(id));
  }

  @FieldResolver()
  actionItems(@Root() { incidentId }: Review, @Ctx() { loaders }: ApiContext): Promise<readonly ActionItem[]> {
    return loaders.actionItems.load(incidentId);
  }
}
