import type { IncidentFact } from '../domain/kpi.js';
import { severityOfRank } from '../domain/severity.js';
import type { Queryable } from './pool.js';

interface FactRow extends Omit<IncidentFact, 'severity'> {
  readonly severity: number;
}

/**
 * The facts of the given incidents, and of the incidents that the given alerts belong to, as they stand now.
 * Later than the events that asked for them is fine: the revision orders the copies.
 */
export async function readIncidentFacts(
  db: Queryable,
  incidentIds: readonly number[],
  alertIds: readonly number[],
): Promise<readonly IncidentFact[]> {
  if (incidentIds.length === 0 && alertIds.length === 0) return [];
  const { rows } = await db.query<FactRow>({
    name: 'incident_facts',
    text: `select i.id as "incidentId", i.revision, i.type, i.severity, i.phase, i.services, i.environment, i.team, i.source,
                  i.assignee, i.rule_id as "ruleId", i.impact_started_at as "impactStartedAt", i.opened_at as "openedAt",
                  i.acknowledged_at as "acknowledgedAt", i.mitigated_at as "mitigatedAt",
                  i.first_resolved_at as "firstResolvedAt", i.resolved_at as "resolvedAt",
                  i.resolved_by_kind as "resolvedByKind", i.closed_at as "closedAt", i.reopened_count as "reopenedCount",
                  i.dismiss_reason as "dismissReason", i.merged_into as "mergedInto",
                  (select count(*) from alert a where a.incident_id = i.id) as "alertCount"
             from incident i
            where i.id = any ($1::bigint[])
               or i.id in (select a.incident_id from alert a where a.id = any ($2::bigint[]) and a.incident_id is not null)
            order by i.id`,
    values: [incidentIds, alertIds],
  });
  return rows.map((row) => ({ ...row, severity: severityOfRank(row.severity) }));
}
