import { ownZone } from '../maintenance/zonedTime.ts';
import { clockBeside, clocksAgree, placeOf, whenIn } from './zoned.ts';

interface BothClocksProps {
  readonly zone: string;
  readonly at: string;
}

/** A hand-over by the reader's clock, and by that of the schedule where it shows something else. */
export function BothClocks({ zone, at }: BothClocksProps) {
  return (
    <time dateTime={at} className="oncall-clocks">
      {whenIn(ownZone, at)}
      {!clocksAgree(zone, ownZone, at) && (
        <span className="muted">
          {' '}
          ({clockBeside(zone, ownZone, at)} in {placeOf(zone)})
        </span>
      )}
    </time>
  );
}
