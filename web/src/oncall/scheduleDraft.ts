import { ownZone } from '../maintenance/zonedTime.ts';
import type { ScheduleDetails, ScheduleInput, TurnUnit } from './scheduleQueries.ts';

export interface RestrictionDraft {
  readonly weekdays: readonly number[];
  readonly from: string;
  readonly until: string;
}

export interface LayerDraft {
  /** Of the draft alone: what React tells layers apart by. */
  readonly key: string;
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly handoffTime: string;
  readonly turnUnit: TurnUnit;
  readonly turnLength: number;
  readonly memberIds: readonly string[];
  readonly restrictions: readonly RestrictionDraft[];
}

export interface ScheduleDraft {
  readonly name: string;
  readonly team: string | null;
  readonly timeZone: string;
  readonly layers: readonly LayerDraft[];
}

export const everyDay: readonly number[] = [1, 2, 3, 4, 5, 6, 7];
let made = 0;

/** Monday of this week, so that what is new is on duty at once. */
function monday(): string {
  const now = Date.now();
  const back = ((new Date(now).getUTCDay() || 7) - 1) * 86_400_000;
  return new Date(now - back).toISOString().slice(0, 10);
}

export function newLayer(name: string): LayerDraft {
  return {
    key: `new-${made++}`,
    name,
    startsOn: monday(),
    endsOn: '',
    handoffTime: '09:00',
    turnUnit: 'WEEK',
    turnLength: 1,
    memberIds: [],
    restrictions: [],
  };
}

export function newSchedule(): ScheduleDraft {
  return { name: '', team: null, timeZone: ownZone, layers: [newLayer('Primary')] };
}

export function draftOf(schedule: ScheduleDetails): ScheduleDraft {
  return {
    name: schedule.name,
    team: schedule.team?.name ?? null,
    timeZone: schedule.timeZone,
    layers: schedule.layers.map(({ members, endsOn, ...layer }, index) => ({
      ...layer,
      key: String(index),
      endsOn: endsOn ?? '',
      memberIds: members.map(({ id }) => id),
    })),
  };
}

export function inputOf(draft: ScheduleDraft, id: string | null): ScheduleInput {
  return {
    id,
    name: draft.name.trim(),
    team: draft.team,
    timeZone: draft.timeZone,
    layers: draft.layers.map((layer) => ({
      name: layer.name.trim(),
      startsOn: layer.startsOn,
      endsOn: layer.endsOn || null,
      handoffTime: layer.handoffTime,
      turnUnit: layer.turnUnit,
      turnLength: layer.turnLength,
      memberIds: [...layer.memberIds],
      restrictions: layer.restrictions.map((each) => ({ ...each, weekdays: [...each.weekdays] })),
    })),
  };
}
