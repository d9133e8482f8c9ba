import type { AlertStatus } from './alertSearch.ts';
import type { AlertRow } from './alertsQueries.ts';

export const statusWords = { FIRING: 'Firing', RESOLVED: 'Resolved' } as const satisfies Record<AlertStatus, string>;

export const reasonWords = {
  SENDER: 'by the sender',
  STALE: 'as stale',
  SUPERSEDED: 'by a newer episode',
  PERSON: 'by a person',
} as const satisfies Record<NonNullable<AlertRow['resolveReason']>, string>;

/** Labels that a row shows in columns of their own, or that repeat its title. */
const shownElsewhere: ReadonlySet<string> = new Set([
  'alertname',
  'severity',
  'service',
  'service.name',
  'service_name',
  'env',
  'environment',
  'deployment.environment',
  'job',
  'monitor',
  'team',
  'ruleId',
]);

/** The labels that tell a row from its neighbours. */
export function tellingLabels({ labels, title, service, environment }: AlertRow): AlertRow['labels'] {
  return labels.filter(
    ({ name, value }) => !shownElsewhere.has(name) && value !== title && value !== service && value !== environment,
  );
}
