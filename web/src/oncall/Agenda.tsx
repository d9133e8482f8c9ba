import { Avatar } from '../ui/Avatar.tsx';
import { humanDuration } from '../ui/duration.ts';
import { BothClocks } from './BothClocks.tsx';
import type { ShiftRow } from './onCallQueries.ts';

interface AgendaProps {
  readonly label: string;
  readonly shifts: readonly ShiftRow[];
  readonly timeZone: string;
  /** @default all of them */
  readonly most?: number;
  readonly onPick?: ((shift: ShiftRow) => void) | undefined;
}

/** Shifts as a list: what a phone shows instead of the timeline, and what reads well aloud. */
export function Agenda({ label, shifts, timeZone, most = Infinity, onPick }: AgendaProps) {
  return (
    <ol className="oncall-agenda" aria-label={label}>
      {shifts.slice(0, most).map((shift) => (
        <li key={shift.startsAt} data-gap={shift.person === null || undefined}>
          {shift.person ? <Avatar name={shift.person.name} /> : <span className="oncall-gap-sign">!</span>}
          <div>
            <strong>{shift.person?.name ?? 'Nobody is on call'}</strong>
            <span className="muted">
              <BothClocks zone={timeZone} at={shift.startsAt} /> – <BothClocks zone={timeZone} at={shift.endsAt} />
              {' · '}
              {humanDuration((Date.parse(shift.endsAt) - Date.parse(shift.startsAt)) / 1_000)}
              {shift.override && ` · override by ${shift.override.createdBy}`}
            </span>
          </div>
          {onPick && (
            <button type="button" className="oncall-link" onClick={() => onPick(shift)}>
              Override
            </button>
          )}
        </li>
      ))}
    </ol>
  );
}
