import { sourceNamed } from '@tocsin/ingest/sources/registry';
import type { NormalisedAlert } from '@tocsin/schema/domain/alert';
import { factsOf } from '@tocsin/schema/domain/correlateFacts';
import type { AlertFacts, CompiledRule, PlacementExplanation } from '@tocsin/schema/domain/correlation';
import {
  foldArrival,
  materialText,
  unknownFingerprint,
  type Folded,
  type FingerprintState,
} from '@tocsin/schema/domain/dedupe';
import type { EpisodePart } from '@tocsin/schema/domain/dedupeParts';
import { createReplay, type Replay } from '@tocsin/schema/domain/replay';
import type { Topology } from '@tocsin/schema/domain/topology';
import type { StormSet } from './correlationSet.js';

/** One episode as the sender knows it: its fingerprint and the start that was reported. */
export interface PlacedEpisode {
  readonly fingerprint: string;
  readonly startsAt: number;
  readonly incident: number;
  readonly alert: NormalisedAlert;
  readonly explanation: PlacementExplanation;
}

interface Episode {
  readonly id: number;
  readonly incident: number;
  readonly alert: NormalisedAlert;
  readonly explanation: PlacementExplanation;
  startsAt: number;
  /** Null where the condition is one alert of the sender's. */
  parts: readonly EpisodePart[] | null;
}

/** A storm through the adapters, deduplication and correlation, in the order in which it was sent. */
export function foldStorm(set: StormSet, rules: readonly CompiledRule[], topology: Topology): readonly PlacedEpisode[] {
  const replay = createReplay(rules, topology);
  const fold = new StormFold(replay);
  for (const { at, integration, body } of set.deliveries) {
    const request = { receivedAt: at, headers: {}, contentType: 'application/json' };
    const parsed = sourceNamed(integration.source)?.parse(body, integration, request);
    if (!parsed?.ok) throw new Error(`A delivery of ${set.name} could not be read.`);
    for (const alert of parsed.alerts.filter(({ isTest }) => !isTest)) {
      const materialHash = materialText(alert, integration.volatileAnnotations);
      const factsAt = (startsAt: number): AlertFacts => factsOf(alert, integration, startsAt);
      fold.receive(`${integration.id} ${alert.fingerprint}`, alert, { receivedAt: at, materialHash }, factsAt);
    }
  }
  return fold.episodes.flatMap((episode) => senderEpisodes(episode, replay));
}

/** What the sender calls episodes: where a condition is several of its alerts, each firing of each. */
function senderEpisodes({ alert, parts, startsAt, incident, explanation }: Episode, replay: Replay): PlacedEpisode[] {
  const own = parts ?? [{ fingerprint: alert.fingerprint, startsAt }];
  return own.map((part) => {
    const { fingerprint, startsAt: at } = part;
    return { fingerprint, startsAt: at, incident: replay.incidentOf(incident), alert, explanation };
  });
}

/** The conditions of a storm with their open episodes, as the pipeline keeps them. */
class StormFold {
  readonly episodes: Episode[] = [];
  readonly #states = new Map<string, FingerprintState>();
  readonly #open = new Map<string, Episode>();
  readonly #replay: Replay;

  constructor(replay: Replay) {
    this.#replay = replay;
  }

  receive(
    key: string,
    alert: NormalisedAlert,
    arrival: { readonly receivedAt: number; readonly materialHash: string },
    factsAt: (startsAt: number) => AlertFacts,
  ): void {
    const folded = foldArrival(this.#states.get(key) ?? unknownFingerprint, { alert, ...arrival });
    this.#states.set(key, folded.state);
    this.#follow(key, alert, folded, factsAt);
  }

  #follow(
    key: string,
    alert: NormalisedAlert,
    { decision, state, endedParts }: Folded,
    factsAt: (at: number) => AlertFacts,
  ): void {
    const current = this.#open.get(key);
    const parts = state.open?.parts ?? null;
    switch (decision.outcome) {
      case 'opened':
        this.#open.set(key, this.#begin(alert, factsAt(decision.startsAt), parts));
        return;
      case 'superseded':
        // It ended unseen: the last that is known of it by its own times is its start.
        if (current) this.#end(current, current.startsAt, endedParts);
        this.#open.set(key, this.#begin(alert, factsAt(decision.startsAt), parts));
        return;
      case 'passed':
        if (current) this.#end(current, current.startsAt, null);
        this.#open.delete(key);
        this.#end(this.#begin(alert, factsAt(decision.startsAt), decision.parts), decision.endsAt, decision.parts);
        return;
      case 'repeated':
      case 'changed':
        if (current) Object.assign(current, { parts, startsAt: decision.startsAt });
        return;
      case 'resolved':
        if (current) this.#end(current, decision.endsAt, endedParts);
        this.#open.delete(key);
        return;
      case 'stale':
      case 'ignored':
        return;
    }
  }

  #begin(alert: NormalisedAlert, facts: AlertFacts, parts: readonly EpisodePart[] | null): Episode {
    const id = this.episodes.length;
    const { incident, explanation } = this.#replay.open(id, facts);
    const episode = { id, incident, alert, explanation, parts, startsAt: facts.startsAt };
    this.episodes.push(episode);
    return episode;
  }

  #end(episode: Episode, endsAt: number, parts: readonly EpisodePart[] | null): void {
    episode.parts = parts ?? episode.parts;
    this.#replay.end(episode.id, endsAt);
  }
}
