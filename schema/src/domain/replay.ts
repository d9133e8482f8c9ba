import type {
  AlertFacts,
  CompiledRule,
  IncidentLookup,
  IncidentScope,
  Placement,
  PlacementExplanation,
  PreviousEpisode,
} from './correlation.js';
import { place } from './correlatePlace.js';
import { conditionKey, lookupsOf, scopesOf } from './correlateScopes.js';
import { subjectOf } from './correlateSubject.js';
import { IncidentMemory } from './replayMemory.js';
import type { Topology } from './topology.js';

/** Where the replay put one episode. Incidents are numbered in the order in which they opened. */
export interface ReplayPlacement {
  readonly incident: number;
  readonly explanation: PlacementExplanation;
  readonly placement: Placement;
}

export interface Replay {
  /** An episode began. Episodes come in the order in which the pipeline would have seen them. */
  open(alertId: number, alert: AlertFacts): ReplayPlacement;
  /** It ended. An unknown or ended one changes nothing. */
  end(alertId: number, endsAt: number): void;
  /** Into which incident this one was merged in the end: itself, where nothing merged it. */
  incidentOf(incident: number): number;
  readonly incidentCount: number;
}

interface OpenEpisode {
  readonly incident: number;
  readonly condition: string;
  readonly startsAt: number;
}

/** How long after its end an episode may matter to the next of its condition. */
const previousForMs = 3 * 3_600_000;

/**
 * Folds episodes through the very functions of the pipeline, with the same state in memory that the database keeps.
 * Memory is bounded: what no later alert can join is forgotten.
 */
export function createReplay(rules: readonly CompiledRule[], topology: Topology): Replay {
  const memory = new IncidentMemory();
  const episodes = new Map<number, OpenEpisode>();
  // In the order of their ends, so that the oldest go first.
  const previous = new Map<string, PreviousEpisode>();

  const follow = (alert: AlertFacts, placement: Placement, scopes: readonly IncidentScope[]): number => {
    if (placement.outcome !== 'opened') {
      for (const id of placement.absorbs) memory.merge(id, placement.incidentId);
    }
    const incident =
      placement.outcome === 'opened'
        ? memory.open(placement.key, placement.rule, placement.environment)
        : memory.current(placement.incidentId);
    memory.fires(incident, {
      at: alert.startsAt,
      condition: conditionKey(alert),
      service: subjectOf(alert, topology).service,
      scopes,
    });
    return incident;
  };

  return {
    open(alertId, alert) {
      const condition = conditionKey(alert);
      const before = previous.get(condition) ?? null;
      const lookups: readonly IncidentLookup[] = lookupsOf(alert, rules, topology);
      const candidates = memory.candidates(lookups, before?.incidentId ?? null);
      const placement = place(alert, rules, topology, { candidates, previous: follows(before, memory) });
      const incident = follow(alert, placement, scopesOf(alert, rules, topology));
      episodes.set(alertId, { incident, condition, startsAt: alert.startsAt });
      memory.forgetBefore(alert.startsAt);
      return { incident, explanation: placement.explanation, placement };
    },
    end(alertId, endsAt) {
      const episode = episodes.get(alertId);
      if (episode === undefined) return;
      episodes.delete(alertId);
      const end = Math.max(endsAt, episode.startsAt);
      memory.ends(episode.incident, end);
      previous.delete(episode.condition);
      previous.set(episode.condition, { incidentId: episode.incident, endsAt: end });
      for (const [condition, { endsAt: ended }] of previous) {
        if (ended >= end - previousForMs) break;
        previous.delete(condition);
      }
    },
    incidentOf: (incident) => memory.current(incident),
    get incidentCount() {
      return memory.count;
    },
  };
}

function follows(previous: PreviousEpisode | null, memory: IncidentMemory): PreviousEpisode | null {
  return previous === null ? null : { ...previous, incidentId: memory.current(previous.incidentId) };
}
