import type { IncidentFilter } from '../domain/listFilter.js';
import { severityOfRank } from '../domain/severity.js';
import { incidentConditions, type IncidentFacetField, where } from './incidentListFilter.js';
import { createParameters } from './labelMatch.js';
import type { Queryable } from './pool.js';

export interface FacetCounts<Field extends string = string> {
  readonly field: Field;
  readonly values: readonly { readonly value: string | null; readonly count: number }[];
  readonly isExact: boolean;
}

/** More values than anybody picks from; the most frequent are kept. */
export const facetValueLimit = 200;

const values: Readonly<Record<IncidentFacetField, string>> = {
  PHASE: 'phase',
  SEVERITY: 'severity::text',
  SERVICE: 'service',
  ENVIRONMENT: 'environment',
  TEAM: 'team',
  TYPE: 'type',
  ASSIGNEE: 'assignee',
};

/**
 * Counts by value of each field; each facet ignores the filter on its own field, so that the other values stay choosable.
 * The incidents are read once and folded by all fields together; the facets are sums over the few folded rows.
 */
export async function countIncidentFacets<Field extends IncidentFacetField>(
  db: Queryable,
  filter: IncidentFilter,
  fields: readonly Field[],
): Promise<readonly FacetCounts<Field>[]> {
  if (fields.length === 0) return [];
  const parameters = createParameters();
  const { byField, others } = incidentConditions(filter, parameters);
  const facets = fields.map((field) => {
    const rest = [...byField].filter(([name]) => name !== field).map(([, condition]) => condition);
    const from = field === 'SERVICE' ? 'folded, unnest(services) as service' : 'folded';
    return `(select '${field}' as field, ${values[field]} as value, sum(n)::int as count from ${from} ${where(rest)}
      group by 2 order by 3 desc, 2 limit ${facetValueLimit})`;
  });
  const { rows } = await db.query<{ field: Field; value: string | null; count: number }>(
    `with folded as materialized (
       select phase, severity, services, environment, team, type, assignee, count(*) as n
         from incident ${where(others)} group by phase, severity, services, environment, team, type, assignee)
     ${facets.join(' union all ')}`,
    parameters.values,
  );
  return fields.map((field) => ({
    field,
    isExact: true,
    values: rows
      .filter((row) => row.field === field)
      .map(({ value, count }) => ({ value: field === 'SEVERITY' ? severityOfRank(Number(value)) : value, count })),
  }));
}
