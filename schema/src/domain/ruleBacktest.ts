export const backtestStates = ['running', 'done', 'cancelled', 'failed'] as const;
export type BacktestState = (typeof backtestStates)[number];

/** What would become of alerts: in fewer incidents, in more, in others, in none, in some at last. */
export const backtestDifferenceKinds = ['joined', 'split', 'regrouped', 'heldBack', 'opened'] as const;
export type BacktestDifferenceKind = (typeof backtestDifferenceKinds)[number];

/** What one rule set makes of the alerts of a stretch of time. */
export interface BacktestSummary {
  readonly alerts: number;
  readonly incidents: number;
  readonly alertsPerIncident: number;
  readonly largestIncidentAlerts: number;
  /** Alerts in no incident: a threshold was not reached, or they ended before the hold. */
  readonly heldBack: number;
}

export interface BacktestDifference {
  readonly kind: BacktestDifferenceKind;
  readonly sentence: string;
  readonly alertCount: number;
  readonly incidentsBefore: number;
  readonly incidentsAfter: number;
  /** At most 5 of the alerts. */
  readonly alertIds: readonly number[];
}

export interface BacktestResult {
  readonly before: BacktestSummary;
  readonly after: BacktestSummary;
  readonly differences: readonly BacktestDifference[];
}
