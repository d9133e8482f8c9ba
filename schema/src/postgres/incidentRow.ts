import type { Actor } from '../domain/event.js';
import type { Incident } from '../domain/incident.js';
import { severityOfRank, severityRank } from '../domain/severity.js';

/** The columns of {@link IncidentRow}, without an alias. */
export const incidentColumns = `id, version, title, description, type, severity, severity_is_manual, phase, services, environment,
  team, assignee, reporter, type_version, status, impact, urgency, priority, custom_fields, tags, is_restricted, touched_at,
  correlation_key, impact_started_at, opened_at, acknowledged_at, acknowledged_by,
  acknowledged_severity, mitigated_at, first_resolved_at, resolved_at, resolved_by_kind, resolved_by, closed_at,
  reopened_count, dismiss_reason, merged_into, updated_at`;

export interface IncidentRow {
  readonly id: number;
  readonly version: number;
  readonly title: string;
  readonly description: string | null;
  readonly type: Incident['type'];
  readonly severity: number;
  readonly severity_is_manual: boolean;
  readonly type_version: number;
  readonly status: string;
  readonly impact: Incident['impact'];
  readonly urgency: Incident['urgency'];
  readonly priority: Incident['priority'];
  readonly custom_fields: Incident['customFields'];
  readonly tags: readonly string[];
  readonly is_restricted: boolean;
  readonly touched_at: number | null;
  readonly phase: Incident['phase'];
  readonly services: readonly string[];
  readonly environment: string | null;
  readonly team: string | null;
  readonly assignee: string | null;
  readonly reporter: string | null;
  readonly correlation_key: string | null;
  readonly impact_started_at: number;
  readonly opened_at: number;
  readonly acknowledged_at: number | null;
  readonly acknowledged_by: string | null;
  readonly acknowledged_severity: number | null;
  readonly mitigated_at: number | null;
  readonly first_resolved_at: number | null;
  readonly resolved_at: number | null;
  readonly resolved_by_kind: Actor['kind'] | null;
  readonly resolved_by: string | null;
  readonly closed_at: number | null;
  readonly reopened_count: number;
  readonly dismiss_reason: Incident['dismissReason'];
  readonly merged_into: number | null;
  readonly updated_at: number;
}

export function incidentOfRow(row: IncidentRow): Incident {
  return {
    id: row.id,
    version: row.version,
    title: row.title,
    description: row.description,
    type: row.type,
    severity: severityOfRank(row.severity),
    severityIsManual: row.severity_is_manual,
    phase: row.phase,
    typeVersion: row.type_version,
    status: row.status,
    impact: row.impact,
    urgency: row.urgency,
    priority: row.priority,
    customFields: row.custom_fields,
    tags: row.tags,
    isRestricted: row.is_restricted,
    touchedAt: row.touched_at,
    services: row.services,
    environment: row.environment,
    team: row.team,
    assignee: row.assignee,
    reporter: row.reporter,
    correlationKey: row.correlation_key,
    impactStartedAt: row.impact_started_at,
    openedAt: row.opened_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
    acknowledgedSeverity: row.acknowledged_severity === null ? null : severityOfRank(row.acknowledged_severity),
    mitigatedAt: row.mitigated_at,
    firstResolvedAt: row.first_resolved_at,
    resolvedAt: row.resolved_at,
    resolvedBy: row.resolved_by_kind === null ? null : { kind: row.resolved_by_kind, name: row.resolved_by ?? '' },
    closedAt: row.closed_at,
    reopenedCount: row.reopened_count,
    dismissReason: row.dismiss_reason,
    mergedInto: row.merged_into,
    updatedAt: row.updated_at,
  };
}

/** A time for a `timestamptz` parameter: Postgres reads ISO text of any year that JavaScript can write. */
export function timeParameter(ms: number | null): string | null {
  if (ms === null) return null;
  if (ms !== lastMs) {
    lastText = new Date(ms).toISOString();
    lastMs = ms;
  }
  return lastText;
}

/** The alerts of a batch came at the same few times: a column of 80 is formatted once, which took 0.7 µs for each. */
let lastMs = Number.NaN;
let lastText = '';

export function rankParameter(severity: Incident['acknowledgedSeverity']): number | null {
  return severity === null ? null : severityRank(severity);
}
