import { escalationReaction, type EscalationReaction } from '@tocsin/schema/domain/escalation';
import type { EventKind, LogEvent } from '@tocsin/schema/domain/event';
import { currentEscalations } from '@tocsin/schema/postgres/escalation';
import { type AutomaticStart, startEscalations } from '@tocsin/schema/postgres/escalationStart';
import { endEscalations } from '@tocsin/schema/postgres/escalationWrite';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import type { LogHandler } from '../handler.js';
import { watchAcknowledgements } from './acknowledge.js';

const kinds: ReadonlySet<EventKind> = new Set<EventKind>([
  'incident.opened',
  'incident.reopened',
  'incident.unacknowledged',
  'incident.unmerged',
  'incident.severityChanged',
  'incident.edited',
  'alert.opened',
  'incident.acknowledged',
  'incident.mitigated',
  'incident.resolved',
  'incident.closed',
  'incident.dismissed',
  'incident.merged',
  'incident.snoozed',
  'incident.woke',
]);

interface Reaction {
  readonly does: Exclude<EscalationReaction, 'nothing'>;
  readonly event: LogEvent;
  readonly incidentId: number;
}

/** Starts and ends escalations by what happens to incidents. */
export function escalationHandler(): LogHandler {
  return {
    name: 'escalation',
    kinds,
    handle: async (db, events, now) => {
      for (const round of await roundsOf(db, events)) await actOn(db, round, now);
    },
  };
}

/** Each incident's first reaction, then each one's second …: so all of a round can be written at once. */
async function roundsOf(db: Queryable, events: readonly LogEvent[]): Promise<readonly (readonly Reaction[])[]> {
  const ids = [...new Set(events.flatMap(({ incidentId }) => incidentId ?? []))];
  const stored = await currentEscalations(db, ids);
  const running = new Map<number, Parameters<typeof escalationReaction>[1]>();
  for (const [id, { state }] of stored) {
    running.set(id, state === 'running' || state === 'acknowledged' ? state : 'none');
  }
  const count = new Map<number, number>();
  const rounds: Reaction[][] = [];
  for (const event of events) {
    const { incidentId } = event;
    if (incidentId === null) continue;
    const does = escalationReaction(event, running.get(incidentId) ?? 'never');
    if (does === 'nothing') continue;
    const round = count.get(incidentId) ?? 0;
    (rounds[round] ??= []).push({ does, event, incidentId });
    count.set(incidentId, round + 1);
    if (does !== 'reassign') running.set(incidentId, statesAfter[does]);
  }
  return rounds;
}

const statesAfter = { start: 'running', acknowledge: 'acknowledged', stop: 'none' } as const;

async function actOn(db: Queryable, reactions: readonly Reaction[], now: number): Promise<void> {
  const endings = (does: 'acknowledge' | 'stop') =>
    reactions
      .filter((reaction) => reaction.does === does)
      .map(({ incidentId, event: { actor, occurredAt, kind } }) => ({
        incidentId,
        actor,
        at: occurredAt,
        by: does === 'acknowledge' ? actor.name : null,
        because: does === 'acknowledge' ? `acknowledged by ${actor.name}` : (endReasons[kind] ?? 'it is over'),
      }));
  const acknowledged = endings('acknowledge');
  await endEscalations(db, 'acknowledged', acknowledged, now);
  await watchAcknowledgements(db, acknowledged);
  await endEscalations(db, 'stopped', endings('stop'), now);
  await startEscalations(
    db,
    reactions.flatMap(({ does, event, incidentId }) =>
      does === 'start' || does === 'reassign'
        ? [{ incidentId, by: event.actor, at: sinceOf(event), ...startOf(event.kind) }]
        : [],
    ),
    now,
  );
}

/** An alert occurs when it began to fire, which may be long before anybody was told. */
function sinceOf({ kind, occurredAt, recordedAt }: LogEvent): number {
  return kind === 'alert.opened' ? recordedAt : occurredAt;
}

function startOf(kind: EventKind): Pick<AutomaticStart, 'reason' | 'ifTaken'> {
  return starts[kind] ?? { reason: 'opened', ifTaken: 'start' };
}

const starts: Readonly<Partial<Record<EventKind, Pick<AutomaticStart, 'reason' | 'ifTaken'>>>> = {
  'incident.reopened': { reason: 'reopened', ifTaken: 'takeBack' },
  'incident.unmerged': { reason: 'reopened', ifTaken: 'skip' },
  'incident.woke': { reason: 'reopened', ifTaken: 'skip' },
  'incident.unacknowledged': { reason: 'unacknowledged', ifTaken: 'start' },
  'incident.severityChanged': { reason: 'severity', ifTaken: 'skip' },
  'incident.edited': { reason: 'reassignment', ifTaken: 'skip' },
  'alert.opened': { reason: 'opened', ifTaken: 'skip' },
};

const endReasons: Readonly<Partial<Record<EventKind, string>>> = {
  'incident.resolved': 'resolved',
  'incident.closed': 'closed',
  'incident.dismissed': 'dismissed',
  'incident.merged': 'merged into another incident',
  'incident.snoozed': 'snoozed',
};
