import type { EventKind, LogEvent } from '@tocsin/schema/domain/event';
import { isMoreSevere } from '@tocsin/schema/domain/severity';
import { eventKinds } from '@tocsin/schema/graphql/eventKinds';
import { escalationActor } from '@tocsin/schema/postgres/escalationWrite';
import { snoozesOf, wakeIncidents, type Waking } from '@tocsin/schema/postgres/snooze';
import { completeTimer } from '@tocsin/schema/postgres/timer';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { LogHandler, RespondDeps } from '../handler.js';
import type { RespondJob } from '../jobs.js';

/** What ends any snooze: it is over, it begins again, or it is worse than what was put off. */
function alwaysWakes(event: LogEvent): boolean {
  switch (event.kind) {
    case 'incident.resolved':
    case 'incident.closed':
    case 'incident.dismissed':
    case 'incident.merged':
    case 'incident.reopened':
      return true;
    case 'incident.severityChanged':
      return isMoreSevere(event.data.to, event.data.from);
    default:
      return false;
  }
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the names of a record of kinds
const kinds = new Set(eventKinds) as unknown as ReadonlySet<EventKind>;

/** Wakes incidents that were snoozed until something happens. */
export function snoozeHandler(): LogHandler {
  return {
    name: 'snooze',
    kinds,
    handle: async (db, events, now) => {
      const ids = [...new Set(events.flatMap(({ incidentId }) => incidentId ?? []))];
      const snoozes = await snoozesOf(db, ids);
      if (snoozes.size === 0) return;
      const snoozedAt = new Map<number | null, number>();
      for (const [index, { kind, incidentId }] of events.entries()) {
        if (kind === 'incident.snoozed') snoozedAt.set(incidentId, index);
      }
      const wakings = events.flatMap((event, index): Waking[] => {
        const { incidentId, kind, actor } = event;
        const snooze = incidentId === null ? undefined : snoozes.get(incidentId);
        if (incidentId === null || snooze === undefined) return [];
        // What came before it was known when it was snoozed.
        if (index <= (snoozedAt.get(incidentId) ?? -1)) return [];
        const wakes = alwaysWakes(event) || snooze.kinds?.includes(kind) === true;
        return wakes ? [{ incidentId, actor, because: 'event', kind }] : [];
      });
      await wakeIncidents(db, wakings, now);
    },
  };
}

export function wakeJob({ pool, now }: RespondDeps): RespondJob {
  return (timer) =>
    inTransaction(pool, async (db) => {
      if (!(await completeTimer(db, timer))) return;
      const waking = { incidentId: Number(timer.key), actor: escalationActor, because: 'time', kind: null } as const;
      await wakeIncidents(db, [waking], now());
    });
}
