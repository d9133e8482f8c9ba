import type { DomainError } from './errors.js';
import { compileCondition } from './expression.js';
import { type MaintenanceDefinition, maintenanceLimits as limits } from './maintenance.js';
import { parseRecurrence } from './recurrence.js';

type Refusal = Extract<DomainError, { readonly code: 'INVALID_INPUT' }>;

/** Decades, so that no calendar arithmetic leaves its range. */
const earliest = Date.UTC(2000, 0);
const latest = Date.UTC(2100, 0);

/**
 * What is wrong with a definition, or null: its texts, its expression, its times.
 * @param now epoch milliseconds: what is already over is refused
 */
export function refusalOfDefinition(definition: MaintenanceDefinition, now: number): DomainError | null {
  return refusalOfTexts(definition) ?? refusalOfMatch(definition.match) ?? refusalOfTimes(definition, now);
}

export function refusalOfMatch(match: string): DomainError | null {
  const compiled = compileCondition(match);
  return compiled.isValid ? null : { code: 'EXPRESSION_INVALID', field: 'match', ...compiled.error };
}

function refusalOfTexts({ name, comment, match }: MaintenanceDefinition): Refusal | null {
  if (name.trim() === '') return refuse('name', 'A window needs a name: say what is being done.');
  if (name.length > limits.name) return refuse('name', `name has at most ${limits.name} characters.`);
  if ((comment?.length ?? 0) > limits.comment) {
    return refuse('comment', `comment has at most ${limits.comment} characters.`);
  }
  if (match.trim() === '')
    return refuse('match', 'An empty expression would silence everything; write true if you mean it.');
  return null;
}

function refusalOfTimes(definition: MaintenanceDefinition, now: number): Refusal | null {
  const { startsAt, endsAt, rrule, kind } = definition;
  for (const [field, time] of [
    ['startsAt', startsAt],
    ['endsAt', endsAt],
  ] as const) {
    if (time !== null && !(time >= earliest && time < latest)) {
      return refuse(field, `${field} must lie between the years 2000 and 2100.`);
    }
  }
  if (endsAt !== null && endsAt <= startsAt) return refuse('endsAt', 'endsAt must be after startsAt.');
  if (endsAt !== null && endsAt <= now) return refuse('endsAt', 'endsAt has passed already.');
  if (kind === 'silence' && rrule !== null) return refuse('rrule', 'A silence happens once; use a maintenance window.');
  if (rrule !== null) return refusalOfRecurrence({ ...definition, rrule }, now);
  if (endsAt === null) return refuse('endsAt', `A ${kind} that happens once needs an end.`);
  if (kind === 'silence' && endsAt - Math.max(startsAt, now) > limits.silenceSeconds * 1_000) {
    return refuse('endsAt', 'A silence lasts a year at most.');
  }
  const superfluous = (['timeZone', 'durationSeconds'] as const).find((field) => definition[field] !== null);
  return superfluous === undefined ? null : refuse(superfluous, `${superfluous} is for windows with an rrule.`);
}

function refusalOfRecurrence(
  definition: MaintenanceDefinition & { readonly rrule: string },
  now: number,
): Refusal | null {
  const { rrule, startsAt, endsAt, timeZone, durationSeconds } = definition;
  const { min, max } = limits.durationSeconds;
  if (timeZone === null) return refuse('timeZone', 'A recurring window needs a time zone, such as Europe/Berlin.');
  if (durationSeconds === null) return refuse('durationSeconds', 'A recurring window needs a duration.');
  if (!Number.isInteger(durationSeconds) || durationSeconds < min || durationSeconds > max) {
    return refuse('durationSeconds', `durationSeconds must be a whole number from ${min} to ${max}.`);
  }
  const parsed = parseRecurrence(rrule, startsAt, timeZone);
  if (!parsed.ok) return refuse(parsed.field, parsed.message);
  const { firstFrom } = parsed.recurrence;
  // One that runs now counts, too.
  const next = firstFrom(Math.max(startsAt, now - durationSeconds * 1_000 + 1));
  if (next === null) return refuse('rrule', 'Its last occurrence is over already.');
  if (endsAt !== null && next >= endsAt) return refuse('endsAt', 'It ends before its next occurrence.');
  return refusalOfOverlap(firstFrom, startsAt, durationSeconds);
}

/** An hour: 24 hours from midnight to midnight overlap by it on one day of the year. */
const tolerated = 3_600_000;

function refusalOfOverlap(
  firstFrom: (from: number) => number | null,
  startsAt: number,
  durationSeconds: number,
): Refusal | null {
  let start = firstFrom(startsAt);
  for (let looked = 0; looked < 10 && start !== null; looked++) {
    const following = firstFrom(start + 1);
    if (following !== null && following - start + tolerated < durationSeconds * 1_000) {
      return refuse('durationSeconds', 'It lasts longer than the time to its next occurrence: it would never end.');
    }
    start = following;
  }
  return null;
}

function refuse(field: string, message: string): Refusal {
  return { code: 'INVALID_INPUT', field, message };
}
