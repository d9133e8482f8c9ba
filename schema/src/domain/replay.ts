import type {
  AlertFacts,
  CompiledRule,
  IncidentLookup,
  Placement,
  PlacementExplanation,
  PreviousEpisode,
} from './correlation.js';
import { place } from './correlatePlace.js';
import { conditionKey, lookupsOf, scopesOf } from './correlateScopes.js';
import { subjectOf } from './correlateSubject.js';
import { WaitingAlerts, type Waiting } from './correlateWaiting.js';
import { IncidentMemory } from './replayMemory.js';
import { Endings } from './ruleBacktestEndings.js';
import type { Topology } from './topology.js';

/** What the replay made of one episode as it began. Incidents are numbered from 1 in the order in which they opened. */
export interface ReplayPlacement {
  /** 0 where a rule holds it back. */
  readonly incident: number;
  readonly explanation: PlacementExplanation;
  readonly placement: Placement;
}

/** When something became known (epoch milliseconds): never before what came before it. */
export interface Heard {
  readonly receivedAt?: number;
}

export interface HeardEnd extends Heard {
  /** Nobody said that it ended: its sender spoke of it no more. */
  readonly isAssumed?: boolean;
}

export interface Replay {
  /** An episode began. Episodes come in the order in which the pipeline saw them; received as they start, where nothing is said. */
  open(alertId: number, alert: AlertFacts, heard?: Heard): ReplayPlacement;
  /** It ended. An unknown or ended one changes nothing. */
  end(alertId: number, endsAt: number, heard?: HeardEnd): void;
  /** Nothing came until then: what has lasted by that time is placed. */
  waitUntil(time: number): void;
  /** Into which incident this one was merged in the end: itself, where nothing merged it. */
  incidentOf(incident: number): number;
  readonly incidentCount: number;
}

/** An episode was put into an incident: at once, or later when what held it back let it go. */
export type OnPlaced = (alertId: number, incident: number, placement: Placement) => void;

interface Episode extends Waiting {
  readonly state: EpisodeState;
}

interface EpisodeState {
  readonly condition: string;
  readonly startsAt: number;
  readonly receivedAt: number;
  incident: number;
  end: { readonly at: number; readonly isAssumed: boolean } | null;
}

/** How long after its end an episode may matter to the next of its condition, at least. */
const previousForMs = 3 * 3_600_000;
/** What nothing can join any more is looked for after so many alerts at the earliest. */
const sweepAfter = 512;

/**
 * Folds episodes through the very functions of the pipeline, with the same state in memory that the database keeps.
 * Memory is bounded: what no later alert can join is forgotten.
 */
export function createReplay(
  rules: readonly CompiledRule[],
  topology: Topology,
  onPlaced: OnPlaced = () => undefined,
): Replay {
  return new Folding(rules, topology, onPlaced);
}

class Folding implements Replay {
  readonly #rules: readonly CompiledRule[];
  readonly #topology: Topology;
  readonly #onPlaced: OnPlaced;
  readonly #memory: IncidentMemory;
  readonly #waiting: WaitingAlerts<Episode>;
  readonly #firing = new Map<number, EpisodeState>();
  /** Of each condition the episode that ended last, in the order of their ends, so that the oldest go first. */
  readonly #ended = new Map<string, EpisodeState>();
  readonly #endedForMs: number;
  /** What must last, and when it has. */
  readonly #lasting = new Map<number, Episode>();
  readonly #lasted = new Endings();
  readonly #told: number[] = [];
  #sweepAfter = sweepAfter;
  /** Since the last episode began: what became of it stands first. */
  readonly #decided: ReplayPlacement[] = [];

