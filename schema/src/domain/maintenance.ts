/** A maintenance window is planned; a silence is somebody's own, happens once and ends. Otherwise they are the same. */
export const maintenanceKinds = ['window', 'silence'] as const;
export type MaintenanceKind = (typeof maintenanceKinds)[number];

export const maintenanceStates = ['active', 'upcoming', 'ended'] as const;
export type MaintenanceState = (typeof maintenanceStates)[number];

/** What a person states of a window. Times are epoch milliseconds. */
export interface MaintenanceDefinition {
  readonly kind: MaintenanceKind;
  readonly name: string;
  readonly comment: string | null;
  /** A CEL expression over the alert. */
  readonly match: string;
  readonly startsAt: number;
  /** Of the only occurrence. Of a recurring window: then it is over, and cuts an occurrence that runs; null leaves it open. */
  readonly endsAt: number | null;
  /** Null for what happens once; then `timeZone` and `durationSeconds` are null too. */
  readonly rrule: string | null;
  readonly timeZone: string | null;
  readonly durationSeconds: number | null;
}

export interface MaintenanceWindow extends MaintenanceDefinition {
  readonly id: number;
  readonly version: number;
  readonly owner: string;
  /** When a person ended it, or when its last occurrence was over; null while it lives. */
  readonly endedAt: number | null;
  readonly createdAt: number;
}

/** One stretch of quiet: `startsAt` inclusive, `endsAt` exclusive, epoch milliseconds. */
export interface Occurrence {
  readonly startsAt: number;
  readonly endsAt: number;
}

export const maintenanceLimits = {
  /** Windows that have not ended: each is compared with every new alert while it is active. */
  live: 500,
  name: 200,
  comment: 2_000,
  durationSeconds: { min: 60, max: 31 * 86_400 },
  /** A silence that outlives its reason hides an outage. */
  silenceSeconds: 366 * 86_400,
} as const;
