import type { NewEvent } from '@tocsin/schema/domain/event';
import {
  changeAlerts,
  insertAlerts,
  placeStoredAlerts,
  rememberEnds,
  reserveAlertIds,
  updateAlerts,
  type AlertToInsert,
} from '@tocsin/schema/postgres/alertWrite';
import { lockEnvironments } from '@tocsin/schema/postgres/environmentLock';
import { foldRepeats, readFingerprints, type Hint } from '@tocsin/schema/postgres/fingerprintState';
import type { StoredScope } from '@tocsin/schema/postgres/incidentScope';
import { appendEvents } from '@tocsin/schema/postgres/log';
import type { Pool, Queryable } from '@tocsin/schema/postgres/pool';
import { StartAgain, untilInTurn } from '@tocsin/schema/postgres/startAgain';
import { addTimers } from '@tocsin/schema/postgres/timer';
import { inTransaction, type Defer } from '@tocsin/schema/postgres/transaction';
import { withSpan } from '@tocsin/schema/runtime/span';
import { settled } from './absorption.js';
import type { DeliveryOutcome } from './answers.js';
import { arrivalsOf, byFingerprint, fingerprintKey, Outcomes, type BatchArrival } from './arrival.js';
import { decideBatch, type BatchDecision, type BatchState } from './decide.js';
import type { Episode } from './dedupe.js';
import type { Hints } from './hints.js';
import type { IncidentLedger } from './incidentLedger.js';
import type { KnownScopes } from './knownScopes.js';
import type { Configuration } from './placing.js';
import { receivedEvent, writeReceipts, type DeliveryPart } from './receipts.js';
import { countLimitOf, homesBeyond, lockFound, readFound, searchFor, type Search } from './surroundings.js';
import { finalPlaces, writeIncidents, type FinalId } from './writeIncidents.js';