  constructor(rules: readonly CompiledRule[], topology: Topology, onPlaced: OnPlaced) {
    this.#rules = rules;
    this.#topology = topology;
    this.#onPlaced = onPlaced;
    this.#memory = new IncidentMemory(rules);
    const reopenMs = rules.map(({ rule }) => 1_000 * Math.max(rule.windowSeconds, 3 * rule.reopenWindowSeconds));
    this.#endedForMs = Math.max(previousForMs, ...reopenMs);
    this.#waiting = new WaitingAlerts<Episode>({
      decide: (episode) => this.#decide(episode),
      put: (episode, placement) => this.#put(episode, placement),
      hold: (episode, placement, explanation, lasts) => {
        this.#decided.push({ incident: 0, explanation, placement });
        if (lasts) this.#hold(episode, placement.rule.holdSeconds * 1_000);
      },
    });
  }

  open(alertId: number, facts: AlertFacts, { receivedAt = facts.startsAt }: Heard = {}): ReplayPlacement {
    this.waitUntil(receivedAt);
    const condition = conditionKey(facts);
    const state: EpisodeState = { condition, startsAt: facts.startsAt, receivedAt, incident: 0, end: null };
    this.#firing.set(alertId, state);
    this.#decided.length = 0;
    this.#waiting.place({ alertId, facts, previous: this.#previousOf(condition), state }, 0);
    // A sender's clock may be far ahead, and what tells of long ago may be followed by more of then.
    this.#forget(Math.min(receivedAt, facts.startsAt));
    const [own] = this.#decided;
    if (own === undefined) throw new RangeError(`Nothing was decided about alert ${alertId}.`);
    return own;
  }

  end(alertId: number, endsAt: number, { receivedAt = endsAt, isAssumed = false }: HeardEnd = {}): void {
    // What ends in the same moment has not lasted; Postgres counts in microseconds.
    this.waitUntil(receivedAt - 0.001);
    const state = this.#firing.get(alertId);
    if (state === undefined) return;
    this.#firing.delete(alertId);
    this.#lasting.delete(alertId);
    state.end = { at: Math.max(endsAt, state.startsAt), isAssumed };
    if (state.incident !== 0) this.#memory.ends(state.incident, isAssumed ? null : state.end.at);
    // An end that was only assumed proves nothing about the next episode.
    if (isAssumed) return;
    this.#ended.delete(state.condition);
    this.#ended.set(state.condition, state);
    for (const [condition, { end }] of this.#ended) {
      if ((end?.at ?? 0) >= state.end.at - this.#endedForMs) break;
      this.#ended.delete(condition);
    }
  }

  waitUntil(time: number): void {
    this.#lasted.takeUntil(time, (alertId, due) => {
      const episode = this.#lasting.get(alertId);
      if (episode === undefined) return;
      this.#lasting.delete(alertId);
      this.#waiting.place({ ...episode, previous: null }, due - episode.state.receivedAt);
    });
  }

  incidentOf(incident: number): number {
    return this.#memory.current(incident);
  }

  get incidentCount(): number {
    return this.#memory.count;
  }

  /** Now and then, and by the middle of what was told since: some alerts come from quite another time than the rest. */
  #forget(told: number): void {
    this.#told.push(told);
    if (this.#told.length < this.#sweepAfter) return;
    const middle = this.#told.toSorted((a, b) => a - b)[this.#told.length >> 1] ?? told;
    this.#told.length = 0;
    this.#waiting.forgetBefore(middle);
    // So that a sweep never costs more than the alerts between two.
    this.#sweepAfter = Math.max(sweepAfter, this.#memory.forgetBefore(middle));
  }

  #previousOf(condition: string): PreviousEpisode | null {
    const last = this.#ended.get(condition);
    if (last === undefined || last.incident === 0 || last.end === null) return null;
    return { incidentId: this.#memory.current(last.incident), endsAt: last.end.at };
  }

  #decide({ facts, previous }: Episode): Placement {
    const lookups: readonly IncidentLookup[] = lookupsOf(facts, this.#rules, this.#topology);
    const candidates = this.#memory.candidates(lookups, previous?.incidentId ?? null);
    return place(facts, this.#rules, this.#topology, { candidates, previous });
  }

  #put({ alertId, facts, state }: Episode, placement: Placement): void {
    const memory = this.#memory;
    this.#lasting.delete(alertId);
    if (placement.outcome !== 'opened') {
      for (const id of placement.absorbs) memory.merge(id, placement.incidentId);
    }
    state.incident =
      placement.outcome === 'opened'
        ? memory.open(placement.key, placement.rule, placement.environment)
        : memory.current(placement.incidentId);
    memory.fires(state.incident, {
      at: state.startsAt,
      condition: state.condition,
      service: subjectOf(facts, this.#topology).service,
      scopes: scopesOf(facts, this.#rules, this.#topology),
    });
    // It may have ended while it waited.
    if (state.end !== null) memory.ends(state.incident, state.end.at);
    this.#decided.push({ incident: state.incident, explanation: placement.explanation, placement });
    this.#onPlaced(alertId, state.incident, placement);
  }

  #hold(episode: Episode, holdMs: number): void {
    const due = episode.state.receivedAt + holdMs;
    this.#lasting.set(episode.alertId, episode);
    this.#lasted.add(due, episode.alertId, due);
  }
}
