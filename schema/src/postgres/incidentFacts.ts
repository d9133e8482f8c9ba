import type { IncidentFacts } from '../domain/expressionIncident.js';
import { sharedLabelsOf } from './incidentListLoads.js';
import { incidentColumns, incidentOfRow, type IncidentRow } from './incidentRow.js';
import type { Queryable } from './pool.js';

/** What conditions over incidents look at, as it stands now, of those ids that exist; `labels` are those that all alerts share. */
export async function incidentFacts(
  db: Queryable,
  ids: readonly number[],
): Promise<ReadonlyMap<number, IncidentFacts>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<IncidentRow & { readonly source: string | null }>({
    name: 'incident_expression_facts',
    text: `select ${incidentColumns}, source from incident where id = any($1::bigint[])`,
    values: [ids],
  });
  const labels = new Map<number, Record<string, string>>();
  for (const { incidentId, name, value } of await sharedLabelsOf(db, ids)) {
    const record = labels.get(incidentId) ?? emptyRecord();
    record[name] = value;
    labels.set(incidentId, record);
  }
  return new Map(rows.map((row) => [row.id, factsOf(row, labels.get(row.id) ?? {})]));
}

/** Without a prototype: a label may be called `__proto__`. */
function emptyRecord(): Record<string, string> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an object without a prototype has no type of its own
  return Object.create(null) as Record<string, string>;
}

function factsOf(
  row: IncidentRow & { readonly source: string | null },
  labels: Readonly<Record<string, string>>,
): IncidentFacts {
  const { title, type, severity, priority, phase, status, services, isRestricted, tags, ...incident } =
    incidentOfRow(row);
  const fields = Object.entries(incident.customFields).map(([key, value]) => [key, String(value ?? '')] as const);
  return {
    title,
    type,
    severity,
    priority,
    phase,
    status,
    services,
    service: services[0] ?? '',
    environment: incident.environment ?? '',
    team: incident.team ?? '',
    assignee: incident.assignee ?? '',
    reporter: incident.reporter ?? '',
    source: row.source ?? '',
    tags,
    labels: { ...labels },
    fields: Object.fromEntries(fields),
    isRestricted,
  };
}
