import type { Actor } from '../domain/event.js';
import type { PeopleEvents } from '../domain/events/people.js';
import { appendEvents } from './log.js';
import type { Queryable } from './pool.js';

type AccessEvent = {
  [K in 'access.granted' | 'access.refused' | 'access.ended']: { readonly kind: K; readonly data: PeopleEvents[K] };
}['access.granted' | 'access.refused' | 'access.ended'];

/** Appends who came in, was refused, or left. @param now epoch milliseconds */
export function recordAccess(
  db: Queryable,
  actor: Actor,
  events: readonly AccessEvent[],
  now: number = Date.now(),
): Promise<void> {
  const shared = { incidentId: null, alertId: null, actor, occurredAt: now } as const;
  return appendEvents(
    db,
    events.map((event) => ({ ...event, ...shared })),
  );
}
