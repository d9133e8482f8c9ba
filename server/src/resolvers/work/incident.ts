import type { Incident } from '@tocsin/schema/domain/incident';
import { incidentsById } from '@tocsin/schema/postgres/incidentList';
import { showsIncident } from '../../auth/guard.js';
import type { ApiContext } from '../../context.js';
import { notFound } from '../../errors.js';

/** As it is after a mutation: not by the loader, which may have read it before. @throws ApiFailure NOT_FOUND */
export async function incidentOf({ services, loaders }: ApiContext, id: number): Promise<Incident> {
  const [incident] = await incidentsById(services.pool, [id]);
  if (incident === undefined) throw notFound('incident', String(id));
  for (const lists of [loaders.pins, loaders.attachments, loaders.tasks, loaders.incidentLinks, loaders.subscribers]) {
    lists.clear(id);
  }
  return incident;
}

/** Those whose incident shows to who asks. */
export async function shown<Row extends { readonly incidentId: number }>(
  rows: readonly Row[],
  context: ApiContext,
): Promise<readonly Row[]> {
  const may = await Promise.all(rows.map(({ incidentId }) => showsIncident(incidentId, context)));
  return rows.filter((_, index) => may[index]);
}
