import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useQuery } from 'urql';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../../live/useRefetchOnChanges.ts';
import { useMay, useViewer } from '../../session/viewer.ts';
import { useNow } from '../../ui/useNow.ts';
import { Ago, Until } from '../../ui/Time.tsx';
import { useAct } from '../../ui/useAct.ts';
import { useAsked } from '../asked.ts';
import type { IncidentPanelProps } from '../panels.ts';
import '../work.css';
import { createTask, type IncidentTask, peopleToAskQuery, setTaskState, tasksQuery } from './tasksQueries.ts';

const inMinutes = [
  { value: '', label: 'No time' },
  { value: '15', label: 'In 15 minutes' },
  { value: '60', label: 'In an hour' },
  { value: '240', label: 'In 4 hours' },
  { value: '1440', label: 'Tomorrow' },
];

/** When it is due, loudly once that is over. */
export function Due({ task }: { readonly task: Pick<IncidentTask, 'dueAt' | 'state'> }) {
  const now = useNow('slow');
  if (task.dueAt === null || task.state !== 'OPEN') return null;
  return Date.parse(task.dueAt) < now ? (
    <span className="work-late">
      was due <Ago at={task.dueAt} />
    </span>
  ) : (
    <span>
      due <Until at={task.dueAt} />
    </span>
  );
}

function TaskRow({ task, onDone }: { readonly task: IncidentTask; readonly onDone: () => void }) {
  const { act, isActing } = useAct();
  const may = useMay();
  const viewer = useViewer();
  const mayChange = may('Mutation.setTaskState') || task.assignee?.id === viewer.person.id;
  const set = async (state: 'OPEN' | 'DONE' | 'DROPPED') => {
    if (await act(setTaskState, { id: task.id, state })) onDone();
  };
  const isOpen = task.state === 'OPEN';
  return (
    <li className="work-row" data-done={!isOpen} data-testid="task">
      <Checkbox
        checked={task.state === 'DONE'}
        disabled={!mayChange || isActing}
        onChange={() => void set(isOpen ? 'DONE' : 'OPEN')}
        aria-label={`Done: ${task.title}`}
      />
      <span className="work-what">
        <span className="work-title">{task.title}</span>
        <span className="muted work-actions">
          {task.assignee && <span>{task.assignee.name}</span>}
          {task.state === 'DROPPED' && <span>dropped</span>}
          <Due task={task} />
        </span>
      </span>
      {isOpen && mayChange && (
        <button type="button" className="link-button" disabled={isActing} onClick={() => void set('DROPPED')}>
          Drop
        </button>
      )}
    </li>
  );
}

function NewTask({ incidentId, onDone }: { readonly incidentId: string; readonly onDone: () => void }) {
  const [title, setTitle] = useState('');
  const [assigneeId, setAssignee] = useState<string | null>(null);
  const [minutes, setMinutes] = useState<string | null>('');
  const [{ data }] = useQuery({ query: peopleToAskQuery, variables: {} });
  const field = useRef<HTMLInputElement>(null);
  useAsked('task', true, () => field.current?.focus());
  const { act, isActing } = useAct();
  const add = async () => {
    const dueAt = minutes ? new Date(Date.now() + Number(minutes) * 60_000).toISOString() : null;
    if (!(await act(createTask, { incidentId, input: { title: title.trim(), assigneeId, dueAt } }))) return;
    setTitle('');
    onDone();
  };
  return (
    <form
      className="work-form"
      aria-label="New task"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextInput
        ref={field}
        aria-label="Task"
        placeholder="What is to be done?"
        value={title}
        maxLength={300}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      {title !== '' && (
        <>
          <Select
            aria-label="Who"
            placeholder="Who?"
            data={(data?.people ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            value={assigneeId}
            onChange={setAssignee}
            searchable
            clearable
          />
          <Select aria-label="When" data={inMinutes} value={minutes} onChange={setMinutes} allowDeselect={false} />
        </>
      )}
      <Button type="submit" variant="default" loading={isActing} disabled={title.trim() === ''}>
        Add task
      </Button>
    </form>
  );
}

/** What has to be done while it lasts, and by whom. */
export function TasksPanel({ incidentId }: IncidentPanelProps) {
  const { data, refetch } = useLiveQuery({ query: tasksQuery, variables: { id: incidentId } });
  useRefetchOnChanges(refetch, { incidentId });
  const may = useMay();
  const tasks = data?.incident?.tasks;
  if (!tasks) return null;
  const open = tasks.filter(({ state }) => state === 'OPEN').length;
  const mayAdd = may('Mutation.createTask');
  if (tasks.length === 0 && !mayAdd) return null;
  return (
    <section className="panel" aria-label="Tasks">
      <div className="panel-head">
        <h2 className="panel-title">
          Tasks {tasks.length > 0 && <span className="muted">{open === 0 ? 'all done' : `${open} open`}</span>}
        </h2>
      </div>
      {tasks.length > 0 && (
        <ul className="work-list">
          {tasks.map((task) => (
            <TaskRow key={task.id} task={task} onDone={refetch} />
          ))}
        </ul>
      )}
      {mayAdd && <NewTask incidentId={incidentId} onDone={refetch} />}
    </section>
  );
}
