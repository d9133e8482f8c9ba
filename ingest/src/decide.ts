import type { CorrelationRule } from '@tocsin/schema/domain/correlation';
import type { NewEvent, ReceivedOutcome } from '@tocsin/schema/domain/event';
import type { Integration } from '@tocsin/schema/domain/source';
import type { IncidentEvent } from '@tocsin/schema/domain/transition';
import type { StoredIncident } from '@tocsin/schema/postgres/correlationState';
import type { StoredFingerprint } from '@tocsin/schema/postgres/fingerprintState';
import { eventsOf } from '@tocsin/schema/postgres/incidentCommands';
import type { BatchArrival } from './arrival.js';
import { sender } from './correlationInput.js';
import { IncidentLedger } from './correlate.js';
import { EpisodeLedger, type DedupeResult, type Episode } from './dedupe.js';

/** What is stored of everything that a batch may touch. */
export interface BatchState {
  readonly fingerprints: readonly StoredFingerprint[];
  readonly incidentsByKey: ReadonlyMap<string, StoredIncident>;
  readonly otherIncidents: readonly StoredIncident[];
  /** As many as there are arrivals. */
  readonly alertIds: readonly number[];
}

export interface BatchDecision {
  readonly episodes: EpisodeLedger;
  readonly incidents: IncidentLedger;
  /** In the order in which things happened; incident ids may still be provisional. */
  readonly events: readonly NewEvent[];
}

/** Dedupe and correlation of a batch, arrival by arrival. Pure but for the ledgers it fills. */
export function decideBatch(
  arrivals: readonly BatchArrival[],
  state: BatchState,
  rules: readonly CorrelationRule[],
  count: (arrival: BatchArrival, outcome: ReceivedOutcome) => void,
): BatchDecision {
  const integrations = new Map<number, Integration>(
    arrivals.map(({ delivery }) => [delivery.integration.id, delivery.integration]),
  );
  let used = 0;
  const episodes = new EpisodeLedger(state.fingerprints, () => state.alertIds[used++] ?? 0, integrations);
  const incidents = new IncidentLedger(rules, state.incidentsByKey, state.otherIncidents);
  for (const arrival of arrivals) {
    if (arrival.alert.isTest) {
      count(arrival, 'test');
      continue;
    }
    const result = episodes.apply(arrival);
    count(arrival, result.decision.outcome);
    follow(result, arrival, incidents);
  }
  return { episodes, incidents, events: incidents.events };
}

/** Carries a dedupe decision over to the incidents and the log. */
function follow(
  { decision, episode, superseded }: DedupeResult,
  arrival: BatchArrival,
  incidents: IncidentLedger,
): void {
  const log = (of: Episode, event: IncidentEvent): void => {
    incidents.events.push(...eventsOf(of.incidentId, [event], sender(arrival), arrival.receivedAt, of.id));
  };
  if (superseded && decision.outcome === 'superseded') {
    log(superseded, { kind: 'alert.superseded', data: { endsAt: decision.endsAt } });
    incidents.alertEnded(superseded, decision.endsAt, arrival.receivedAt);
  }
  if (episode === null) return;
  switch (decision.outcome) {
    case 'opened':
    case 'superseded': {
      const { title, severity, service, environment } = arrival.alert;
      const { startsAt } = decision;
      incidents.place(episode, arrival);
      const data = { title, severity, service, environment, startsAt };
      log(episode, { kind: 'alert.opened', data });
      return;
    }
    case 'changed': {
      const { severityFrom: from } = decision;
      const data = from === null ? {} : { severity: { from, to: arrival.alert.severity } };
      log(episode, { kind: 'alert.changed', data });
      if (from !== null) incidents.severityChanged(episode, arrival);
      return;
    }
    case 'resolved': {
      const { endsAt } = decision;
      log(episode, { kind: 'alert.resolved', data: { endsAt, reason: 'sender' } });
      incidents.alertEnded(episode, endsAt, arrival.receivedAt);
      return;
    }
    default:
      return;
  }
}
