import { CalendarFeedObject, CalendarFeedWithUrlObject, ScheduleObject } from '@tocsin/schema/graphql/schedule';
import { type CalendarFeed, createFeed, deleteFeed, feedsOf } from '@tocsin/schema/postgres/calendarFeed';
import type { ScheduleHead } from '@tocsin/schema/postgres/schedule';
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
    @Ctx() { services: { pool }, loaders, viewer }: ApiContext,
  ): Promise<{ readonly id: number; readonly url: string }> {
    const schedule = optionalId('schedule', scheduleId);
    if (schedule !== null && !(await loaders.schedules()).some(({ id }) => id === schedule)) {
      throw notFound('schedule', String(schedule));
    }
    const feed = await createFeed(pool, viewer.personId, schedule);
    if (feed === null) throw invalidInput('scheduleId', 'You have 20 calendar addresses: delete one first.');
    // The dashboard puts its own address in front: it is the one that the browser reached.
    return { id: feed.id, url: `/calendar/${feed.token}.ics` };
  }

  @Mutation(() => Boolean)
  async deleteCalendarFeed(
    @Arg('id', () => ID) id: string,
    @Ctx() { services: { pool }, viewer }: ApiContext,
  ): Promise<boolean> {
    await deleteFeed(pool, requiredId('calendar feed', id), viewer.personId);
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
