import { timeParameter } from './incidentRow.js';
import { logWork } from './incidentWork.js';
import { type Edit, missing, refuseStale } from './onCallEdit.js';
import type { Pool, Queryable } from './pool.js';
import { subscribe } from './subscriber.js';
import { addTimers, cancelTimers } from './timer.js';
import { inTransaction } from './transaction.js';

export type TaskState = 'open' | 'done' | 'dropped';

export interface Task {
  readonly id: number;
  readonly version: number;
  readonly incidentId: number;
  readonly title: string;
  /** A handle. */
  readonly assignee: string | null;
  /** Epoch milliseconds. */
  readonly dueAt: number | null;
  readonly state: TaskState;
  readonly createdBy: string;
  readonly doneAt: number | null;
}

export interface TaskDraft {
  readonly title: string;
  readonly assigneeId: number | null;
  readonly dueAt: number | null;
}

const columns = `id, version, incident_id as "incidentId", title, assignee, due_at as "dueAt", state, created_by as "createdBy",
  done_at as "doneAt"`;

/** Open ones first, those that are due first before them. */
export async function tasksOf(db: Queryable, incidentIds: readonly number[]): Promise<readonly Task[]> {
  const { rows } = await db.query<Task>({
    name: 'task_of',
    text: `select ${columns} from task where incident_id = any($1::bigint[])
            order by incident_id, state <> 'open', due_at nulls last, id`,
    values: [incidentIds],
  });
  return rows;
}

export async function openTasksFor(db: Queryable, handle: string): Promise<readonly Task[]> {
  const { rows } = await db.query<Task>({
    name: 'task_for',
    text: `select ${columns} from task where assignee = $1 and state = 'open' order by due_at nulls last, id limit 200`,
    values: [handle],
  });
  return rows;
}

/** @throws DomainFailure NOT_FOUND, also of the person */
export function createTask(pool: Pool, incidentId: number, draft: TaskDraft, edit: Edit): Promise<Task> {
  return inTransaction(pool, (db) => createTaskIn(db, incidentId, draft, edit));
}

/** As {@link createTask}, in the caller's transaction. */
export async function createTaskIn(db: Queryable, incidentId: number, draft: TaskDraft, edit: Edit): Promise<Task> {
  const assignee = await handleOf(db, draft.assigneeId);
  const { rows } = await db.query<Task>(
    `insert into task (incident_id, title, assignee, due_at, created_by, created_at)
     select id, $2, $3, $4::timestamptz, $5, $6::timestamptz from incident where id = $1 returning ${columns}`,
    [incidentId, draft.title, assignee, timeParameter(draft.dueAt), edit.actor.name, timeParameter(edit.now)],
  );
  const [task] = rows;
  if (task === undefined) throw missing('incident', incidentId);
  await follow(db, task, draft.assigneeId, edit.now);
  await log(db, task, 'created', edit);
  return task;
}

/** @throws DomainFailure NOT_FOUND, CONFLICT */
export function updateTask(
  pool: Pool,
  id: number,
  draft: TaskDraft,
  expectedVersion: number,
  edit: Edit,
): Promise<Task> {
  return inTransaction(pool, async (db) => {
    const before = await lockTask(db, id);
    refuseStale('task', before.version, expectedVersion);
    const { rows } = await db.query<Task>(
      `update task set title = $2, assignee = $3, due_at = $4::timestamptz, version = version + 1 where id = $1 returning ${columns}`,
      [id, draft.title, await handleOf(db, draft.assigneeId), timeParameter(draft.dueAt)],
    );
    const task = rows[0] ?? before;
    await follow(db, task, draft.assigneeId, edit.now);
    await log(db, task, 'changed', edit);
    return task;
  });
}

/** To the state that it has is nothing. @throws DomainFailure NOT_FOUND */
export function setTaskState(pool: Pool, id: number, state: TaskState, edit: Edit): Promise<Task> {
  return inTransaction(pool, async (db) => {
    const before = await lockTask(db, id);
    if (before.state === state) return before;
    const { rows } = await db.query<Task>(
      `update task set state = $2, done_at = $3::timestamptz, version = version + 1 where id = $1 returning ${columns}`,
      [id, state, state === 'open' ? null : timeParameter(edit.now)],
    );
    const task = rows[0] ?? before;
    await follow(db, task, null, edit.now);
    await log(db, task, state === 'open' ? 'reopened' : state, edit);
    return task;
  });
}

export async function lockTask(db: Queryable, id: number): Promise<Task> {
  const { rows } = await db.query<Task>(`select ${columns} from task where id = $1 for update`, [id]);
  if (rows[0] === undefined) throw missing('task', id);
  return rows[0];
}

async function log(
  db: Queryable,
  { id, incidentId, title, assignee }: Task,
  action: 'created' | 'changed' | 'done' | 'reopened' | 'dropped',
  { actor, now }: Edit,
): Promise<void> {
  await logWork(
    db,
    incidentId,
    { kind: 'incident.taskChanged', data: { taskId: id, title, action, assignee } },
    actor,
    now,
  );
}

/** Whoever has it follows the incident, and is reminded when it is due. */
async function follow(db: Queryable, task: Task, assigneeId: number | null, now: number): Promise<void> {
  if (assigneeId !== null) await subscribe(db, task.incidentId, [assigneeId], now);
  const key = String(task.id);
  const isToRemind = task.state === 'open' && task.dueAt !== null && task.assignee !== null;
  if (isToRemind && task.dueAt !== null) await addTimers(db, [{ kind: 'task.reminder', key, dueAt: task.dueAt }]);
  else await cancelTimers(db, 'task.reminder', [key]);
}

async function handleOf(db: Queryable, personId: number | null): Promise<string | null> {
  if (personId === null) return null;
  const { rows } = await db.query<{ handle: string }>('select handle from person where id = $1 and is_active', [
    personId,
  ]);
  if (rows[0] === undefined) throw missing('person', personId);
  return rows[0].handle;
}
