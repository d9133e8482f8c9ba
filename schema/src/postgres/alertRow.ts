import type { Alert } from '../domain/alert.js';
import type { Explanation } from '../domain/correlation.js';
import type { EpisodePart } from '../domain/dedupeParts.js';
import { severityOfRank } from '../domain/severity.js';
import type { PersonalExplanation } from './incidentMove.js';

/** The columns of {@link AlertRow}, without an alias. */
export const alertColumns = `id, integration_id, fingerprint, severity, sender_severity, title, summary, description, service,
  environment, labels, annotations, starts_at, ends_at, resolve_reason, received_at, last_received_at, received_count,
  is_stale, is_flapping, generator_url, runbook_url, links, trace_id, group_key, incident_id, explanation, parts`;

export interface AlertRow {
  readonly id: number;
  readonly integration_id: number;
  readonly fingerprint: string;
  readonly severity: number;
  readonly sender_severity: string | null;
  readonly title: string;
  readonly summary: string | null;
  readonly description: string | null;
  readonly service: string | null;
  readonly environment: string | null;
  readonly labels: Alert['labels'];
  readonly annotations: Alert['annotations'];
  readonly starts_at: number;
  readonly ends_at: number | null;
  readonly resolve_reason: Alert['resolveReason'];
  readonly received_at: number;
  readonly last_received_at: number;
  readonly received_count: number;
  readonly is_stale: boolean;
  readonly is_flapping: boolean;
  readonly generator_url: string | null;
  readonly runbook_url: string | null;
  readonly links: Alert['links'];
  readonly trace_id: string | null;
  readonly group_key: string | null;
  readonly incident_id: number | null;
  readonly explanation: Explanation | null;
  readonly parts: readonly EpisodePart[] | null;
}

/** An alert with why it belongs to its incident. */
export interface StoredAlert extends Omit<Alert, 'parts'> {
  readonly explanation: Explanation | null;
  /** The sender's own alerts of which it consists; null where it is one. */
  readonly parts: readonly EpisodePart[] | null;
}

export function alertOfRow(row: AlertRow): StoredAlert {
  return {
    id: row.id,
    integrationId: row.integration_id,
    fingerprint: row.fingerprint,
    status: row.ends_at === null ? 'firing' : 'resolved',
    severity: severityOfRank(row.severity),
    senderSeverity: row.sender_severity,
    title: row.title,
    summary: row.summary,
    description: row.description,
    service: row.service,
    environment: row.environment,
    labels: row.labels,
    annotations: row.annotations,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    resolveReason: row.resolve_reason,
    receivedAt: row.received_at,
    lastReceivedAt: row.last_received_at,
    receivedCount: row.received_count,
    isStale: row.is_stale,
    isFlapping: row.is_flapping,
    generatorUrl: row.generator_url,
    runbookUrl: row.runbook_url,
    links: row.links,
    traceId: row.trace_id,
    groupKey: row.group_key,
    incidentId: row.incident_id,
    explanation: row.explanation,
    parts: row.parts,
  };
}

/** Why the alert came where correlation put it; moves that people made since keep inside what they replaced. */
export function firstExplanation({ explanation }: StoredAlert): Explanation | null {
  let first: Explanation | PersonalExplanation | null = explanation;
  while (first !== null && 'before' in first) first = first.before;
  return first;
}
