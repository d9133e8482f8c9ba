import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { Failed, NotFound, SkeletonRows } from '../ui/states.tsx';
import './onCall.css';
import { peopleQuery, teamNamesQuery } from './onCallQueries.ts';
import { scheduleRoute } from './route.ts';
import './schedule.css';
import { draftOf, newSchedule } from './scheduleDraft.ts';
import { ScheduleEditor } from './ScheduleEditor.tsx';
import { scheduleQuery } from './scheduleQueries.ts';

/** One schedule: its layers, with what they make of the next two weeks while they are edited. */
export function ScheduleScreen() {
  const { schedule: id } = scheduleRoute.useParams();
  const isNew = id === 'new';
  const { data, error, refetch } = useLiveQuery({ query: scheduleQuery, variables: { id }, pause: isNew });
  const [{ data: people, error: peopleError }] = useQuery({ query: peopleQuery, variables: {} });
  const [{ data: teams }] = useQuery({ query: teamNamesQuery, variables: {} });
  const failure = error ?? peopleError;
  if (failure) return <Failed error={failure} onRetry={refetch} />;
  if (!people || !teams || (!isNew && !data)) return <SkeletonRows height={96} rows={4} />;
  const stored = data?.schedule ?? null;
  if (!isNew && stored === null) {
    return (
      <NotFound title="There is no such schedule">
        <Link to="/on-call">Go to who is on call</Link>
      </NotFound>
    );
  }
  return (
    <ScheduleEditor
      // What somebody else saved begins a draft of its own.
      key={stored ? `${stored.id} ${stored.version}` : 'new'}
      stored={stored}
      first={stored ? draftOf(stored) : newSchedule()}
      people={people.people}
      teams={teams.teams.map(({ name }) => name)}
      onSaved={refetch}
    />
  );
}
