import type { Explanation, PreviousEpisode } from '@tocsin/schema/domain/correlation';
import type { EventData, NewEvent, ReceivedOutcome } from '@tocsin/schema/domain/event';
import type { Integration } from '@tocsin/schema/domain/source';
import type { IncidentEvent } from '@tocsin/schema/domain/transition';
import type { AlertToPlace } from '@tocsin/schema/postgres/alertWrite';
import type { StoredFingerprint } from '@tocsin/schema/postgres/fingerprintState';
import { eventsOf } from '@tocsin/schema/postgres/incidentCommands';
import type { NewTimer } from '@tocsin/schema/postgres/timer';
import type { BatchArrival } from './arrival.js';
import { EpisodeLedger, lastKnownOf, type DedupeResult, type Episode } from './dedupe.js';
import { IncidentLedger } from './incidentLedger.js';
import { Placer } from './placer.js';
import { sender, shownService, type Beginning, type Configuration } from './placing.js';
import type { Surroundings } from './surroundings.js';

/** What is stored of everything that a batch may touch. */
export interface BatchState extends Surroundings {
  readonly fingerprints: readonly StoredFingerprint[];
  /** As many as there are episodes that the batch may open. */
  readonly alertIds: readonly number[];
}

export interface BatchDecision {
  readonly episodes: EpisodeLedger;
  readonly incidents: IncidentLedger;
  /** Stored alerts that are let go: they were held back until the batch came. */
  readonly placed: readonly AlertToPlace[];
  readonly timers: readonly NewTimer[];
}

/** Dedupe and correlation of a batch, arrival by arrival. Pure but for the ledgers it fills. */
export function decideBatch(
  arrivals: readonly BatchArrival[],
  state: BatchState,
  configuration: Configuration,
  count: (arrival: BatchArrival, outcome: ReceivedOutcome) => void,
): BatchDecision {
  const integrations = new Map<number, Integration>(
    arrivals.map(({ delivery }) => [delivery.integration.id, delivery.integration]),
  );
  let used = 0;
  const episodes = new EpisodeLedger(state.fingerprints, () => state.alertIds[used++] ?? 0, integrations);
  const incidents = new IncidentLedger(configuration, state.incidents, state.scopes);
  const now = Math.max(...arrivals.map(({ receivedAt }) => receivedAt));
  const placer = new Placer(incidents, state.pending, now, {
    put: (alertId, incidentId) => {
      const episode = episodes.stored(alertId);
      if (episode !== null) episode.incidentId = incidentId;
    },
    endedAt: (alertId) => endOf(episodes.stored(alertId)),
  });
  for (const arrival of arrivals) {
    if (arrival.alert.isTest) {
      count(arrival, 'test');
      continue;
    }
    const result = episodes.apply(arrival);
    const isSuppressed = follow(result, arrival, { incidents, placer, configuration });
    // What began and ended unseen was opened all the same.
    const outcome = result.decision.outcome === 'passed' ? 'opened' : result.decision.outcome;
    count(arrival, isSuppressed ? 'suppressed' : outcome);
  }
  return { episodes, incidents, placed: placer.placed, timers: placer.timers };
}

function endOf(episode: Episode | null): number | null {
  return episode === null || episode.closing === null ? null : lastKnownOf(episode);
}

interface Ledgers {
  readonly incidents: IncidentLedger;
  readonly placer: Placer;
  readonly configuration: Configuration;
}

