import type { LogEvent } from '../domain/event.js';
import type { IncidentFact } from '../domain/kpi.js';

/** The rows of one stretch of the log, by table. Times are epoch milliseconds, which DateTime64(3) reads as they are. */
export interface ProjectedRows {
  readonly alert_received: readonly object[];
  readonly alert_event: readonly object[];
  readonly incident_event: readonly object[];
}

export function projectEvents(events: readonly LogEvent[]): ProjectedRows {
  const rows = { alert_received: [] as object[], alert_event: [] as object[], incident_event: [] as object[] };
  for (const event of events) {
    if (event.kind === 'alerts.received') rows.alert_received.push(...receivedRows(event));
    // Changes are looked up in Postgres, a few at a time: no number is made of them.
    else if (event.kind === 'change.received') continue;
    else if (event.kind.startsWith('alert.')) rows.alert_event.push(alertRow(event));
    // Edits of the configuration stand in the log alone.
    else if (event.kind.startsWith('incident.')) rows.incident_event.push(incidentRow(event));
  }
  return rows;
}

const minuteMs = 60_000;

function receivedRows(event: LogEvent & { readonly kind: 'alerts.received' }): readonly object[] {
  const minute = Math.floor(event.occurredAt / minuteMs) * minuteMs;
  return event.data.counts.map(({ integrationId, ...count }, ordinal) => ({
    position: event.cursor.position,
    ordinal,
    minute,
    integration_id: integrationId,
    ...count,
  }));
}

function commonColumns(event: LogEvent): object {
  return {
    position: event.cursor.position,
    xid: event.cursor.xid,
    kind: event.kind,
    incident_id: event.incidentId,
    alert_id: event.alertId,
    actor_kind: event.actor.kind,
    actor: event.actor.name,
    occurred_at: event.occurredAt,
    recorded_at: event.recordedAt,
  };
}

function alertRow(event: LogEvent): object {
  return { ...commonColumns(event), ...alertColumns(event) };
}

function alertColumns(event: LogEvent): object {
  switch (event.kind) {
    case 'alert.opened': {
      const { title, severity, service, environment, startsAt } = event.data;
      return { title, severity, service, environment, starts_at: startsAt };
    }
    case 'alert.changed':
      return event.data.severity === undefined ? {} : { severity: event.data.severity.to };
    case 'alert.resolved':
      return { ends_at: event.data.endsAt, reason: event.data.reason };
    case 'alert.superseded':
      return { ends_at: event.data.endsAt, reason: 'superseded' };
    default:
      return {};
  }
}

function incidentRow(event: LogEvent): object {
  return { ...commonColumns(event), ...incidentColumns(event) };
}

function incidentColumns(event: LogEvent): object {
  switch (event.kind) {
    case 'incident.opened':
      return { severity: event.data.severity, ...ruleColumns(event.data.explanation) };
    case 'incident.alertJoined':
      return { reason: event.data.explanation.outcome, ...ruleColumns(event.data.explanation) };
    case 'incident.alertLeft':
      return { related_incident_id: event.data.toIncidentId };
    case 'incident.assigned':
      return { from_value: event.data.from, to_value: event.data.to };
    case 'incident.severityChanged':
      return { severity: event.data.to, from_value: event.data.from, to_value: event.data.to };
    case 'incident.resolved':
      return { from_value: event.data.from, reason: event.data.reason };
    case 'incident.reopened':
      return { reason: event.data.reason, ...ruleColumns(event.data.explanation) };
    case 'incident.unacknowledged':
    case 'incident.dismissed':
      return { reason: event.data.reason };
    case 'incident.merged':
      return { related_incident_id: event.data.intoIncidentId };
    case 'incident.absorbed':
    case 'incident.unmerged':
      return { related_incident_id: event.data.fromIncidentId };
    case 'incident.released':
      return { related_incident_id: event.data.incidentId };
    default:
      return {};
  }
}

function ruleColumns(explanation: { readonly ruleId: string; readonly ruleVersion: number } | undefined): object {
  return explanation === undefined ? {} : { rule_id: explanation.ruleId, rule_version: explanation.ruleVersion };
}

export function factRow(fact: IncidentFact): object {
  return {
    incident_id: fact.incidentId,
    revision: fact.revision,
    type: fact.type,
    severity: fact.severity,
    phase: fact.phase,
    services: fact.services,
    environment: fact.environment,
    team: fact.team,
    source: fact.source,
    assignee: fact.assignee,
    rule_id: fact.ruleId,
    impact_started_at: fact.impactStartedAt,
    opened_at: fact.openedAt,
    acknowledged_at: fact.acknowledgedAt,
    mitigated_at: fact.mitigatedAt,
    first_resolved_at: fact.firstResolvedAt,
    resolved_at: fact.resolvedAt,
    resolved_by_kind: fact.resolvedByKind,
    closed_at: fact.closedAt,
    reopened_count: fact.reopenedCount,
    dismiss_reason: fact.dismissReason,
    merged_into: fact.mergedInto,
    alert_count: fact.alertCount,
  };
}

/** The incidents whose facts a stretch of the log may have changed: those it names, and those of the alerts it names. */
export function touchedBy(events: readonly LogEvent[]): {
  readonly incidentIds: readonly number[];
  readonly alertIds: readonly number[];
} {
  const incidents = new Set<number>();
  const alerts = new Set<number>();
  for (const event of events) {
    if (event.incidentId !== null) incidents.add(event.incidentId);
    else if (event.alertId !== null) alerts.add(event.alertId);
    if (event.kind === 'incident.merged') incidents.add(event.data.intoIncidentId);
    if (event.kind === 'incident.absorbed' || event.kind === 'incident.unmerged')
      incidents.add(event.data.fromIncidentId);
    if (event.kind === 'incident.alertLeft') incidents.add(event.data.toIncidentId);
  }
  return { incidentIds: [...incidents], alertIds: [...alerts] };
}
