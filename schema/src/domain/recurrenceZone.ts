import { Temporal } from 'temporal-polyfill';

/** Local time and instants of one zone, both epoch milliseconds: a local time is written as if it were UTC. */
export interface Zone {
  readonly wallOf: (instant: number) => number;
  /**
   * The instants at which a clock on the wall shows the time: one, or two where it comes twice. Of a time that a change
   * skips, the one that follows the gap by as much as the time lies in it.
   */
  readonly instantsOf: (wall: number) => readonly number[];
}

/** True for names such as `Europe/Berlin` and `UTC`; a mere offset knows no summer time and is refused. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w+/-]{1,63}$/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/** More than any change of an offset: a local day was once skipped whole. */
export const longestShift = 26 * 3_600_000;

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** A zone's offset holds for months, so asking Temporal once for each stretch makes the rest two comparisons. */
export function zoneOf(timeZone: string): Zone {
  const zone = zones.get(timeZone) ?? createZone(timeZone);
  zones.set(timeZone, zone);
  return zone;
}

/** A few hundred at most: there are no more names. */
const zones = new Map<string, Zone>();

function createZone(timeZone: string): Zone {
  const known: Stretch[] = [];
  const offsetAt = (instant: number): number => {
    for (const { from, to, offset } of known) if (instant >= from && instant < to) return offset;
    const stretch = stretchAt(instant, timeZone);
    known.push(stretch);
    return stretch.offset;
  };
  return {
    wallOf: (instant) => instant + offsetAt(instant),
    instantsOf: (wall) => {
      const before = wall - offsetAt(wall - longestShift);
      const after = wall - offsetAt(wall + longestShift);
      const shown = [...new Set([before, after])].filter((instant) => instant + offsetAt(instant) === wall);
      return shown.length === 0 ? [before] : shown.toSorted((a, b) => a - b);
    },
  };
}

function stretchAt(instant: number, timeZone: string): Stretch {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  const next = local.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity;
  // Just after its own change, "previous" names the one before.
  const from = local.add({ milliseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity;
  return { from, to: next, offset: local.offsetNanoseconds / 1e6 };
}
