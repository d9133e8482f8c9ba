import type { AlertFilter } from '../domain/listFilter.js';
import { severityOfRank } from '../domain/severity.js';
import { alertConditions, type AlertField, alertFields } from './alertListFilter.js';
import { withRegexLimit } from './alertList.js';
import { type FacetCounts, facetValueLimit } from './incidentFacets.js';
import { where } from './incidentListFilter.js';
import { containing, createParameters, type Parameters } from './labelMatch.js';
import type { Pool, Queryable } from './pool.js';

/** The newest alerts that are counted: a million would be read for a number that nobody reads to the last digit. */
export const facetRowLimit = 50_000;

const columns: Readonly<Record<AlertField, string>> = {
  status: `case when closed_at is null then 'firing' else 'resolved' end`,
  severity: 'severity::text',
  service: 'service',
  environment: 'environment',
  integration: 'integration_id::text',
};

function isAlertField(field: string): field is AlertField {
  return (alertFields as readonly string[]).includes(field);
}

/**
 * Counts by value of each field, which is one of {@link alertFields} or any label's name; each facet ignores the filter
 * on its own field. Facets that ignore nothing share one pass; a field with a filter of its own needs another.
 */
export async function countAlertFacets(
  pool: Pool,
  filter: AlertFilter,
  fields: readonly string[],
): Promise<readonly FacetCounts[]> {
  if (fields.length === 0) return [];
  const parameters = createParameters();
  const { byField, others } = alertConditions(filter, parameters);
  const keyOf = (field: string) => (isAlertField(field) ? field : `label:${field}`);
  const shared = fields.filter((field) => !byField.has(keyOf(field)));
  const passes = [shared, ...fields.filter((field) => byField.has(keyOf(field))).map((field) => [field])];
  const selects = passes
    .filter((pass) => pass.length > 0)
    .map((pass) => {
      const rest = [...byField].filter(([key]) => !pass.some((field) => keyOf(field) === key)).map(([, sql]) => sql);
      return passOf(pass, [...rest, ...others], parameters);
    });
  const rows = await withRegexLimit(pool, filter, async (db) => {
    const sql = selects.join(' union all ');
    return (
      await db.query<{ field: string; value: string | null; count: number; read: number }>(sql, parameters.values)
    ).rows;
  });
  return fields.map((field) => {
    const found = rows.filter((row) => row.field === field);
    return {
      field,
      isExact: (found[0]?.read ?? 0) < facetRowLimit,
      values: found.map(({ value, count }) => ({
        value: field === 'severity' && value !== null ? severityOfRank(Number(value)) : value,
        count,
      })),
    };
  });
}

/** One read of the newest rows, folded by every field of the pass, then summed for each of them. */
function passOf(fields: readonly string[], conditions: readonly string[], { bind }: Parameters): string {
  const named = fields.map((field, index) => {
    const sql = isAlertField(field) ? columns[field] : `labels ->> ${bind(field)}::text`;
    return { field, column: `f${index}`, sql };
  });
  const list = named.map(({ column }) => column).join(', ');
  const facets = named.map(
    ({ field, column }) => `(select ${bind(field)}::text as field, ${column} as value, sum(n)::int as count,
        (select sum(n)::int from folded) as read
       from folded group by 2 order by 3 desc, 2 limit ${facetValueLimit})`,
  );
  return `(with folded as materialized (
      select ${list}, count(*) as n from (
        select ${named.map(({ column, sql }) => `${sql} as ${column}`).join(', ')} from alert ${where(conditions)}
         order by starts_at desc, id desc limit ${facetRowLimit}) as newest group by ${list})
    ${facets.join(' union all ')})`;
}

/** Completion looks at this many of the newest alerts. */
const recentAlerts = 5_000;

const recent = `(select labels from alert order by id desc limit ${recentAlerts}) as recent`;

/** Label names of recent alerts, most frequent first. */
export async function recentLabelNames(db: Queryable, prefix: string, limit: number): Promise<readonly string[]> {
  const { rows } = await db.query<{ name: string }>({
    name: 'label_names',
    text: `select name from ${recent}, jsonb_object_keys(labels) as name where name ilike $1
            group by name order by count(*) desc, name limit $2`,
    values: [containing(prefix).slice(1), limit],
  });
  return rows.map((row) => row.name);
}

export async function recentLabelValues(
  db: Queryable,
  name: string,
  prefix: string,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await db.query<{ value: string }>({
    name: 'label_values',
    text: `select labels ->> $1 as value from ${recent} where labels ->> $1 ilike $2
            group by 1 order by count(*) desc, 1 limit $3`,
    values: [name, containing(prefix).slice(1), limit],
  });
  return rows.map((row) => row.value);
}
