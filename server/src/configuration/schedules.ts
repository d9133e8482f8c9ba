import { type ScheduleEntry, scheduleFormat } from '@tocsin/schema/domain/configuration/schedules';
import { DomainFailure } from '@tocsin/schema/domain/errors';
import type { ScheduleLayer } from '@tocsin/schema/domain/onCall';
import { minuteOf, timeOf } from '@tocsin/schema/domain/scheduleInput';
import { loadSchedules } from '@tocsin/schema/postgres/schedule';
import { layersOf } from '@tocsin/schema/postgres/scheduleLayers';
import { deleteScheduleIn, saveScheduleIn } from '@tocsin/schema/postgres/scheduleWrite';
import type { Names } from './names.js';
import { section } from './section.js';

type LayerEntry = ScheduleEntry['layers'][number];

export const scheduleSection = section<ScheduleEntry>({
  format: scheduleFormat,
  read: async (db, names) => {
    const schedules = await loadSchedules(db);
    const layers = await layersOf(
      db,
      schedules.map(({ id }) => id),
    );
    return schedules.map(({ id, name, teamId, timeZone }) => ({
      id,
      entry: {
        name,
        team: names.nameOf('team', teamId),
        timeZone,
        layers: (layers.get(id) ?? []).map((layer) => layerEntryOf(layer, names)),
      },
    }));
  },
  settle: (schedule, names, at) => ({
    ...schedule,
    team: names.spell('team', schedule.team, `${at}.team`),
    layers: schedule.layers.map((layer, index) => settledLayer(layer, names, `${at}.layers[${index}]`)),
  }),
  save: (db, id, { name, team, timeZone, layers }, names, edit) =>
    saveScheduleIn(db, { id, name, team, timeZone, layers: layers.map((each) => layerOf(each, names)) }, null, edit),
  remove: (db, { id }, edit) => deleteScheduleIn(db, id ?? 0, edit),
});

function layerEntryOf({ handoffMinute, members, restrictions, ...layer }: ScheduleLayer, names: Names): LayerEntry {
  const { name, startsOn, endsOn, turnUnit, turnLength } = layer;
  return {
    name,
    startsOn,
    endsOn,
    handoff: timeOf(handoffMinute),
    turnUnit,
    turnLength,
    people: members.map((id) => names.nameOf('person', id) ?? ''),
    restrictions: restrictions.map(({ weekdays, fromMinute, untilMinute }) => ({
      weekdays: [...weekdays],
      from: timeOf(fromMinute),
      until: timeOf(untilMinute),
    })),
  };
}

function settledLayer(layer: LayerEntry, names: Names, at: string): LayerEntry {
  minutes(layer.handoff, `${at}.handoff`);
  return {
    ...layer,
    people: layer.people.map((person, index) => names.find('person', person, `${at}.people[${index}]`).name),
    restrictions: layer.restrictions.map(({ weekdays, from, until }, index) => {
      minutes(from, `${at}.restrictions[${index}].from`);
      minutes(until, `${at}.restrictions[${index}].until`);
      return { weekdays: [...new Set(weekdays)].toSorted((a, b) => a - b), from, until };
    }),
  };
}

function layerOf({ handoff, people, restrictions, ...layer }: LayerEntry, names: Names): ScheduleLayer {
  return {
    ...layer,
    handoffMinute: minutes(handoff, 'handoff'),
    members: people.map((person) => names.idOf('person', person) ?? 0),
    restrictions: restrictions.map(({ weekdays, from, until }) => ({
      weekdays,
      fromMinute: minutes(from, 'from'),
      untilMinute: minutes(until, 'until'),
    })),
  };
}

function minutes(time: string, at: string): number {
  const minute = minuteOf(time);
  if (minute !== null) return minute;
  const message = `${at}: ${time.slice(0, 20)} is no time of day: write 09:00.`;
  throw new DomainFailure({ code: 'INVALID_INPUT', field: at, message });
}
