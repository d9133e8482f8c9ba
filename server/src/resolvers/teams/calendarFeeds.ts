import type { Actor } from '@tocsin/schema/domain/event';
import { CalendarFeedObject, CalendarFeedWithUrlObject, ScheduleObject } from '@tocsin/schema/graphql/schedule';
import { type CalendarFeed, createFeed, deleteFeed, feedsOf } from '@tocsin/schema/postgres/calendarFeed';
import { recordConfigurationChange } from '@tocsin/schema/postgres/configurationEvent';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import type { ScheduleHead } from '@tocsin/schema/postgres/schedule';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { invalidInput, notFound } from '../../errors.js';
import { requiredId } from '../input.js';
import { optionalId } from './inputs.js';

@Resolver(() => CalendarFeedObject)
export class CalendarFeedsResolver {
  @Query(() => [CalendarFeedObject], { description: "The viewer's own, newest first." })
  calendarFeeds(@Ctx() { services: { pool }, viewer }: ApiContext): Promise<readonly CalendarFeed[]> {
    return feedsOf(pool, viewer.personId);
  }

  @Mutation(() => CalendarFeedWithUrlObject, {
    description: "Of one schedule, or of the viewer's own shifts. The address is readable this once.",
  })
  async createCalendarFeed(
    @Arg('scheduleId', () => ID, { nullable: true }) scheduleId: string | null | undefined,
    @Ctx() { services: { pool }, loaders, viewer, actor }: ApiContext,
  ): Promise<{ readonly id: number; readonly url: string }> {
    const schedule = optionalId('schedule', scheduleId);
    if (schedule !== null && !(await loaders.schedules()).some(({ id }) => id === schedule)) {
      throw notFound('schedule', String(schedule));
    }
    const feed = await inTransaction(pool, async (db) => {
      const made = await createFeed(db, viewer.personId, schedule);
      if (made !== null) await record(db, actor, 'created', made.id);
      return made;
    });
    if (feed === null) throw invalidInput('scheduleId', 'You have 20 calendar addresses: delete one first.');
    // The dashboard puts its own address in front: it is the one that the browser reached.
    return { id: feed.id, url: `/calendar/${feed.token}.ics` };
  }

  @Mutation(() => Boolean)
  async deleteCalendarFeed(
    @Arg('id', () => ID) id: string,
    @Ctx() { services: { pool }, viewer, actor }: ApiContext,
  ): Promise<boolean> {
    const feed = requiredId('calendar feed', id);
    await inTransaction(pool, async (db) => {
      await deleteFeed(db, feed, viewer.personId);
      await record(db, actor, 'removed', feed);
    });
    return true;
  }

  @FieldResolver(() => ScheduleObject, { nullable: true })
  async schedule(
    @Root() { scheduleId }: CalendarFeed,
    @Ctx() { loaders }: ApiContext,
  ): Promise<ScheduleHead | undefined> {
    return scheduleId === null ? undefined : (await loaders.schedules()).find(({ id }) => id === scheduleId);
  }
}

/** Whoever knows such an address reads shifts without signing in, so the audit trail has it. */
function record(db: Queryable, actor: Actor, action: 'created' | 'removed', id: number): Promise<void> {
  const state = { of: actor.name };
  const [before, after] = action === 'created' ? [null, state] : [state, null];
  return recordConfigurationChange(db, actor, { topic: 'calendarFeed', action, id, name: actor.name, before, after });
}