/** Carries a dedupe decision over to the incidents and the log. True where a window keeps what opened quiet. */
function follow(result: DedupeResult, arrival: BatchArrival, ledgers: Ledgers): boolean {
  const { decision, episode, superseded, previous } = result;
  const { incidents } = ledgers;
  const log = (of: Episode, event: IncidentEvent): void => {
    incidents.events.push(...eventsOf(of.incidentId, [event], sender(arrival), arrival.receivedAt, of.id));
  };
  if (superseded?.closing) {
    log(superseded, { kind: 'alert.superseded', data: { endsAt: superseded.closing.endsAt } });
    ended(superseded, lastKnownOf(superseded), arrival, incidents);
  }
  if (episode === null) return false;
  switch (decision.outcome) {
    case 'opened':
    case 'superseded':
    case 'passed': {
      const isSuppressed = begin(episode, previous, arrival, ledgers);
      if (decision.outcome === 'passed') {
        log(episode, { kind: 'alert.resolved', data: { endsAt: decision.endsAt, reason: 'sender' } });
        ended(episode, decision.endsAt, arrival, incidents);
      }
      return isSuppressed;
    }
    case 'changed': {
      const { severityFrom: from } = decision;
      const { severity } = arrival.alert;
      log(episode, { kind: 'alert.changed', data: from === null ? {} : { severity: { from, to: severity } } });
      if (from !== null && episode.incidentId !== null) {
        incidents.alertSeverity(episode.incidentId, severity, sender(arrival), arrival.receivedAt);
      }
      return false;
    }
    case 'resolved': {
      const { endsAt } = decision;
      log(episode, { kind: 'alert.resolved', data: { endsAt, reason: 'sender' } });
      ended(episode, endsAt, arrival, incidents);
      return false;
    }
    default:
      return false;
  }
}

function ended(episode: Episode, endsAt: number, { receivedAt }: BatchArrival, incidents: IncidentLedger): void {
  if (episode.incidentId !== null) incidents.alertEnded(episode.incidentId, endsAt, receivedAt);
}

/** A new episode: kept quiet, held back, or put into an incident. The log says first that it opened. */
function begin(
  episode: Episode,
  previous: PreviousEpisode | null,
  arrival: BatchArrival,
  { incidents, placer, configuration }: Ledgers,
): boolean {
  const { delivery, receivedAt, alert } = arrival;
  const facts =
    episode.startsAt === arrival.facts.startsAt ? arrival.facts : { ...arrival.facts, startsAt: episode.startsAt };
  const beginning: Beginning = {
    alertId: episode.id,
    facts,
    description: alert.description,
    source: delivery.source,
    team: delivery.integration.team,
    actor: sender(arrival),
    previous,
    receivedAt,
  };
  episode.service = shownService(beginning, configuration);
  // By the name that people see, and so write in their expressions.
  const suppression = configuration.suppressorOf({ ...facts, service: episode.service }, receivedAt);
  const position = incidents.events.length;
  let hasOpened = false;
  if (suppression !== null) episode.suppressedBy = suppression.windowId;
  else {
    placer.place(beginning, {
      put: (incidentId, explanation) => {
        // The log says already that it opened, in no incident.
        if (episode.pendingKey !== null) placer.joined(episode.id, incidentId, explanation, receivedAt);
        episode.incidentId = incidentId;
        episode.explanation = explanation;
        episode.pendingKey = null;
      },
      // One that passed is closed as it opens, and its end is told below.
      endedAt: () => (hasOpened ? endOf(episode) : null),
      hold: (key, explanation) => {
        episode.pendingKey = key;
        episode.explanation = explanation;
      },
    });
  }
  const { title, severity, environment } = facts;
  const { service, startsAt, explanation } = episode;
  const data = { title, severity, service, environment, startsAt, ...membershipOf(explanation) };
  const opened: IncidentEvent[] = [{ kind: 'alert.opened', data }];
  if (suppression !== null) {
    const { windowId, name, until } = suppression;
    opened.push({ kind: 'alert.suppressed', data: { windowId, name, until } });
  }
  hasOpened = true;
  insertAt(incidents.events, position, eventsOf(episode.incidentId, opened, beginning.actor, receivedAt, episode.id));
  return suppression !== null;
}

/** An incident opens before the alert that opened it is in it; what a threshold let go comes after it. */
function insertAt(events: NewEvent[], from: number, opened: readonly NewEvent[]): void {
  const at = events.findIndex(({ kind }, index) => index >= from && kind === 'incident.alertJoined');
  events.splice(at < 0 ? events.length : at, 0, ...opened);
}

/** What the log itself says of how an alert came to its incident: enough to count by; the alert holds the whole reason. */
function membershipOf(
  explanation: Explanation | null,
): Pick<EventData['alert.opened'], 'outcome' | 'ruleId' | 'ruleVersion'> {
  if (explanation === null) return {};
  const { outcome, ruleId, ruleVersion } = explanation;
  return { outcome, ruleId, ruleVersion };
}
