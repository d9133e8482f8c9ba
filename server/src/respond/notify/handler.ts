import type { EventKind, LogEvent } from '@tocsin/schema/domain/event';
import { compileIncidentCondition, conditionHolds, factsAt } from '@tocsin/schema/domain/expressionIncident';
import type { NotificationAsk } from '@tocsin/schema/domain/notification';
import type { Severity } from '@tocsin/schema/domain/severity';
import { summarise } from '@tocsin/schema/domain/summary';
import { eventKinds } from '@tocsin/schema/graphql/eventKinds';
import { incidentFacts } from '@tocsin/schema/postgres/incidentFacts';
import { addNotifications } from '@tocsin/schema/postgres/notificationWrite';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { channelsWanting, followersOf, namesOf } from '@tocsin/schema/postgres/updateAudience';
import type { LogHandler } from '../handler.js';

/** Telling about what was told would never end. */
const notTold: ReadonlySet<string> = new Set(['incident.notified', 'incident.notifyFailed', 'incident.csatAsked']);

function isTold(kind: string): kind is EventKind {
  return kind.startsWith('incident.') && !notTold.has(kind);
}

/** What everybody who follows an incident hears of; channels choose by themselves. */
const followed: ReadonlySet<EventKind> = new Set<EventKind>([
  'incident.acknowledged',
  'incident.unacknowledged',
  'incident.severityChanged',
  'incident.statusChanged',
  'incident.mitigated',
  'incident.resolved',
  'incident.reopened',
  'incident.closed',
  'incident.dismissed',
  'incident.merged',
  'incident.unreachable',
  'incident.updatePublished',
]);

/** Tells who follows an incident, and the channels that want to know, what happened to it; never who did it themselves. */
export function notifyHandler(): LogHandler {
  return { name: 'notify', kinds: new Set(eventKinds.filter(isTold)), handle };
}

async function handle(db: Queryable, events: readonly LogEvent[], now: number): Promise<void> {
  const about = events.filter(({ incidentId }) => incidentId !== null);
  const ids = [...new Set(about.flatMap(({ incidentId }) => incidentId ?? []))];
  const kinds = [...new Set(about.map(({ kind }) => kind))];
  const [followers, channels] = [await followersOf(db, ids), await channelsWanting(db, ids, kinds)];
  if (followers.length === 0 && channels.length === 0) return;
  const facts = await incidentFacts(db, ids);
  const names = await namesOf(db, [...new Set(about.map(({ actor }) => actor.name))]);
  const asks = about.flatMap((event): readonly NotificationAsk[] => {
    const known = facts.get(event.incidentId ?? 0);
    if (known === undefined) return [];
    const ask = askOf(event, names, known.severity);
    const people = followed.has(event.kind) ? followers.filter((each) => each.incidentId === event.incidentId) : [];
    const facing = factsAt(known, { event: event.kind, actorKind: event.actor.kind }, event.occurredAt, 'UTC');
    const wanting = channels.filter(
      (each) =>
        each.kinds.includes(event.kind) &&
        !each.keptFrom.includes(event.incidentId ?? 0) &&
        isMet(each.condition, facing),
    );
    return [
      ...people
        .filter(({ handle: who }) => event.actor.kind !== 'person' || who !== event.actor.name)
        .map(({ personId }) => ({ ...ask, to: { kind: 'person', personId } as const })),
      // Of several subscriptions of a channel that match one is enough: the key is the same.
      ...[...new Set(wanting.map(({ channelId }) => channelId))].map((channelId) => ({
        ...ask,
        to: { kind: 'channel', channelId } as const,
      })),
    ];
  });
  await addNotifications(db, asks, now);
}

/** One that cannot be read, as after a field went away, takes everything: a message too many is seen, one too few is not. */
function isMet(condition: string | null, facts: Parameters<typeof conditionHolds>[1]): boolean {
  if (condition === null) return true;
  const compiled = compileIncidentCondition(condition);
  return !compiled.isValid || conditionHolds(compiled.expression, facts);
}

function askOf(event: LogEvent, names: ReadonlyMap<string, string>, severity: Severity): Omit<NotificationAsk, 'to'> {
  const actor = { ...event.actor, name: names.get(event.actor.name) ?? event.actor.name };
  const named: LogEvent = { ...event, actor };
  return {
    key: `event/${event.cursor.xid}_${event.cursor.position}`,
    topic: 'update',
    incidentId: event.incidentId,
    pageId: null,
    severity,
    template: 'incident.update',
    values: { sentence: `${summarise(named, { alert: null })}.`, kind: event.kind },
  };
}
