import { attachMatchingRunbooks } from '@tocsin/schema/postgres/incidentRunbook';
import type { LogHandler } from '../handler.js';

/** Gives incidents the runbooks that belong to their services, type and condition: when they open, and when those change. */
export const workHandler: LogHandler = {
  name: 'work',
  kinds: new Set(['incident.opened', 'incident.reopened', 'incident.typeChanged', 'incident.edited']),
  handle: async (db, events, now) => {
    const ids = new Set(events.flatMap(({ incidentId }) => incidentId ?? []));
    await attachMatchingRunbooks(
      db,
      [...ids].toSorted((a, b) => a - b),
      now,
    );
  },
};
