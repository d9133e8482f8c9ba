import { attachMatchingRunbooks, incidentsMissingRunbooks } from '@tocsin/schema/postgres/incidentRunbook';
import type { LogHandler } from '../handler.js';

/**
 * Gives incidents the runbooks that belong to their services, type and condition: when they open, when those change, and when
 * an alert joins that brings its service along.
 */
export const workHandler: LogHandler = {
  name: 'work',
  kinds: new Set([
    'incident.opened',
    'incident.alertJoined',
    'incident.reopened',
    'incident.typeChanged',
    'incident.edited',
  ]),
  handle: async (db, events, now) => {
    const changed = new Set<number>();
    const joined = new Set<number>();
    for (const { kind, incidentId } of events) {
      if (incidentId !== null) (kind === 'incident.alertJoined' ? joined : changed).add(incidentId);
    }
    for (const id of await incidentsMissingRunbooks(
      db,
      [...joined].filter((id) => !changed.has(id)),
    ))
      changed.add(id);
    await attachMatchingRunbooks(
      db,
      [...changed].toSorted((a, b) => a - b),
      now,
    );
  },
};