export interface CommitDeps {
  /** A pipelining pool: the statements of a batch share three round trips. */
  readonly pool: Pool;
  /** The newest of everything that people configure; a batch is decided with one state of it. */
  readonly configuration: () => Configuration;
  readonly hints: Hints;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * One batch, one transaction, a fixed number of statements whatever the number of alerts.
 * @returns what became of each part, once it is committed
 */
export function commitBatch(deps: CommitDeps, parts: readonly DeliveryPart[]): Promise<readonly DeliveryOutcome[]> {
  return untilInTurn((also) => commitOnce(deps, parts, also));
}

async function commitOnce(
  deps: CommitDeps,
  parts: readonly DeliveryPart[],
  also: readonly (string | null)[],
): Promise<readonly DeliveryOutcome[]> {
  const deliveries = parts.map((part) => part.delivery);
  const arrivals = arrivalsOf(deliveries);
  const configuration = deps.configuration();
  const { result, learn } = await inTransaction(deps.pool, async (db, defer) => {
    const outcomes = new Outcomes(deliveries);
    const counted = new Map<BatchArrival, Parameters<Outcomes['count']>[1]>();
    // Who has everybody's turn believes nothing, so that this attempt is the last.
    const { hints, rest } = also.includes(null) ? { hints: [], rest: arrivals } : deps.hints.split(arrivals);
    const search = rest.length === 0 ? null : searchOf(rest, configuration, also);
    // Before anything is written: the first write gives the transaction its place in the log, and whoever waits for a lock
    // with a place already would tell the end of an alert before its beginning.
    const locked = search === null ? null : lockEnvironments(db, search.environments);
    if (hints.length > 0) {
      await withSpan('ingest.fold', { 'tocsin.alerts': arrivals.length }, () =>
        Promise.all([locked, foldBelieved(db, deps.hints, hints)]),
      );
      const keys = new Set(rest.map(({ key }) => key));
      for (const arrival of arrivals) if (!keys.has(arrival.key)) counted.set(arrival, 'repeated');
    }
    const decision =
      search === null ? null : await decide(db, locked, { search, configuration, arrivals: rest, counted });
    for (const [arrival, outcome] of counted) outcomes.count(arrival.delivery, outcome);
    const received = receivedEvent(arrivals, counted, deliveries, deps.now());
    const scopes = await write(db, defer, { decision, received, known: deps.hints.scopes });
    writeReceipts(db, defer, parts, outcomes);
    return { result: deliveries.map((delivery) => outcomes.of(delivery)), learn: { rest, decision, scopes } };
  });
  learnHints(deps.hints, learn.rest, learn.decision);
  deps.hints.scopes.remember(learn.scopes);
  return result;
}

/** Folds what the hints know to be repeats. @throws StartAgain where some are not; they are forgotten */
async function foldBelieved(db: Queryable, hints: Hints, believed: readonly Hint[]): Promise<void> {
  const folded = await foldRepeats(db, believed.toSorted(byFingerprint));
  if (folded.length === believed.length) return;
  const keys = new Set(folded.map((key) => fingerprintKey(key.integrationId, key.fingerprint)));
  for (const { integrationId, fingerprint } of believed) {
    const key = fingerprintKey(integrationId, fingerprint);
    if (!keys.has(key)) hints.forget(key);
  }
  throw new StartAgain();
}

/** What ended may have begun unseen. */
function searchOf(
  arrivals: readonly BatchArrival[],
  configuration: Configuration,
  also: readonly (string | null)[],
): Search {
  const beginning = arrivals.filter(({ alert }) => !alert.isTest);
  const search = searchFor(
    beginning.map(({ facts }) => facts),
    configuration,
  );
  return { ...search, environments: [...search.environments, ...also] };
}

interface Deciding {
  readonly search: Search;
  readonly configuration: Configuration;
  readonly arrivals: readonly BatchArrival[];
  readonly counted: Map<BatchArrival, Parameters<Outcomes['count']>[1]>;
}

/** In turn with everyone who decides about these environments: reads what is stored, decides. */
async function decide(
  db: Queryable,
  locked: Promise<void> | null,
  { search, configuration, arrivals, counted }: Deciding,
): Promise<BatchDecision> {
  const keys = [...new Map(arrivals.map((arrival) => [arrival.key, arrival])).values()].toSorted(byFingerprint);
  const beginning = arrivals.filter(({ alert }) => !alert.isTest);
  const [, fingerprints, found, alertIds] = await Promise.all([
    locked,
    readFingerprints(db, keys),
    readFound(db, search),
    reserveAlertIds(db, beginning.length),
  ]);
  const incidents = await lockFound(db, search, found.scopes, fingerprints, countLimitOf(arrivals, fingerprints));
  const missing = homesBeyond(search.environments, incidents, configuration.topology);
  if (missing.length > 0) throw new StartAgain(missing);
  const state: BatchState = { ...found, fingerprints, incidents, alertIds };
  return withSpan('ingest.decide', { 'tocsin.alerts': arrivals.length }, async () =>
    decideBatch(arrivals, state, configuration, (arrival, outcome) => counted.set(arrival, outcome)),
  );
}

interface Writing {
  readonly decision: BatchDecision | null;
  readonly received: NewEvent | null;
  readonly known: KnownScopes;
}

/** Sends every row that the decision touches, and the events with the final numbers of the incidents. */
async function write(
  db: Queryable,
  defer: Defer,
  { decision, received, known }: Writing,
): Promise<readonly StoredScope[]> {
  const last = received === null ? [] : [received];
  if (decision === null) {
    defer(appendEvents(db, last));
    return [];
  }
  const { episodes, incidents, placed, timers } = decision;
  const { final, scopes } = await writeIncidents(db, defer, incidents, known);
  const touched = [...episodes.touched].toSorted((a, b) => a.id - b.id);
  const stored = touched.filter((episode) => !episode.isNew);
  defer(updateAlerts(db, stored));
  defer(changeAlerts(db, stored.flatMap(changeOf)));
  defer(
    insertAlerts(
      db,
      touched.flatMap((episode) => insertOf(episode, incidents, final)),
    ),
  );
  defer(placeStoredAlerts(db, finalPlaces(placed, incidents, final)));
  defer(rememberEnds(db, [...episodes.ends.values()].toSorted(byFingerprint)));
  defer(addTimers(db, timers));
  defer(appendEvents(db, [...incidents.events, ...last], final));
  return scopes;
}

function changeOf({
  id,
  changedBy,
}: Episode): readonly { id: number; alert: BatchArrival['alert']; materialHash: string }[] {
  return changedBy === null ? [] : [{ id, alert: changedBy.alert, materialHash: changedBy.materialHash }];
}

/** A new episode as its last statement in the batch left it, opened when its first one arrived. */
function insertOf(episode: Episode, incidents: IncidentLedger, final: FinalId): readonly AlertToInsert[] {
  const { openedBy, changedBy, startsAt, receivedCount, lastReceivedAt, closing } = episode;
  if (openedBy === null) return [];
  const newest = changedBy ?? openedBy;
  const { incidentId, explanation } = homeOf(episode, incidents, final);
  const { id, service, parts, pendingKey, suppressedBy } = episode;
  return [
    {
      id,
      service,
      parts,
      pendingKey,
      suppressedBy,
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

/** An alert that is held back or kept quiet is in no incident, with or without a reason. */
function homeOf(
  { incidentId, explanation }: Episode,
  incidents: IncidentLedger,
  final: FinalId,
): Pick<AlertToInsert, 'incidentId' | 'explanation'> {
  if (incidentId === null || explanation === null) return { incidentId: null, explanation };
  return settled({ incidentId, explanation }, incidents.absorptions, final);
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
