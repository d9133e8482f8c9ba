import { z } from 'zod';
import { turnUnits } from '../onCall.js';
import { type Format, optionalText, stated, text } from './format.js';

const restriction = z.strictObject({ weekdays: z.array(z.int()), from: text, until: text });
const layer = z.strictObject({
  name: text,
  startsOn: text,
  endsOn: optionalText,
  handoff: text,
  turnUnit: z.enum(turnUnits),
  turnLength: z.int().default(1),
  people: z.array(text).default([]),
  restrictions: z.array(restriction).default([]),
});
const shape = z.strictObject({
  name: text,
  team: optionalText,
  timeZone: text,
  layers: z.array(layer).default([]),
});

export type ScheduleEntry = z.output<typeof shape>;

/** Without its overrides: who stands in for whom next week is no configuration. */
export const scheduleFormat: Format<ScheduleEntry> = {
  key: 'schedules',
  what: 'schedule',
  shape,
  isSingle: false,
  nameOf: ({ name }) => name,
  yaml: (schedule) => stated({ ...schedule, layers: schedule.layers.map((each) => stated({ ...each })) }),
};
