import { encodeCursor } from '@tocsin/schema/domain/event';
import { type Attachment, attachmentsOf } from '@tocsin/schema/postgres/attachment';
import { type IncidentLink, linksOf } from '@tocsin/schema/postgres/incidentLink';
import { type IncidentRunbook, runbooksOf, type RunbookTick, ticksOf } from '@tocsin/schema/postgres/incidentRunbook';
import { type Note, notesById, notesOf } from '@tocsin/schema/postgres/note';
import { type Person, personsByHandle } from '@tocsin/schema/postgres/person';
import { type Pin, pinsOf } from '@tocsin/schema/postgres/pin';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { presentAt, type Present } from '@tocsin/schema/postgres/presence';
import { type Runbook, runbooksById } from '@tocsin/schema/postgres/runbook';
import { type StakeholderUpdate, updatesOf } from '@tocsin/schema/postgres/stakeholderUpdate';
import { loadStatusPageView, type StatusPageView } from '@tocsin/schema/postgres/statusPage';
import { type Subscriber, subscribersOf } from '@tocsin/schema/postgres/subscriber';
import { type Task, tasksOf } from '@tocsin/schema/postgres/task';
import DataLoader from 'dataloader';
import { groupBy } from '../work/groupBy.js';

type OfIncident<Row> = DataLoader<number, readonly Row[]>;

export interface WorkLoaders {
  readonly note: DataLoader<number, Note | null>;
  readonly notes: OfIncident<Note>;
  readonly pins: OfIncident<Pin>;
  /** Of an incident: what is pinned, as `note/<id>` and `event/<cursor>`. */
  readonly pinned: DataLoader<number, ReadonlySet<string>>;
  readonly attachments: OfIncident<Attachment>;
  readonly tasks: OfIncident<Task>;
  readonly incidentLinks: OfIncident<IncidentLink>;
  readonly runbook: DataLoader<number, Runbook | null>;
  readonly incidentRunbooks: OfIncident<IncidentRunbook>;
  readonly runbookTicks: DataLoader<number, readonly RunbookTick[]>;
  readonly updates: OfIncident<StakeholderUpdate>;
  readonly subscribers: OfIncident<Subscriber>;
  readonly present: OfIncident<Present>;
  /** Whoever texts name; null for names from before there were accounts. */
  readonly authorByHandle: DataLoader<string, Person | null>;
  readonly statusPage: () => Promise<StatusPageView>;
}

export function createWorkLoaders(pool: Pool): WorkLoaders {
  const pins = ofIncident((ids) => pinsOf(pool, ids));
  let statusPage: Promise<StatusPageView> | null = null;
  return {
    note: byId((ids) => notesById(pool, ids)),
    notes: ofIncident((ids) => notesOf(pool, ids)),
    pins,
    pinned: new DataLoader(async (ids) => {
      const found = await pins.loadMany(ids);
      return found.map((each) => new Set(each instanceof Error ? [] : each.map(keyOfPin)));
    }),
    attachments: ofIncident((ids) => attachmentsOf(pool, ids)),
    tasks: ofIncident((ids) => tasksOf(pool, ids)),
    incidentLinks: ofIncident((ids) => linksOf(pool, ids)),
    runbook: byId((ids) => runbooksById(pool, ids)),
    incidentRunbooks: ofIncident((ids) => runbooksOf(pool, ids)),
    runbookTicks: new DataLoader(async (ids) => {
      const ticks = await ticksOf(pool, ids);
      return ids.map((id) => ticks.filter(({ incidentRunbookId }) => incidentRunbookId === id));
    }),
    updates: ofIncident((ids) => updatesOf(pool, ids)),
    subscribers: ofIncident((ids) => subscribersOf(pool, ids)),
    present: ofIncident((ids) => presentAt(pool, ids, Date.now())),
    authorByHandle: new DataLoader(async (handles) => {
      const people = new Map((await personsByHandle(pool, handles)).map((person) => [person.handle, person]));
      return handles.map((handle) => people.get(handle) ?? null);
    }),
    statusPage: () => (statusPage ??= loadStatusPageView(pool)),
  };
}

function keyOfPin({ kind, noteId, attachmentId, xid, position }: Pin): string {
  if (xid !== null && position !== null) return `event/${encodeCursor({ xid, position })}`;
  return `${kind}/${noteId ?? attachmentId ?? ''}`;
}

function byId<Row extends { readonly id: number }>(
  load: (ids: readonly number[]) => Promise<readonly Row[]>,
): DataLoader<number, Row | null> {
  return new DataLoader(async (ids) => {
    const rows = new Map((await load(ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id) ?? null);
  });
}

function ofIncident<Row extends { readonly incidentId: number }>(
  load: (ids: readonly number[]) => Promise<readonly Row[]>,
): OfIncident<Row> {
  return new DataLoader(async (ids) => {
    const rows = groupBy(await load(ids), ({ incidentId }) => incidentId);
    return ids.map((id) => rows.get(id) ?? []);
  });
}
