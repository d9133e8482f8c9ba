import type { EventData, NewEvent, ReceivedCount } from '@tocsin/schema/domain/event';
import { appendEvents } from '@tocsin/schema/postgres/log';
import type { Pool, Queryable } from '@tocsin/schema/postgres/pool';
import { inTransaction } from '@tocsin/schema/postgres/transaction';

/** Columns of `incident`; times are epoch milliseconds, severity is the stored rank. */
export interface IncidentColumns {
  readonly phase: string;
  readonly severity: number;
  readonly type: string;
  readonly services: readonly string[];
  readonly environment: string | null;
  readonly team: string | null;
  readonly source: string | null;
  readonly impactStartedAt: number;
  readonly openedAt: number;
  readonly acknowledgedAt: number | null;
  readonly firstResolvedAt: number | null;
  readonly resolvedAt: number | null;
  readonly resolvedByKind: string | null;
  readonly reopenedCount: number;
  readonly dismissReason: string | null;
  readonly mergedInto: number | null;
}

const defaults: Omit<IncidentColumns, 'openedAt' | 'impactStartedAt'> = {
  phase: 'detected',
  severity: 1,
  type: 'operational',
  services: ['checkout'],
  environment: 'production',
  team: 'payments',
  source: 'alertmanager',
  acknowledgedAt: null,
  firstResolvedAt: null,
  resolvedAt: null,
  resolvedByKind: null,
  reopenedCount: 0,
  dismissReason: null,
  mergedInto: null,
};

export interface KpiScenario {
  /** One incident as it ended up, with `alerts` alerts and the event of its opening. */
  readonly incident: (
    columns: Partial<IncidentColumns> & { readonly openedAt: number },
    alerts?: number,
  ) => Promise<number>;
  /** Changes the row and appends one event, as every writer does. */
  readonly change: (id: number, columns: Partial<IncidentColumns>, kind: BareKind) => Promise<void>;
  /** What one batch received at an instant, without storing the alerts. */
  readonly received: (at: number, ...counts: readonly Partial<ReceivedCount>[]) => Promise<void>;
}

/** Kinds whose data is empty. */
type BareKind = 'incident.acknowledged' | 'incident.mitigated' | 'incident.closed';

/** Writes rows as the product does: a change and its events in one transaction. */
export async function createKpiScenario(pool: Pool): Promise<KpiScenario> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into integration (name, source, ignore_labels, volatile_annotations, stale_after_seconds, stale_action)
     values ('scenario', 'alertmanager', '{}', '{}', 3600, 'keep') returning id`,
  );
  const integrationId = rows[0]?.id ?? 0;
  const counted = (count: Partial<ReceivedCount>): ReceivedCount => ({
    integrationId,
    source: 'alertmanager',
    service: 'checkout',
    environment: 'production',
    severity: 'high',
    outcome: 'opened',
    count: 1,
    ...count,
  });
  const receive = (db: Queryable, at: number, counts: readonly ReceivedCount[]): Promise<void> =>
    appendEvents(db, [event('alerts.received', null, at, { counts })]);
  return {
    incident: (given, alerts = 0) =>
      inTransaction(pool, async (client) => {
        const columns = { ...defaults, impactStartedAt: given.openedAt, ...given };
        const id = await insertIncident(client, columns);
        for (let n = 0; n < alerts; n++) await insertAlert(client, integrationId, id, n, columns);
        if (alerts > 0)
          await receive(client, columns.openedAt, [counted({ count: alerts, service: columns.services[0] ?? null })]);
        await appendEvents(client, [
          event('incident.opened', id, columns.openedAt, { title: 'scenario', severity: 'high' }),
        ]);
        return id;
      }),
    change: (id, columns, kind) =>
      inTransaction(pool, async (client) => {
        await updateIncident(client, id, columns);
        await appendEvents(client, [event(kind, id, Date.now(), {})]);
      }),
    received: (at, ...counts) => receive(pool, at, counts.map(counted)),
  };
}

function event<K extends NewEvent['kind']>(
  kind: K,
  incidentId: number | null,
  occurredAt: number,
  data: EventData[K],
): NewEvent {
  // The pairing of kind and data is checked by the parameter types; the union cannot express it for a type variable.
  return { kind, incidentId, alertId: null, actor: { kind: 'system', name: 'scenario' }, occurredAt, data } as NewEvent;
}

const names: Readonly<Record<keyof IncidentColumns, string>> = {
  phase: 'phase',
  severity: 'severity',
  type: 'type',
  services: 'services',
  environment: 'environment',
  team: 'team',
  source: 'source',
  impactStartedAt: 'impact_started_at',
  openedAt: 'opened_at',
  acknowledgedAt: 'acknowledged_at',
  firstResolvedAt: 'first_resolved_at',
  resolvedAt: 'resolved_at',
  resolvedByKind: 'resolved_by_kind',
  reopenedCount: 'reopened_count',
  dismissReason: 'dismiss_reason',
  mergedInto: 'merged_into',
};

function namedValues(columns: Partial<IncidentColumns>): {
  readonly columns: readonly string[];
  readonly values: unknown[];
} {
  const given = Object.entries(names).flatMap(([field, column]) => {
    // Object.entries forgets that the keys are those of IncidentColumns.
    const value = columns[field as keyof IncidentColumns];
    if (value === undefined) return [];
    return [
      { column, value: field.endsWith('At') && typeof value === 'number' ? new Date(value).toISOString() : value },
    ];
  });
  return { columns: given.map(({ column }) => column), values: given.map(({ value }) => value) };
}

async function insertIncident(db: Queryable, columns: IncidentColumns): Promise<number> {
  const given = namedValues(columns);
  const places = given.columns.map((_, index) => `$${index + 1}`);
  const { rows } = await db.query<{ id: number }>(
    `insert into incident (title, accepts_alerts, updated_at, ${given.columns.join(', ')})
     values ('scenario', false, now(), ${places.join(', ')}) returning id`,
    given.values,
  );
  return rows[0]?.id ?? 0;
}

async function updateIncident(db: Queryable, id: number, columns: Partial<IncidentColumns>): Promise<void> {
  const given = namedValues(columns);
  const sets = given.columns.map((column, index) => `, ${column} = $${index + 2}`);
  await db.query(`update incident set revision = revision + 1, updated_at = now()${sets.join('')} where id = $1`, [
    id,
    ...given.values,
  ]);
}

async function insertAlert(
  db: Queryable,
  integrationId: number,
  incidentId: number,
  n: number,
  columns: IncidentColumns,
): Promise<void> {
  await db.query(
    `insert into alert (integration_id, fingerprint, severity, title, service, labels, annotations, starts_at, starts_at_is_sent,
                        received_at, last_received_at, received_count, material_hash, incident_id)
     values ($1, $2, 1, 'scenario', $3, '{}', '{}', $4, true, $4, $4, 1, '', $5)`,
    [
      integrationId,
      `${incidentId}-${n}`,
      columns.services[0] ?? null,
      new Date(columns.openedAt).toISOString(),
      incidentId,
    ],
  );
}
