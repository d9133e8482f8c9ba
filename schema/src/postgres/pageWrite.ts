import type { Actor, EventData, NewEvent } from '../domain/event.js';
import type { NotificationAsk } from '../domain/notification.js';
import type { Severity } from '../domain/severity.js';
import { type Called, isHeard } from './escalationTargets.js';
import { appendEvents } from './log.js';
import { addNotifications } from './notificationWrite.js';
import { insertPages, type Page } from './page.js';
import { groupedBy } from './groupedBy.js';
import type { Queryable } from './pool.js';

/** A step that is taken, or people who are called by hand. */
export interface Call {
  readonly escalationId: number;
  readonly incidentId: number;
  readonly step: number;
  readonly round: number;
  /** Epoch milliseconds. */
  readonly dueAt: number;
  readonly severity: Severity;
  readonly reason: EventData['incident.escalated']['reason'];
  readonly actor: Actor;
  readonly called: Called;
}

/** Asks people: their pages, the messages of the outbox and what the timeline says, in the caller's transaction. */
export async function placeCalls(db: Queryable, calls: readonly Call[], now: number): Promise<void> {
  const pages = await insertPages(
    db,
    calls.flatMap(({ called, escalationId, incidentId, step, round, dueAt }) =>
      called.people.map(({ personId, because }) => {
        return { escalationId, incidentId, personId, step, round, because, dueAt };
      }),
    ),
  );
  const ofCall = groupedBy(pages, keyOf);
  await addNotifications(
    db,
    calls.flatMap((call) => [
      ...(ofCall.get(keyOf(call)) ?? []).map((page) => askPerson(call, page)),
      ...askChannels(call),
    ]),
    now,
  );
  await appendEvents(
    db,
    calls.flatMap((call) => eventsOf(call, now)),
  );
}

function keyOf({ escalationId, round, step }: Pick<Page, 'escalationId' | 'round' | 'step'>): string {
  return `${escalationId}/${round}/${step}`;
}

function askPerson({ incidentId, severity, step, round }: Call, { id, personId, because }: Page): NotificationAsk {
  return {
    key: `page/${id}`,
    topic: 'page',
    to: { kind: 'person', personId },
    incidentId,
    pageId: id,
    severity,
    template: 'incident.paged',
    values: { because: `You are ${because.replace('named by', 'called by')}`, step: step + 1, round: round + 1 },
  };
}

function askChannels(call: Call): readonly NotificationAsk[] {
  const { incidentId, severity, step, round } = call;
  return call.called.channels.map(({ id }) => ({
    key: `escalation/${keyOf(call)}`,
    topic: 'page',
    to: { kind: 'channel', channelId: id },
    incidentId,
    pageId: null,
    severity,
    template: 'incident.paged',
    values: { because: 'Nobody has acknowledged this incident yet', step: step + 1, round: round + 1 },
  }));
}

function eventsOf(call: Call, now: number): readonly NewEvent[] {
  const { incidentId, actor, called, escalationId, step, round, reason } = call;
  const base = { incidentId, alertId: null, actor, occurredAt: now };
  const people = called.people.map(({ handle, because }) => ({ handle, because }));
  const channels = called.channels.map(({ name }) => name);
  const escalated: NewEvent = {
    ...base,
    kind: 'incident.escalated',
    data: { escalationId, step, round, reason, people, channels },
  };
  const mute = called.people.filter(({ personId }) => called.unreachable.has(personId));
  const what = [...called.missing, ...mute.map(({ handle }) => `${handle} has no contact that a message could go to`)];
  if (what.length === 0) return [escalated];
  const heard = isHeard(called) ? 'others were reached' : 'nobody heard of it';
  return [escalated, { ...base, kind: 'incident.unreachable', data: { what: `${what.join('; ')}; ${heard}` } }];
}
