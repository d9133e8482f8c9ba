import { compileCondition } from './expression.js';
import type { ExpressionAlert } from './expressionAlert.js';
import type { MaintenanceKind, MaintenanceWindow } from './maintenance.js';
import { type MaintenanceSchedule, scheduleOf } from './maintenanceSchedule.js';

/** Who keeps an alert quiet, and for how long. */
export interface Suppression {
  readonly windowId: number;
  readonly name: string;
  readonly kind: MaintenanceKind;
  /** The end of the running occurrence, epoch milliseconds. */
  readonly until: number;
}

export interface Suppressor {
  /**
   * The active window that matches the alert, of several the one that ends last; null where none does. An expression
   * that cannot be evaluated on the alert does not match it: an error never hides an alert.
   * @param at when the alert is looked at, epoch milliseconds: the time of receipt, not the alert's own
   */
  readonly suppressorOf: (alert: ExpressionAlert, at: number) => Suppression | null;
  /** Windows that cannot be used, with the reason. */
  readonly faults: readonly { readonly windowId: number; readonly message: string }[];
  /** By id and version, or why there is none. */
  readonly compiled: ReadonlyMap<string, CompiledWindow | string>;
}

export interface CompiledWindow {
  readonly window: MaintenanceWindow;
  readonly schedule: MaintenanceSchedule;
  readonly matches: (alert: ExpressionAlert) => boolean;
}

/**
 * Compiles windows once, for any number of alerts.
 * @param before what was compiled of an earlier version: most windows of it are as they were
 */
export function createSuppressor(windows: readonly MaintenanceWindow[], before: Suppressor | null = null): Suppressor {
  const compiled = new Map<string, CompiledWindow | string>();
  for (const window of windows) {
    const key = `${window.id}:${window.version}`;
    compiled.set(key, before?.compiled.get(key) ?? compileWindow(window));
  }
  const usable = [...compiled.values()].filter((each) => typeof each !== 'string');
  return {
    compiled,
    faults: [...compiled].flatMap(([key, each]) =>
      typeof each === 'string' ? [{ windowId: Number.parseInt(key, 10), message: each }] : [],
    ),
    suppressorOf: (alert, at) => {
      let found: Suppression | null = null;
      for (const { window, schedule, matches } of usable) {
        const occurrence = schedule.activeAt(at);
        if (occurrence === null || (found !== null && found.until >= occurrence.endsAt) || !matches(alert)) continue;
        found = { windowId: window.id, name: window.name, kind: window.kind, until: occurrence.endsAt };
      }
      return found;
    },
  };
}

/** The compiled window, or why there is none. */
function compileWindow(window: MaintenanceWindow): CompiledWindow | string {
  const matcher = compileMatch(window.match);
  if (!matcher.isValid) return matcher.error.message;
  try {
    return { window, schedule: scheduleOf(window), matches: matcher.matches };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

type Matcher =
  | { readonly isValid: true; readonly matches: (alert: ExpressionAlert) => boolean }
  | Extract<ReturnType<typeof compileCondition>, { readonly isValid: false }>;

/** A window's expression as a predicate that never throws. */
export function compileMatch(match: string): Matcher {
  const compiled = compileCondition(match);
  if (!compiled.isValid) return compiled;
  const { expression } = compiled;
  return {
    isValid: true,
    matches: (alert) => {
      const outcome = expression.evaluate(alert);
      return outcome.isDone && outcome.value === true;
    },
  };
}
