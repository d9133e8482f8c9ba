import type { Actor, NewEvent } from '@tocsin/schema/domain/event';
import type { Incident } from '@tocsin/schema/domain/incident';
import { type Severity, severityRank } from '@tocsin/schema/domain/severity';
import type { IncidentReport } from '@tocsin/schema/domain/transition';
import { createIncident } from '@tocsin/schema/postgres/incidentCommands';
import { createIntegration, type SecretSummary } from '@tocsin/schema/postgres/integrationSecret';
import type { Pool } from '@tocsin/schema/postgres/pool';

const ada: Actor = { kind: 'person', name: 'ada' };

/** An integration with its secret. */
export function addIntegration(
  pool: Pool,
  name = 'prod',
): Promise<{ readonly id: SecretSummary['id']; readonly secret: string }> {
  return createIntegration(pool, {
    name,
    source: 'alertmanager',
    team: null,
    environment: null,
    staleAfterSeconds: null,
    staleAction: null,
    ignoreLabels: null,
    volatileAnnotations: null,
  });
}

/** An incident that ada reported. */
export function addIncident(pool: Pool, report: Partial<IncidentReport> = {}, now = Date.now()): Promise<Incident> {
  const whole = {
    title: 'Checkout is slow',
    description: null,
    severity: 'high',
    type: 'operational',
    services: ['checkout'],
    environment: 'production',
    team: 'payments',
    impactStartedAt: now,
    ...report,
  } as const;
  return createIncident(pool, whole, ada, now);
}

export interface AlertFixture {
  readonly integrationId: number;
  readonly incidentId?: number | null;
  readonly title?: string;
  readonly severity?: Severity;
  readonly service?: string | null;
  readonly environment?: string | null;
  readonly labels?: Readonly<Record<string, string>>;
  readonly startsAt?: number;
  /** Resolved then. */
  readonly endsAt?: number | null;
}

let made = 0;

/** An alert row, without the events of a real one. Returns its id. */
export async function addAlert(pool: Pool, alert: AlertFixture): Promise<number> {
  const { startsAt = Date.now(), endsAt = null, title = 'HighLatency', severity = 'critical' } = alert;
  const { rows } = await pool.query<{ id: number }>(
    `insert into alert (integration_id, fingerprint, severity, title, service, environment, labels, annotations,
                        starts_at, starts_at_is_sent, ends_at, closed_at, resolve_reason, received_at, last_received_at,
                        received_count, material_hash, incident_id)
     values ($1, $2, $3, $4, $5, $6, $7, '{}', $8, true, $9, $9, $10, $8, $8, 1, '', $11) returning id`,
    [
      alert.integrationId,
      `fixture-${++made}`,
      severityRank(severity),
      title,
      alert.service === undefined ? 'checkout' : alert.service,
      alert.environment === undefined ? 'production' : alert.environment,
      JSON.stringify(alert.labels ?? { alertname: title }),
      new Date(startsAt).toISOString(),
      endsAt === null ? null : new Date(endsAt).toISOString(),
      endsAt === null ? null : 'sender',
      alert.incidentId ?? null,
    ],
  );
  return Number(rows[0]?.id);
}

/** A note on an incident, as an event to append. */
export function noteOn(incidentId: number, text: string): NewEvent {
  return { kind: 'incident.noteAdded', incidentId, alertId: null, actor: ada, occurredAt: Date.now(), data: { text } };
}
