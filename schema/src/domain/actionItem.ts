export const actionItemStates = ['open', 'in_progress', 'done', 'dropped'] as const;
export type ActionItemState = (typeof actionItemStates)[number];

/** What it does for the next time: keeps it away, shows it sooner, makes it smaller, or changes how people work. */
export const actionItemKinds = ['prevent', 'detect', 'mitigate', 'process'] as const;
export type ActionItemKind = (typeof actionItemKinds)[number];

/** What is to be done so that it does not happen again. Times are epoch milliseconds. */
export interface ActionItem {
  readonly id: number;
  readonly version: number;
  readonly incidentId: number;
  readonly reviewId: number | null;
  readonly title: string;
  readonly description: string | null;
  readonly kind: ActionItemKind;
  /** A handle. */
  readonly owner: string | null;
  /** A day, e.g. 2026-03-01. */
  readonly dueOn: string | null;
  readonly state: ActionItemState;
  readonly ticketUrl: string | null;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly doneAt: number | null;
}

const dayMs = 86_400_000;

export function isOpenItem(state: ActionItemState): boolean {
  return state === 'open' || state === 'in_progress';
}

/** Whole days since it was written down, until it was done or dropped. @param now epoch milliseconds */
export function ageInDays({ createdAt, doneAt }: Pick<ActionItem, 'createdAt' | 'doneAt'>, now: number): number {
  return Math.max(0, Math.floor(((doneAt ?? now) - createdAt) / dayMs));
}

/** Its day is over, in UTC, and it is still open. */
export function isOverdue({ state, dueOn }: Pick<ActionItem, 'state' | 'dueOn'>, now: number): boolean {
  return isOpenItem(state) && dueOn !== null && dueOn < dayOf(now);
}

/** The day of an instant in UTC, e.g. 2026-03-01. */
export function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** A day that the calendar has: 2026-02-30 is none. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && dayOf(Date.parse(text)) === text;
}

/** Nine o'clock UTC of a day, when people are told of it. */
export function morningOf(day: string): number {
  return Date.parse(`${day}T09:00:00.000Z`);
}
