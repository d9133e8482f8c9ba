import { Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { Due } from '../../incident/tasks/TasksPanel.tsx';
import { myTasksQuery, setTaskState } from '../../incident/tasks/tasksQueries.ts';
import '../../incident/work.css';
import { useRefetchOnChanges } from '../../live/useRefetchOnChanges.ts';
import { Failed, SkeletonRows } from '../../ui/states.tsx';
import { useAct } from '../../ui/useAct.ts';

/** What the viewer has to do in incidents, what is due first before the rest. */
export function MyTasks() {
  const { data, error, refetch } = useLiveQuery({ query: myTasksQuery, variables: {} });
  useRefetchOnChanges(refetch, { everyMs: 3_000 });
  const { act, isActing } = useAct();
  if (!data) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={2} />;
  if (data.myTasks.length === 0) return <p className="work-none">Nothing is left for you to do.</p>;
  return (
    <ul className="work-list" aria-label="My tasks">
      {data.myTasks.map((task) => (
        <li key={task.id} className="work-row">
          <Checkbox
            checked={false}
            disabled={isActing}
            aria-label={`Done: ${task.title}`}
            onChange={() => void act(setTaskState, { id: task.id, state: 'DONE' }).then((done) => done && refetch())}
          />
          <span className="work-what">
            <span>{task.title}</span>
            <span className="muted work-actions">
              <Link to="/incidents/$number" params={{ number: String(task.incident.number) }}>
                {task.incident.reference} {task.incident.title}
              </Link>
              <Due task={task} />
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
