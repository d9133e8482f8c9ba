import { Avatar } from '../ui/Avatar.tsx';
import { humanDuration } from '../ui/duration.ts';
import { useNow } from '../ui/useNow.ts';
import { BothClocks } from './BothClocks.tsx';
import type { ScheduleRow, ShiftRow } from './onCallQueries.ts';

/** From now: who it is, until when, and who comes then. Shifts of one person that follow each other are one stay. */
function stayOf(shifts: readonly ShiftRow[], now: number) {
  const ahead = shifts.filter(({ endsAt }) => Date.parse(endsAt) > now);
  const current = ahead[0] ?? null;
  const next = ahead.find(({ person }) => person?.id !== current?.person?.id) ?? null;
  return { current, next };
}

/** One schedule: who would be woken this minute. */
export function NowCard({ schedule }: { readonly schedule: ScheduleRow }) {
  const now = useNow('slow');
  const { current, next } = stayOf(schedule.shifts, now);
  const person = current?.person ?? null;
  return (
    <article className="panel oncall-card" data-gap={person === null || undefined}>
      <p className="oncall-card-of">
        <b>{schedule.name}</b>
        <span className="muted">{schedule.team?.name ?? 'no team'}</span>
      </p>
      <div className="oncall-card-who">
        {person ? <Avatar name={person.name} /> : <span className="oncall-gap-sign">!</span>}
        <div>
          <strong>{person?.name ?? 'Nobody is on call'}</strong>
          <span className="muted">
            {next ? `for ${humanDuration((Date.parse(next.startsAt) - now) / 1_000)} more` : 'for the next two weeks'}
            {current?.override && ', by override'}
          </span>
        </div>
      </div>
      {next && (
        <p className="oncall-card-next" data-gap={next.person === null || undefined}>
          Then {next.person?.name ?? 'nobody'} from <BothClocks zone={schedule.timeZone} at={next.startsAt} />
        </p>
      )}
    </article>
  );
}
