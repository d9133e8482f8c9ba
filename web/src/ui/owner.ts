import type { IncidentRow } from '../graphql/incidentFields.ts';
import { canAcknowledge } from './incidentRules.ts';

/** Who took an incident that is assigned to nobody; null while nobody has. */
export function acknowledgerOf({
  assignee,
  acknowledgedBy,
  phase,
}: Pick<IncidentRow, 'assignee' | 'acknowledgedBy' | 'phase'>): string | null {
  return assignee === null && !canAcknowledge(phase) ? acknowledgedBy : null;
}
