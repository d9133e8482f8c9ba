import { gapsOf, shiftsBetween } from '@tocsin/schema/domain/onCallShifts';
import { refusalOfSchedule, timeOf } from '@tocsin/schema/domain/scheduleInput';
import { DomainFailure } from '@tocsin/schema/domain/errors';
import { PersonObject } from '@tocsin/schema/graphql/person';
import { DateTime } from '@tocsin/schema/graphql/scalars';
import { ScheduleInput, ScheduleObject, ScheduleOverrideObject, ShiftObject } from '@tocsin/schema/graphql/schedule';
import { TeamObject } from '@tocsin/schema/graphql/team';
import type { StoredPolicy } from '@tocsin/schema/postgres/escalationPolicy';
import { overridesWithin, type StoredOverride } from '@tocsin/schema/postgres/override';
import type { Person } from '@tocsin/schema/postgres/person';
import { inactiveOf, type ScheduleHead } from '@tocsin/schema/postgres/schedule';
import type { Team } from '@tocsin/schema/postgres/team';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { nameKey } from '@tocsin/schema/domain/service';
import { idOrNull } from '../input.js';
import { optionalId, scheduleDraftOf } from './inputs.js';
import {
  assertFew,
  assertStretch,
  lookAheadMs,
  onCallNow,
  shiftsOfSchedule,
  type ShiftView,
  thisMinute,
  viewOf,
} from './view.js';

/** Far enough on both sides for whoever asks for all overrides. */
const pastMs = 7 * 86_400_000;

@Resolver(() => ScheduleObject)
export class SchedulesResolver {
  @Query(() => [ScheduleObject], { description: 'By name; of one team where it is named.' })
  async schedules(
    @Arg('team', () => String, { nullable: true }) team: string | null | undefined,
    @Ctx() { loaders }: ApiContext,
  ): Promise<readonly ScheduleHead[]> {
    const [schedules, teams] = await Promise.all([loaders.schedules(), loaders.teams()]);
    if (team == null) return schedules;
    const id = teams.find(({ name }) => nameKey(name) === nameKey(team))?.id;
    return schedules.filter(({ teamId }) => teamId !== null && teamId === id);
  }

  @Query(() => ScheduleObject, { nullable: true })
  async schedule(@Arg('id', () => ID) id: string, @Ctx() { loaders }: ApiContext): Promise<ScheduleHead | null> {
    const number = idOrNull(id);
    return (await loaders.schedules()).find((each) => each.id === number) ?? null;
  }

  @Query(() => [ShiftObject], { description: 'What a draft would give, before it is saved.' })
  async previewSchedule(
    @Arg('input', () => ScheduleInput) input: ScheduleInput,
    @Arg('from', () => DateTime) from: number,
    @Arg('to', () => DateTime) to: number,
    @Ctx() { services: { pool } }: ApiContext,
  ): Promise<readonly ShiftView[]> {
    assertStretch(from, to);
    const draft = scheduleDraftOf(input);
    const refusal = refusalOfSchedule(draft);
    if (refusal !== null) throw new DomainFailure(refusal);
    const overrides = draft.id === null ? [] : await overridesWithin(pool, [draft.id], from, to);
    const inactive = await inactiveOf(pool, [
      ...draft.layers.flatMap(({ members }) => members),
      ...overrides.map(({ personId }) => personId),
    ]);
    const plan = { ...draft, id: draft.id ?? 0, overrides, inactive };
    return assertFew(shiftsBetween(plan, from, to)).map((shift) => viewOf(shift, null, overrides));
  }

  @Query(() => [ShiftObject], {
    description: 'Of one person, oneself where nobody is named, over all schedules, in order.',
  })
  async shiftsOf(
    @Arg('personId', () => ID, { nullable: true }) personId: string | null | undefined,
    @Arg('from', () => DateTime) from: number,
    @Arg('to', () => DateTime) to: number,
    @Ctx() { services: { pool }, loaders, viewer }: ApiContext,
  ): Promise<readonly ShiftView[]> {
    assertStretch(from, to);
    const person = optionalId('person', personId) ?? viewer.personId;
    const all = await Promise.all(
      (await loaders.schedules()).map((schedule) => shiftsOfSchedule(pool, loaders, schedule, from, to)),
    );
    return all
      .flat()
      .filter((shift) => shift.personId === person)
      .toSorted((a, b) => a.startsAt - b.startsAt);
  }

