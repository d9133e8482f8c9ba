import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCalendarPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { useRefetchEvery } from '../rules/useRefetchEvery.ts';
import { useMay } from '../session/viewer.ts';
import { useCommands } from '../shell/commands.ts';
import { Failed, NothingYet, SkeletonRows } from '../ui/states.tsx';
import { useNow } from '../ui/useNow.ts';
import { counted } from '../ui/words.ts';
import './onCall.css';
import { BothClocks } from './BothClocks.tsx';
import { NowCard } from './NowCard.tsx';
import { onCallQuery, type ScheduleRow, type TeamRow } from './onCallQueries.ts';
import { OverrideDialog, type Planned } from './OverrideDialog.tsx';
import { SchedulePanel } from './SchedulePanel.tsx';

const refreshMs = 30_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
export const shownDays = 14;

function Head() {
  const may = useMay();
  return (
    <header className="oncall-head">
      <h1>On call</h1>
      <nav className="oncall-head-do" aria-label="On call">
        <Link to="/on-call/policies" className="oncall-link">
          Escalation policies
        </Link>
        <Link to="/settings/$section" params={{ section: 'teams' }} className="oncall-link">
          Teams
        </Link>
        {may('Mutation.saveSchedule') && (
          <Button
            renderRoot={(props) => <Link to="/on-call/$schedule" params={{ schedule: 'new' }} {...props} />}
            leftSection={<IconCalendarPlus size={16} stroke={1.8} aria-hidden="true" />}
          >
            New schedule
          </Button>
        )}
      </nav>
    </header>
  );
}

/** Nobody to wake is said before anything else: each schedule once, with its next gap. */
function Gaps({ schedules }: { readonly schedules: readonly ScheduleRow[] }) {
  const now = useNow('slow');
  const withGaps = schedules
    .flatMap((schedule) => {
      const [first] = schedule.gaps;
      return first === undefined ? [] : [{ schedule, first }];
    })
    .toSorted((a, b) => Date.parse(a.first.startsAt) - Date.parse(b.first.startsAt));
  if (withGaps.length === 0) return null;
  const count = withGaps.reduce((sum, { schedule }) => sum + schedule.gaps.length, 0);
  return (
    <section className="panel oncall-gaps" role="alert" aria-label="Gaps">
      <h2>
        <IconAlertTriangle size={18} stroke={1.8} aria-hidden="true" />
        {counted(count, 'gap')} in the next 30 days: nobody would be woken
      </h2>
      <ul>
        {withGaps.map(({ schedule, first }) => (
          <li key={schedule.id}>
            <Link to="/on-call/$schedule" params={{ schedule: schedule.id }}>
              {schedule.name}
            </Link>
            <span>
              {schedule.gaps.length > 1 && `${schedule.gaps.length} gaps, the first: `}
              {Date.parse(first.startsAt) <= now ? 'now' : <BothClocks zone={schedule.timeZone} at={first.startsAt} />}
              {' – '}
              <BothClocks zone={schedule.timeZone} at={first.endsAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Teams for whose incidents nobody is woken. */
function Uncovered({ teams, unowned }: { readonly teams: readonly TeamRow[]; readonly unowned: number }) {
  const without = teams.filter(({ escalationPolicy }) => escalationPolicy === null);
  if (without.length === 0 && unowned === 0) return null;
  return (
    <p className="oncall-uncovered panel">
      {without.length > 0 && (
        <span>
          Without an escalation policy: <b>{without.map(({ name }) => name).join(', ')}</b>.
        </span>
      )}
      {unowned > 0 && <span>{counted(unowned, 'open incident')} nobody owns.</span>}
      <Link to="/settings/$section" params={{ section: 'teams' }}>
        Set it up
      </Link>
    </p>
  );
}

function None() {
  return (
    <NothingYet title="No schedule yet">
      A schedule says whose turn it is, day and night. An escalation policy says who is woken, and who next if nobody
      answers.
    </NothingYet>
  );
}

/** Who is on call now and next, for each team and schedule; what is uncovered stands on top. */
export function OnCallScreen() {
  const [from] = useState(() => Math.floor(Date.now() / hourMs) * hourMs);
  const [planned, setPlanned] = useState<Planned | null>(null);
  const variables = {
    from: new Date(from - dayMs).toISOString(),
    to: new Date(from + (shownDays + 1) * dayMs).toISOString(),
  };
  const { data, error, refetch } = useLiveQuery({ query: onCallQuery, variables });
  useRefetchEvery(refetch, refreshMs);
  const navigate = useNavigate();
  useCommands([
    {
      id: 'oncall.new',
      label: 'New schedule',
      run: () => void navigate({ to: '/on-call/$schedule', params: { schedule: 'new' } }),
    },
    { id: 'oncall.policies', label: 'Escalation policies', run: () => void navigate({ to: '/on-call/policies' }) },
  ]);
  if (!data) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows height={96} rows={5} />;
  const schedules = data.schedules.toSorted((a, b) => (a.team?.name ?? '~').localeCompare(b.team?.name ?? '~'));
  return (
    <div className="oncall">
      <Head />
      <Gaps schedules={schedules} />
      <Uncovered teams={data.teams} unowned={data.unowned.openIncidents} />
      {schedules.length === 0 ? (
        <None />
      ) : (
        <>
          <section className="oncall-cards" aria-label="On call now">
            {schedules.map((schedule) => (
              <NowCard key={schedule.id} schedule={schedule} />
            ))}
          </section>
          {schedules.map((schedule) => (
            <SchedulePanel key={schedule.id} schedule={schedule} from={from} onOverride={setPlanned} />
          ))}
        </>
      )}
      <OverrideDialog planned={planned} onClose={() => setPlanned(null)} onSaved={refetch} />
    </div>
  );
}
