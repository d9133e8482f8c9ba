import type { KindName, MaintenanceSearch } from './maintenanceSearch.ts';
import type { MaintenanceInput, MaintenanceWindow } from './maintenanceQueries.ts';
import { parseRecurrence, printRecurrence, type Recurrence } from './recurrence.ts';
import { instantIn, localIn, ownZone } from './zonedTime.ts';

/** The form: times are what the clocks of `timeZone` show. */
export interface MaintenanceDraft {
  readonly kind: KindName;
  readonly name: string;
  readonly comment: string;
  readonly match: string;
  /** Empty: from now on. */
  readonly startsLocal: string;
  /** Empty: no end, which only a recurring window may have. */
  readonly endsLocal: string;
  /** Null: once. */
  readonly recurrence: Recurrence | null;
  readonly timeZone: string;
  readonly durationSeconds: number;
}

const hourMs = 3_600_000;

/** A new silence runs for two hours from now; a new window begins at the next full hour. */
export function newDraft(kind: KindName, now: number, { match, name }: MaintenanceSearch = {}): MaintenanceDraft {
  const nextHour = Math.ceil(now / hourMs) * hourMs;
  const isSilence = kind === 'silence';
  return {
    kind,
    name: name ?? '',
    comment: '',
    match: match ?? '',
    startsLocal: isSilence ? '' : localIn(ownZone, nextHour),
    endsLocal: localIn(ownZone, (isSilence ? now : nextHour) + 2 * hourMs),
    recurrence: null,
    timeZone: ownZone,
    durationSeconds: 7_200,
  };
}

export function draftOf(window: MaintenanceWindow): MaintenanceDraft {
  const timeZone = window.timeZone ?? ownZone;
  return {
    kind: window.kind === 'SILENCE' ? 'silence' : 'window',
    name: window.name,
    comment: window.comment ?? '',
    match: window.match,
    startsLocal: localIn(timeZone, Date.parse(window.startsAt)),
    endsLocal: window.endsAt === null ? '' : localIn(timeZone, Date.parse(window.endsAt)),
    recurrence: window.rrule === null ? null : parseRecurrence(window.rrule),
    timeZone,
    durationSeconds: window.durationSeconds ?? 7_200,
  };
}

/** What keeps the draft from being sent, as a sentence; null when it can be. The server checks the rest. */
export function faultOf(draft: MaintenanceDraft, now: number): string | null {
  if (draft.name.trim() === '') return 'Say what it is for.';
  if (draft.match.trim() === '') return 'Say which alerts.';
  const starts = draft.startsLocal === '' ? now : instantIn(draft.timeZone, draft.startsLocal);
  if (Number.isNaN(starts)) return 'The start is no time.';
  if (draft.recurrence?.kind === 'weekly' && draft.recurrence.days.length === 0) return 'Pick at least one day.';
  if (draft.recurrence && draft.durationSeconds < 60) return 'It has to last a minute at least.';
  if (draft.endsLocal === '') return draft.recurrence ? null : 'Say when it ends.';
  const ends = instantIn(draft.timeZone, draft.endsLocal);
  if (Number.isNaN(ends)) return 'The end is no time.';
  if (ends <= starts) return 'It has to end after it starts.';
  return ends <= now ? 'The end has passed already.' : null;
}

/** What the server is asked to store. @param now epoch milliseconds: where no start was given */
export function inputOf(draft: MaintenanceDraft, now: number): MaintenanceInput {
  const { recurrence, timeZone } = draft;
  const iso = (at: number) => new Date(at).toISOString();
  return {
    kind: draft.kind === 'silence' ? 'SILENCE' : 'WINDOW',
    name: draft.name.trim(),
    comment: draft.comment.trim() || null,
    match: draft.match.trim(),
    startsAt: iso(draft.startsLocal === '' ? now : instantIn(timeZone, draft.startsLocal)),
    endsAt: draft.endsLocal === '' ? null : iso(instantIn(timeZone, draft.endsLocal)),
    rrule: recurrence ? printRecurrence(recurrence) : null,
    timeZone: recurrence ? timeZone : null,
    durationSeconds: recurrence ? draft.durationSeconds : null,
  };
}
