import type { MaintenanceState, MaintenanceWindow } from '@tocsin/schema/domain/maintenance';
import { maintenanceStatus } from '@tocsin/schema/domain/maintenanceSchedule';

/** A window as the API shows it. */
export interface MaintenanceView extends MaintenanceWindow {
  readonly state: MaintenanceState;
  readonly occurrenceStartsAt: number | null;
  readonly occurrenceEndsAt: number | null;
}

export function viewOf(window: MaintenanceWindow, now: number): MaintenanceView {
  const { state, occurrence } = maintenanceStatus(window, now);
  const { endsAt, endedAt } = window;
  return {
    ...window,
    state,
    // Of what a person ended early, when that was.
    endsAt: endedAt === null ? endsAt : Math.min(endsAt ?? Infinity, endedAt),
    occurrenceStartsAt: occurrence?.startsAt ?? null,
    occurrenceEndsAt: occurrence?.endsAt ?? null,
  };
}