  @FieldResolver(() => TeamObject, { nullable: true })
  async team(@Root() { teamId }: ScheduleHead, @Ctx() { loaders }: ApiContext): Promise<Team | null> {
    return (await loaders.teams()).find(({ id }) => id === teamId) ?? null;
  }

  @FieldResolver()
  async layers(@Root() { id }: ScheduleHead, @Ctx() { loaders }: ApiContext): Promise<readonly object[]> {
    const from = thisMinute();
    const plan = await loaders.schedulePlan.load({ id, from, until: from + lookAheadMs });
    return Promise.all(
      (plan?.layers ?? []).map(async (layer) => ({
        ...layer,
        handoffTime: timeOf(layer.handoffMinute),
        members: await Promise.all(layer.members.map((each) => loaders.personById.load(each))),
        restrictions: layer.restrictions.map(({ weekdays, fromMinute, untilMinute }) => ({
          weekdays,
          from: timeOf(fromMinute),
          until: timeOf(untilMinute),
        })),
      })),
    );
  }

  @FieldResolver(() => [ScheduleOverrideObject], {
    description:
      'That touch the stretch; by default from a week ago, for a year. In the order in which they were made.',
  })
  overrides(
    @Root() { id }: ScheduleHead,
    @Arg('from', () => DateTime, { nullable: true }) from: number | null | undefined,
    @Arg('to', () => DateTime, { nullable: true }) to: number | null | undefined,
    @Ctx() { services: { pool } }: ApiContext,
  ): Promise<readonly StoredOverride[]> {
    const start = from ?? Date.now() - pastMs;
    const end = to ?? start + 366 * 86_400_000;
    assertStretch(start, end);
    return overridesWithin(pool, [id], start, end);
  }

  @FieldResolver(() => PersonObject, { nullable: true })
  async onCallNow(@Root() schedule: ScheduleHead, @Ctx() { loaders }: ApiContext): Promise<Person | null> {
    return (await onCallNow(loaders, [schedule]))[0]?.person ?? null;
  }

  @FieldResolver(() => [ShiftObject], { description: 'Back to back; a shift of nobody is a gap. At most 366 days.' })
  async shifts(
    @Root() schedule: ScheduleHead,
    @Arg('from', () => DateTime) from: number,
    @Arg('to', () => DateTime) to: number,
    @Ctx() { services: { pool }, loaders }: ApiContext,
  ): Promise<readonly ShiftView[]> {
    assertStretch(from, to);
    return assertFew(await shiftsOfSchedule(pool, loaders, schedule, from, to));
  }

  @FieldResolver(() => [ShiftObject])
  async gaps(@Root() schedule: ScheduleHead, @Ctx() { loaders }: ApiContext): Promise<readonly ShiftView[]> {
    const from = thisMinute();
    const plan = await loaders.schedulePlan.load({ id: schedule.id, from, until: from + lookAheadMs });
    if (plan === null) return [];
    return gapsOf(shiftsBetween(plan, from, from + lookAheadMs)).map((gap) => viewOf(gap, schedule, []));
  }

  @FieldResolver()
  async usedBy(@Root() { id }: ScheduleHead, @Ctx() { loaders }: ApiContext): Promise<readonly StoredPolicy[]> {
    return (await loaders.policies()).filter(({ steps }) =>
      steps.some(({ targets }) => targets.some((target) => target.kind === 'schedule' && target.id === id)),
    );
  }
}

@Resolver(() => ShiftObject)
export class ShiftFieldsResolver {
  @FieldResolver(() => PersonObject, { nullable: true })
  person(@Root() { personId }: ShiftView, @Ctx() { loaders }: ApiContext): Promise<Person | null> | null {
    return personId === null ? null : loaders.personById.load(personId);
  }
}

@Resolver(() => ScheduleOverrideObject)
export class ScheduleOverrideFieldsResolver {
  @FieldResolver(() => PersonObject)
  person(@Root() { personId }: StoredOverride, @Ctx() { loaders }: ApiContext): Promise<Person | null> {
    return loaders.personById.load(personId);
  }

  @FieldResolver(() => ScheduleObject)
  async schedule(
    @Root() { scheduleId }: StoredOverride,
    @Ctx() { loaders }: ApiContext,
  ): Promise<ScheduleHead | undefined> {
    return (await loaders.schedules()).find(({ id }) => id === scheduleId);
  }
}
