import type { CorrelationRule } from '@tocsin/schema/domain/correlation';
import type { NewEvent } from '@tocsin/schema/domain/event';
import {
  changeAlerts,
  insertAlerts,
  rememberEnds,
  reserveAlertIds,
  updateAlerts,
  type AlertToInsert,
} from '@tocsin/schema/postgres/alertWrite';
import { lockIncidentsOfFingerprints, lockIncidentsOfKeys } from '@tocsin/schema/postgres/correlationState';
import { lockEnvironments } from '@tocsin/schema/postgres/environmentLock';
import { foldRepeats, readFingerprints } from '@tocsin/schema/postgres/fingerprintState';
import { insertIncidents, reserveIncidentIds, updateIncidents } from '@tocsin/schema/postgres/incidentWrite';
import { appendEvents } from '@tocsin/schema/postgres/log';
import type { Pool, Queryable } from '@tocsin/schema/postgres/pool';
import { addTimers, cancelTimers } from '@tocsin/schema/postgres/timer';
import { inTransaction, type Defer } from '@tocsin/schema/postgres/transaction';
import { withSpan } from '@tocsin/schema/runtime/span';
import type { DeliveryOutcome } from './answers.js';
import { arrivalsOf, byFingerprint, fingerprintKey, Outcomes, type BatchArrival } from './arrival.js';
import { possibleKeys } from './correlationInput.js';
import { decideBatch, type BatchDecision, type BatchState } from './decide.js';
import type { Episode } from './dedupe.js';
import type { Hints } from './hints.js';
import { receivedEvent, writeReceipts, type DeliveryPart } from './receipts.js';

