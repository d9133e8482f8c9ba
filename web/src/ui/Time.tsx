import { humanDuration, relativeTo, shortDuration } from './duration.ts';
import { useNow, useWords } from './useNow.ts';

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

const dayAndClock = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** How long ago something was; the exact time on hover. */
export function Ago({ at }: { readonly at: string }) {
  const instant = Date.parse(at);
  // The clock ticks each second: what came since the last tick is not in the future.
  const words = useWords((now) => relativeTo(Math.min(instant, now), now));
  return (
    <time dateTime={at} title={exact.format(instant)}>
      {words}
    </time>
  );
}

/** How long until something is due. */
export function Until({ at }: { readonly at: string }) {
  const now = useNow('second');
  const instant = Date.parse(at);
  return (
    <time dateTime={at} title={exact.format(instant)}>
      {relativeTo(Math.max(instant, now), now)}
    </time>
  );
}

/** The viewer's time of day, with the day unless it is today's; date and all on hover. */
export function Clock({ at }: { readonly at: string }) {
  const instant = Date.parse(at);
  const words = useWords((now) => {
    const isToday = new Date(instant).toDateString() === new Date(now).toDateString();
    return (isToday ? clock : dayAndClock).format(instant);
  });
  return (
    <time dateTime={at} title={exact.format(instant)}>
      {words}
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
  const start = Date.parse(from);
  const say = isShort ? shortDuration : humanDuration;
  const words = useWords((now) => say(((to === null ? now : Date.parse(to)) - start) / 1000));
  const seconds = to === null ? null : Math.max(0, Math.floor((Date.parse(to) - start) / 1000));
  return (
    <time dateTime={seconds === null ? from : `PT${seconds}S`} title={`since ${exact.format(start)}`}>
      {words}
    </time>
  );
}
