/** The zone of this browser, e.g. Europe/Berlin. */
export const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Every zone the browser knows; the own one even where it is not listed (UTC is not). */
export const timeZones: readonly string[] = [
  ...new Set(['UTC', ownZone, ...Intl.supportedValuesOf('timeZone')]),
].toSorted();

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(zone, made);
  return made;
}

/** What the clocks of a zone show, to the minute, as `datetime-local` wants it: `2026-03-01T10:00`. */
export function localIn(zone: string, at: number): string {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const { year, month, day, hour, minute } = parts;
  return `${year?.padStart(4, '0')}-${month}-${day}T${hour}:${minute}`;
}

/**
 * When the clocks of a zone show this; epoch milliseconds, NaN for what is no time. An hour that a change of the clocks
 * leaves out is read as the same stretch later; of one that comes twice the first is taken.
 */
export function instantIn(zone: string, local: string): number {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return Number.NaN;
  const offsetAt = (at: number) => Date.parse(`${localIn(zone, at)}Z`) - at;
  // The offset a day earlier and later: around a change of the clocks they differ.
  const offsets = [offsetAt(asUtc - 86_400_000), offsetAt(asUtc + 86_400_000)];
  const found = offsets.map((offset) => asUtc - offset).filter((at) => localIn(zone, at) === local);
  return found.length > 0 ? Math.min(...found) : asUtc - (offsets[0] ?? 0);
}
