import { humanDuration, relativeTo, shortDuration } from './duration.ts';
import { useNow } from './useNow.ts';

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** A relative time; the exact one on hover. */
export function Ago({ at }: { readonly at: string }) {
  // The tick makes it draw again; the time is read then, so that what has just happened is not in the future.
  useNow();
  const instant = Date.parse(at);
  return (
    <time dateTime={at} title={exact.format(instant)}>
      {relativeTo(instant, Date.now())}
    </time>
  );
}

/** The time of day; date and all on hover. */
export function Clock({ at }: { readonly at: string }) {
  const instant = Date.parse(at);
  return (
    <time dateTime={at} title={exact.format(instant)}>
      {clock.format(instant)}
    </time>
  );
}

interface ElapsedProps {
  readonly from: string;
  /** Null while it is still going on: it then ticks. */
  readonly to: string | null;
  readonly isShort?: boolean;
}

/** How long something took, or has been going on. */
export function Elapsed({ from, to, isShort = false }: ElapsedProps) {
  useNow(to === null && !isShort ? 'second' : 'halfMinute');
  const seconds = ((to === null ? Date.now() : Date.parse(to)) - Date.parse(from)) / 1000;
  return (
    <time dateTime={`PT${Math.max(0, Math.round(seconds))}S`} title={`since ${exact.format(Date.parse(from))}`}>
      {isShort ? shortDuration(seconds) : humanDuration(seconds)}
    </time>
  );
}