export interface CommitDeps {
  /** A pipelining pool: the statements of a batch share three round trips. */
  readonly pool: Pool;
  readonly rules: readonly CorrelationRule[];
  readonly hints: Hints;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * One batch, one transaction, a fixed number of statements whatever the number of alerts.
 * @returns what became of each part, once it is committed
 */
export async function commitBatch(
  deps: CommitDeps,
  parts: readonly DeliveryPart[],
): Promise<readonly DeliveryOutcome[]> {
  const deliveries = parts.map((part) => part.delivery);
  const arrivals = arrivalsOf(deliveries);
  const { result, learn } = await inTransaction(deps.pool, async (db, defer) => {
    const outcomes = new Outcomes(deliveries);
    const counted = new Map<BatchArrival, Parameters<Outcomes['count']>[1]>();
    const rest = await withSpan('ingest.fold', { 'tocsin.alerts': arrivals.length }, () =>
      foldKnownRepeats(db, deps.hints, arrivals, (arrival) => counted.set(arrival, 'repeated')),
    );
    const decision = rest.length === 0 ? null : await decide(db, deps.rules, rest, counted);
    for (const [arrival, outcome] of counted) outcomes.count(arrival.delivery, outcome);
    const received = receivedEvent(arrivals, counted, deliveries, deps.now());
    const events = decision === null ? [] : await write(db, defer, decision);
    defer(appendEvents(db, received === null ? events : [...events, received]));
    writeReceipts(db, defer, parts, outcomes);
    return { result: deliveries.map((delivery) => outcomes.of(delivery)), learn: { rest, decision } };
  });
  learnHints(deps.hints, learn.rest, learn.decision);
  return result;
}

/** Folds what the hints know to be repeats; the rest must be looked at. */
async function foldKnownRepeats(
  db: Queryable,
  hints: Hints,
  arrivals: readonly BatchArrival[],
  onRepeat: (arrival: BatchArrival) => unknown,
): Promise<readonly BatchArrival[]> {
  const split = hints.split(arrivals);
  if (split.hints.length === 0) return arrivals;
  const folded = await foldRepeats(db, split.hints.toSorted(byFingerprint));
  const keys = new Set(folded.map((key) => fingerprintKey(key.integrationId, key.fingerprint)));
  for (const arrival of arrivals) if (keys.has(arrival.key)) onRepeat(arrival);
  return arrivals.filter((arrival) => !keys.has(arrival.key));
}

/** Takes turns with everyone who decides about these environments, reads what is stored, decides. */
async function decide(
  db: Queryable,
  rules: readonly CorrelationRule[],
  arrivals: readonly BatchArrival[],
  counted: Map<BatchArrival, Parameters<Outcomes['count']>[1]>,
): Promise<BatchDecision> {
  const keys = [...new Map(arrivals.map((arrival) => [arrival.key, arrival])).values()].toSorted(byFingerprint);
  // More firing alerts of an incident than the batch can end need no counting: an incident may hold thousands.
  const countLimit = 1 + arrivals.filter(({ alert }) => alert.status === 'resolved').length;
  const [, fingerprints, incidentsByKey, otherIncidents, alertIds] = await Promise.all([
    lockEnvironments(
      db,
      arrivals.map(({ alert }) => alert.environment),
    ),
    readFingerprints(db, keys),
    lockIncidentsOfKeys(db, possibleKeys(arrivals, rules), countLimit),
    lockIncidentsOfFingerprints(db, keys, countLimit),
    reserveAlertIds(db, arrivals.length),
  ]);
  const state: BatchState = { fingerprints, incidentsByKey, otherIncidents, alertIds };
  return withSpan('ingest.decide', { 'tocsin.alerts': arrivals.length }, async () =>
    decideBatch(arrivals, state, rules, (arrival, outcome) => counted.set(arrival, outcome)),
  );
}

/** Sends every row that the decision touches; returns the events with final incident numbers. */
async function write(
  db: Queryable,
  defer: Defer,
  { episodes, incidents, events }: BatchDecision,
): Promise<readonly NewEvent[]> {
  const numbers = incidents.number(await reserveIncidentIds(db, incidents.newCount));
  const final = (id: number | null): number | null => (id === null ? null : (numbers.get(id) ?? id));
  // What gives up its key goes before what takes it.
  defer(updateIncidents(db, incidents.updates));
  defer(insertIncidents(db, incidents.inserts));
  const touched = [...episodes.touched].toSorted((a, b) => a.id - b.id);
  const stored = touched.filter((episode) => !episode.isNew);
  defer(updateAlerts(db, stored));
  defer(changeAlerts(db, stored.flatMap(changeOf)));
  defer(
    insertAlerts(
      db,
      touched.flatMap((episode) => insertOf(episode, final(episode.incidentId))),
    ),
  );
  defer(rememberEnds(db, [...episodes.ends.values()].toSorted(byFingerprint)));
  const { start, cancel } = incidents.timers();
  defer(cancelTimers(db, 'incident.autoResolve', cancel));
  defer(addTimers(db, start));
  return events.map((event) => ({ ...event, incidentId: final(event.incidentId) }));
}

function changeOf({
  id,
  changedBy,
}: Episode): readonly { id: number; alert: BatchArrival['alert']; materialHash: string }[] {
  return changedBy === null ? [] : [{ id, alert: changedBy.alert, materialHash: changedBy.materialHash }];
}

/** A new episode as its last statement in the batch left it, opened when its first one arrived. */
function insertOf(episode: Episode, incidentId: number | null): readonly AlertToInsert[] {
  const { openedBy, changedBy, explanation, startsAt, receivedCount, lastReceivedAt, closing } = episode;
  if (openedBy === null || incidentId === null || explanation === null) return [];
  const newest = changedBy ?? openedBy;
  return [
    {
      id: episode.id,
      integrationId: episode.integration.id,
      alert: newest.alert,
      materialHash: newest.materialHash,
      startsAtIsSent: openedBy.alert.startsAt !== null,
      receivedAt: openedBy.receivedAt,
      startsAt,
      receivedCount,
      lastReceivedAt,
      closing,
      incidentId,
      explanation,
    },
  ];
}

/** After the commit, and only then: what the next repeats may be folded into. */
function learnHints(hints: Hints, arrivals: readonly BatchArrival[], decision: BatchDecision | null): void {
  if (decision === null) return;
  for (const { key } of arrivals) {
    const open = decision.episodes.openState(key);
    if (open === null) hints.forget(key);
    else hints.remember(key, open);
  }
}
