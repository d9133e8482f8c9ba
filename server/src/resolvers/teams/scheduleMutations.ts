import { OverrideInput, ScheduleInput, ScheduleObject, ScheduleOverrideObject } from '@tocsin/schema/graphql/schedule';
import { createOverride, deleteOverride, type StoredOverride } from '@tocsin/schema/postgres/override';
import type { ScheduleHead } from '@tocsin/schema/postgres/schedule';
import { deleteSchedule, saveSchedule } from '@tocsin/schema/postgres/scheduleWrite';
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { optionalText, requiredId } from '../input.js';
import { expectedOf, scheduleDraftOf } from './inputs.js';

const longestReason = 500;

@Resolver()
export class ScheduleMutationsResolver {
  @Mutation(() => ScheduleObject)
  saveSchedule(
    @Arg('input', () => ScheduleInput) input: ScheduleInput,
    @Arg('expectedVersion', () => Int, { nullable: true }) expectedVersion: number | null | undefined,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<ScheduleHead> {
    return saveSchedule(pool, scheduleDraftOf(input), expectedOf(expectedVersion), { actor, now: Date.now() });
  }

  @Mutation(() => Boolean, { description: 'IN_USE names the policies that wake who is on it.' })
  async deleteSchedule(
    @Arg('id', () => ID) id: string,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<boolean> {
    await deleteSchedule(pool, requiredId('schedule', id), { actor, now: Date.now() });
    return true;
  }

  @Mutation(() => ScheduleOverrideObject)
  createOverride(
    @Arg('input', () => OverrideInput) input: OverrideInput,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<StoredOverride> {
    const override = {
      scheduleId: requiredId('schedule', input.scheduleId),
      personId: requiredId('person', input.personId),
      startsAt: input.startsAt,
      endsAt: input.endsAt,
      reason: optionalText('input.reason', input.reason, longestReason),
    };
    return createOverride(pool, override, { actor, now: Date.now() });
  }

  @Mutation(() => Boolean)
  async deleteOverride(
    @Arg('id', () => ID) id: string,
    @Ctx() { services: { pool }, actor }: ApiContext,
  ): Promise<boolean> {
    await deleteOverride(pool, requiredId('override', id), { actor, now: Date.now() });
    return true;
  }
}
