import type { DismissReason, IncidentPhase, Severity, VanishReason } from '../graphql/graphql.ts';

/** The words on screen, in the order in which they matter. */
export const severityWords = {
  CRITICAL: 'Critical',
  HIGH: 'High',
  MEDIUM: 'Medium',
  LOW: 'Low',
  INFO: 'Info',
} as const satisfies Record<Severity, string>;

export const severities: readonly Severity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO'];

export const phaseWords = {
  DETECTED: 'Detected',
  TRIAGED: 'Triaged',
  ACKNOWLEDGED: 'Acknowledged',
  MITIGATED: 'Mitigated',
  RESOLVED: 'Resolved',
  CLOSED: 'Closed',
  MERGED: 'Merged',
  DISMISSED: 'Dismissed',
} as const satisfies Record<IncidentPhase, string>;

export const phases: readonly IncidentPhase[] = [
  'DETECTED',
  'TRIAGED',
  'ACKNOWLEDGED',
  'MITIGATED',
  'RESOLVED',
  'CLOSED',
  'MERGED',
  'DISMISSED',
];

export const dismissWords = {
  FALSE_ALARM: 'False alarm',
  DUPLICATE: 'Duplicate',
  EXPECTED_MAINTENANCE: 'Expected maintenance',
  TEST: 'Test',
  NOT_ACTIONABLE: 'Not actionable',
} as const satisfies Record<DismissReason, string>;

export const dismissReasons: readonly DismissReason[] = [
  'FALSE_ALARM',
  'DUPLICATE',
  'EXPECTED_MAINTENANCE',
  'TEST',
  'NOT_ACTIONABLE',
];

/** Why the sender's own list no longer shows an alert that fires. */
export const vanishWords = {
  SILENCED: 'silenced at the sender',
  INHIBITED: 'inhibited at the sender',
  MISSING: 'missing at the sender',
} as const satisfies Record<VanishReason, string>;

/** What became of an alert, as its explanation names it. */
export const outcomeWords: Readonly<Record<string, string>> = {
  opened: 'opened it',
  joined: 'joined it',
  reopened: 'reopened it',
  split: 'split off',
  merged: 'came by a merge',
  moved: 'moved here',
  heldBack: 'held back',
};

/** "1 alert", "3 alerts". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
