import { type ActionItem, type ActionItemState, ageInDays, isOverdue } from '@tocsin/schema/domain/actionItem';
import type { Incident } from '@tocsin/schema/domain/incident';
import type { Review } from '@tocsin/schema/domain/review';
import { countLimit } from '@tocsin/schema/graphql/common';
import { ActionItemConnectionObject, ActionItemObject } from '@tocsin/schema/graphql/review';
import { ActionItemStateEnum } from '@tocsin/schema/graphql/reviewEnums';
import { ActionItemFilterInput, ActionItemInput } from '@tocsin/schema/graphql/reviewInput';
import { Cursor } from '@tocsin/schema/graphql/scalars';
import { countItems, listItems } from '@tocsin/schema/postgres/actionItem';
import { createActionItem, setActionItemState, updateActionItem } from '@tocsin/schema/postgres/actionItemWrite';
import type { Person } from '@tocsin/schema/postgres/person';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { z } from 'zod';
import type { ApiContext } from '../../context.js';
import { invalidInput } from '../../errors.js';
import { pageSize, requiredId, totalCount } from '../input.js';
import { asksFor } from '../selection.js';
import { draftOf, itemFilterOf } from './inputs.js';

@Resolver(() => ActionItemObject)
export class ActionItemsResolver {
  @Query(() => ActionItemConnectionObject, { description: 'Those that are due first before the others.' })
  async actionItems(
    @Arg('filter', () => ActionItemFilterInput, { nullable: true }) input: ActionItemFilterInput | null | undefined,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => Cursor, { nullable: true }) after: string | null | undefined,
    @Ctx() { services: { pool }, viewer }: ApiContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    const request = { filter: itemFilterOf(input), viewer, now: Date.now() };
    const size = pageSize(first, 50);
    const [rows, counted] = await Promise.all([
      listItems(pool, request, size + 1, positionOf(after)),
      asksFor(info, 'totalCount') ? countItems(pool, request, countLimit) : 0,
    ]);
    const nodes = rows.slice(0, size);
    const last = nodes.at(-1);
    const endCursor = last === undefined ? null : cursorOf(last);
    return { nodes, pageInfo: { hasNextPage: rows.length > size, endCursor }, totalCount: totalCount(counted) };
  }

  @Mutation(() => ActionItemObject)
  createActionItem(
    @Arg('input', () => ActionItemInput) input: ActionItemInput,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<ActionItem> {
    const draft = draftOf(input);
    return inTransaction(pool, (db) => createActionItem(db, draft, { actor, now: Date.now() }));
  }

  @Mutation(() => ActionItemObject)
  updateActionItem(
    @Arg('id', () => ID) id: string,
    @Arg('input', () => ActionItemInput) input: ActionItemInput,
    @Arg('expectedVersion', () => Int) expectedVersion: number,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<ActionItem> {
    const edit = { actor, now: Date.now() };
    return updateActionItem(pool, requiredId('action item', id), draftOf(input), expectedVersion, edit);
  }

  @Mutation(() => ActionItemObject)
  setActionItemState(
    @Arg('id', () => ID) id: string,
    @Arg('state', () => ActionItemStateEnum) state: ActionItemState,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<ActionItem> {
    return setActionItemState(pool, requiredId('action item', id), state, { actor, now: Date.now() });
  }

  @FieldResolver()
  incident(@Root() { incidentId }: ActionItem, @Ctx() { loaders }: ApiContext): Promise<Incident | null> {
    return loaders.incident.load(incidentId);
  }

  @FieldResolver()
  review(@Root() { incidentId, reviewId }: ActionItem, @Ctx() { loaders }: ApiContext): Promise<Review | null> | null {
    return reviewId === null ? null : loaders.review.load(incidentId);
  }

  @FieldResolver()
  owner(@Root() { owner }: ActionItem, @Ctx() { loaders }: ApiContext): Promise<Person | null> | null {
    return owner === null ? null : loaders.personByHandle.load(owner);
  }

  @FieldResolver()
  ageDays(@Root() item: ActionItem): number {
    return ageInDays(item, Date.now());
  }

  @FieldResolver()
  isOverdue(@Root() item: ActionItem): boolean {
    return isOverdue(item, Date.now());
  }
}

const shape = z.strictObject({ s: z.literal('actionItems'), d: z.iso.date().nullable(), i: z.int().min(1) });

function cursorOf({ dueOn, id }: ActionItem): string {
  return Buffer.from(JSON.stringify({ s: 'actionItems', d: dueOn, i: id })).toString('base64url');
}

function positionOf(cursor: string | null | undefined): { readonly dueOn: string | null; readonly id: number } | null {
  if (cursor == null) return null;
  try {
    const { d, i } = shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { dueOn: d, id: i };
  } catch {
    throw invalidInput('after', 'after is no cursor of this list: pass back what you were given.');
  }
}
