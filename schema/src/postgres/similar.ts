import type { Incident } from '../domain/incident.js';
import type { Viewer } from '../domain/role.js';
import { becauseOf, leastScore, likenessOf, scoreOf, titleWords } from '../domain/similar.js';
import { incidentColumns, incidentOfRow, type IncidentRow } from './incidentRow.js';
import { createParameters } from './labelMatch.js';
import type { Queryable } from './pool.js';
import { visibleTo } from './visibleIncidents.js';

export interface SimilarIncident {
  readonly incident: Incident;
  /** From 0 to 1. */
  readonly score: number;
  readonly because: readonly string[];
  /** The lessons of the published review, else the last note before it was resolved. */
  readonly whatHelped: string | null;
}

const candidates = 200;
const lookBackDays = 400;
const longestHelp = 2_000;

/**
 * Incidents that ended before, most alike first: of the same signature, services or words. One statement finds them by their
 * indexes, newest first of each kind; what they have in common is weighed here.
 */
export async function similarIncidents(
  db: Queryable,
  incident: Incident,
  viewer: Viewer,
  first: number,
): Promise<readonly SimilarIncident[]> {
  const parameters = createParameters();
  const { bind, values } = parameters;
  const visible = visibleTo(viewer, parameters, 'i') ?? 'true';
  const id = bind(incident.id);
  const key = bind(incident.correlationKey);
  const services = bind(incident.services);
  const words = bind(titleWords(incident.title).join(' or '));
  const past = `i.id <> ${id}::bigint and i.phase in ('resolved', 'closed')
    and i.opened_at > now() - interval '${lookBackDays} days' and ${visible}`;
  const found = (condition: string, limit: number) =>
    `(select i.id from incident i where ${condition} and ${past} order by i.id desc limit ${limit})`;
  const { rows } = await db.query<IncidentRow & { readonly what_helped: string | null }>(
    `with found as (
       ${found(`i.correlation_key = ${key}::text`, 50)}
       union ${found(`i.services && ${services}::text[]`, 75)}
       union ${found(`to_tsvector('simple', i.title) @@ websearch_to_tsquery('simple', ${words}::text)`, 75)})
     select ${incidentColumns}, left(coalesce(
         (select nullif(btrim(s.text), '') from review r join review_section s on s.review_id = r.id and s.name = 'lessons'
           where r.incident_id = incident.id and r.state = 'published'),
         (select n.text from note n where n.incident_id = incident.id and n.deleted_at is null
             and n.created_at <= coalesce(incident.resolved_at, n.created_at) order by n.id desc limit 1)),
         ${longestHelp}) as what_helped
       from incident where id in (select id from found) order by id desc limit ${candidates}`,
    values,
  );
  return rows
    .map((row): SimilarIncident => {
      const other = incidentOfRow(row);
      const likeness = likenessOf(incident, other);
      const score = scoreOf(likeness, incident, other);
      return { incident: other, score, because: becauseOf(likeness), whatHelped: row.what_helped };
    })
    .filter(({ score }) => score >= leastScore)
    .toSorted((a, b) => b.score - a.score || b.incident.id - a.incident.id)
    .slice(0, first);
}
