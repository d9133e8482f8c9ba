import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ownZone } from '../maintenance/zonedTime.ts';
import { useMay } from '../session/viewer.ts';
import { useNow } from '../ui/useNow.ts';
import { Agenda } from './Agenda.tsx';
import type { ScheduleRow } from './onCallQueries.ts';
import type { Planned } from './OverrideDialog.tsx';
import { Timeline } from './Timeline.tsx';
import { clockBeside, clocksAgree } from './zoned.ts';

interface SchedulePanelProps {
  readonly schedule: ScheduleRow;
  readonly from: number;
  readonly onOverride: (planned: Planned) => void;
}

/** Two weeks of one schedule: lanes on a desktop, a list on a phone. */
export function SchedulePanel({ schedule, from, onOverride }: SchedulePanelProps) {
  const may = useMay();
  const now = useNow('slow');
  const { name, timeZone, shifts, usedBy, team } = schedule;
  const pick = may('Mutation.createOverride')
    ? (shift: Planned['shift']) => onOverride({ schedule, shift })
    : undefined;
  const ahead = shifts.filter(({ endsAt }) => Date.parse(endsAt) > now);
  return (
    <section className="panel" aria-label={`Schedule ${name}`}>
      <header className="oncall-panel-head">
        <h2>
          <Link to="/on-call/$schedule" params={{ schedule: schedule.id }}>
            {name}
          </Link>
        </h2>
        <span className="muted">
          {[
            team?.name,
            clocksAgree(timeZone, ownZone, now)
              ? timeZone
              : `${timeZone}, where it is ${clockBeside(timeZone, ownZone, now)}`,
            usedBy.length === 0 ? 'no policy wakes it' : usedBy.map((each) => each.name).join(', '),
          ]
            .filter((word) => word !== undefined)
            .join(' · ')}
        </span>
        {pick && (
          <Button variant="default" size="xs" onClick={() => pick(null)}>
            Override
          </Button>
        )}
      </header>
      <Timeline
        label={`Two weeks of ${name}`}
        shifts={shifts}
        timeZone={timeZone}
        from={from}
        days={14}
        onPick={pick}
      />
      <div className="oncall-phone">
        <Agenda label={`Next shifts of ${name}`} shifts={ahead} timeZone={timeZone} most={6} onPick={pick} />
      </div>
    </section>
  );
}
