import { canSee } from '@tocsin/schema/domain/permissionCheck';
import { incidentSubjects } from '@tocsin/schema/postgres/permissionSubject';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { isAtLeast, type Viewer } from '@tocsin/schema/domain/role';
import type { LiveItem } from './batch.js';
import { endable } from './endable.js';
import type { LiveChunk } from './follow.js';

type Select = (items: readonly LiveItem[]) => Promise<LiveChunk> | LiveChunk;

/** Ends when the incident shows no longer: what was let in once may be a secret since. */
export function whileVisible<Item>(
  viewer: Viewer,
  pool: Pool,
  incidentId: number,
  source: AsyncIterableIterator<Item>,
): AsyncGenerator<Item, void, undefined> {
  async function* shown(): AsyncGenerator<Item, void, undefined> {
    for await (const item of source) {
      const subject = (await incidentSubjects(pool, [incidentId])).get(incidentId);
      if (subject === undefined || !canSee(viewer, subject)) return;
      yield item;
    }
  }
  return endable(shown(), () => source.return?.());
}

/** Of what is selected, the events of incidents that show to the viewer, as the incidents are now: what a query refuses, no stream carries. */
export function visibleOnly(viewer: Viewer, select: Select): Select {
  if (isAtLeast(viewer.role, 'manager') && viewer.onlyTeams === null) return select;
  return async (items) => {
    const chunk = await select(items);
    const ids = [...new Set(chunk.flatMap(({ event }) => event.incidentId ?? []))];
    const loaders = chunk[0]?.batch.loaders;
    if (loaders === undefined || ids.length === 0) return chunk;
    const hidden = new Set<number>();
    const subjects = await Promise.all(ids.map((id) => loaders.incidentSubject.load(id)));
    subjects.forEach((subject, index) => {
      if (subject !== null && !canSee(viewer, subject)) hidden.add(ids[index] ?? 0);
    });
    return chunk.filter(({ event }) => event.incidentId === null || !hidden.has(event.incidentId));
  };
}
