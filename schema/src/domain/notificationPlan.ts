import type { RuleTopic } from './notification.js';
import { zoneOf } from './recurrenceZone.js';
import { severityRank, type Severity } from './severity.js';

export interface NotificationRule {
  readonly topic: RuleTopic;
  readonly contactId: number;
  readonly delaySeconds: number;
  /** This severity or worse. */
  readonly minSeverity: Severity;
}

/** Local to the person. */
export interface QuietHours {
  /** Days on which it begins, 1 is Monday. */
  readonly weekdays: readonly number[];
  readonly fromMinute: number;
  /** Not after `fromMinute`: on the next day. */
  readonly untilMinute: number;
  /** Pages of this severity or worse come through; null: every page does. */
  readonly pagesFrom: Severity | null;
}

export interface Recipient {
  readonly personId: number;
  readonly timeZone: string;
  readonly rules: readonly NotificationRule[];
  readonly quietHours: readonly QuietHours[];
  /** Confirmed ones, in the person's order. */
  readonly usableContacts: ReadonlySet<number>;
}

export type PlannedNotification =
  | { readonly kind: 'send'; readonly contactId: number; readonly dueAt: number }
  | { readonly kind: 'later'; readonly contactId: number; readonly dueAt: number; readonly because: 'quietHours' }
  /** Nothing reaches this person. */
  | { readonly kind: 'unreachable' };

const minuteMs = 60_000;
const dayMs = 86_400_000;

/**
 * Which messages one page or update makes. Without rules of the topic every usable contact is used at once for pages, and
 * the first one for the rest. A page always goes somewhere: rules that ask for a worse severity, or for contacts that are
 * gone, do not swallow it, since who is on call was asked by a policy and may only say how.
 * @param now epoch milliseconds, as are the times it answers
 */
export function planNotifications(
  recipient: Recipient,
  topic: RuleTopic,
  severity: Severity,
  now: number,
): readonly PlannedNotification[] {
  const { rules, usableContacts } = recipient;
  if (usableContacts.size === 0) return [{ kind: 'unreachable' }];
  const ofTopic = rules.filter((rule) => rule.topic === topic);
  const matching = ofTopic.filter((rule) => severityRank(severity) <= severityRank(rule.minSeverity));
  const usable = matching.filter(({ contactId }) => usableContacts.has(contactId));
  if (usable.length > 0)
    return withoutRepetitions(usable).map((rule) => planned(recipient, topic, severity, rule, now));
  if (topic !== 'page' && ofTopic.length > 0 && matching.length === 0) return [];
  const contacts = topic === 'page' && ofTopic.length === 0 ? [...usableContacts] : [...usableContacts].slice(0, 1);
  return contacts.map((contactId) => planned(recipient, topic, severity, { contactId, delaySeconds: 0 }, now));
}

/** Two rules for one contact are one message, the sooner. */
function withoutRepetitions(rules: readonly NotificationRule[]): readonly NotificationRule[] {
  const byContact = new Map<number, NotificationRule>();
  for (const rule of rules) {
    const known = byContact.get(rule.contactId);
    if (known === undefined || rule.delaySeconds < known.delaySeconds) byContact.set(rule.contactId, rule);
  }
  return [...byContact.values()];
}

function planned(
  { quietHours, timeZone }: Recipient,
  topic: RuleTopic,
  severity: Severity,
  { contactId, delaySeconds }: Pick<NotificationRule, 'contactId' | 'delaySeconds'>,
  now: number,
): PlannedNotification {
  const wanted = now + delaySeconds * 1_000;
  const quiet = topic === 'page' ? quietHours.filter((hours) => isKeptQuiet(hours, severity)) : quietHours;
  const dueAt = endOfQuiet(quiet, timeZone, wanted);
  return dueAt === wanted
    ? { kind: 'send', contactId, dueAt }
    : { kind: 'later', contactId, dueAt, because: 'quietHours' };
}

function isKeptQuiet({ pagesFrom }: QuietHours, severity: Severity): boolean {
  return pagesFrom !== null && severityRank(severity) > severityRank(pagesFrom);
}

/**
 * The first instant from `instant` on that lies in none of the quiet hours; `instant` itself where it lies in none, and where
 * they leave no minute of the week.
 */
export function endOfQuiet(quietHours: readonly QuietHours[], timeZone: string, instant: number): number {
  let at = instant;
  // Hours that follow each other are passed one by one; a week of them has no end.
  for (let step = 0; step < 64; step++) {
    const next = quietUntil(quietHours, timeZone, at);
    if (next === null) return at;
    if (next - instant > 8 * dayMs) return instant;
    at = next;
  }
  return instant;
}

function quietUntil(quietHours: readonly QuietHours[], timeZone: string, instant: number): number | null {
  const zone = zoneOf(timeZone);
  const wall = zone.wallOf(instant);
  const today = Math.floor(wall / dayMs) * dayMs;
  const ends: number[] = [];
  for (const { weekdays, fromMinute, untilMinute } of quietHours) {
    const length = untilMinute > fromMinute ? untilMinute - fromMinute : untilMinute - fromMinute + 1_440;
    for (const day of [today, today - dayMs]) {
      const start = day + fromMinute * minuteMs;
      const end = start + length * minuteMs;
      if (!weekdays.includes(weekdayOf(day)) || wall < start || wall >= end) continue;
      // A local time that comes twice ends it at the first that is still to come.
      ends.push(zone.instantsOf(end).find((at) => at > instant) ?? instant + (end - wall));
    }
  }
  return ends.length === 0 ? null : Math.max(...ends);
}

/** 1 (Monday) to 7 of a local day, given as its midnight; the first of January 1970 was a Thursday. */
function weekdayOf(day: number): number {
  return ((((day / dayMs + 3) % 7) + 7) % 7) + 1;
}
