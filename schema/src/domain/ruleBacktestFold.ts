import type { AlertFacts, CompiledRule } from './correlation.js';
import { createReplay, type HeardEnd } from './replay.js';
import type { CorrelationRule } from './rule.js';
import type { Topology } from './topology.js';

/** One rule set's grouping: by the alert's index its incident, 0 for none. Incidents are numbered from 1 without gaps. */
export interface Grouping {
  readonly incidentOf: Int32Array;
  readonly incidentCount: number;
  /** By the incident's number. */
  readonly rules: readonly CorrelationRule[];
}

/** What sentences tell of the alerts, by their index. */
export interface FoldedAlerts {
  readonly ids: readonly number[];
  readonly names: readonly string[];
}

export interface BacktestFold {
  /** The next alert in the order in which they were received, and when that was; its index, to end it by. */
  readonly open: (id: number, alert: AlertFacts, receivedAt: number) => number;
  readonly end: (index: number, endsAt: number, heard: HeardEnd) => void;
  readonly alerts: FoldedAlerts;
  /** What has become of them by then. */
  readonly grouping: (until: number) => Grouping;
}

/** Decides alerts by one rule set, through the very functions of the pipeline. */
export function createBacktestFold(compiled: readonly CompiledRule[], topology: Topology): BacktestFold {
  const ids: number[] = [];
  const names: string[] = [];
  const incidents: number[] = [];
  const openingRules = new Map<number, CorrelationRule>();
  const replay = createReplay(compiled, topology, (index, incident, { rule, outcome }) => {
    incidents[index] = incident;
    if (outcome === 'opened') openingRules.set(incident, rule);
  });
  return {
    alerts: { ids, names },
    open: (id, alert, receivedAt) => {
      const index = ids.length;
      ids.push(id);
      names.push(alert.service ?? alert.labels['alertname'] ?? alert.title);
      incidents.push(0);
      replay.open(index, alert, { receivedAt });
      return index;
    },
    end: (index, end, heard) => replay.end(index, end, heard),
    grouping: (until) => {
      replay.waitUntil(until);
      return numbered(
        incidents.map((incident) => replay.incidentOf(incident)),
        openingRules,
      );
    },
  };
}

function numbered(merged: readonly number[], openingRules: ReadonlyMap<number, CorrelationRule>): Grouping {
  const numbers = new Map<number, number>();
  const rules: CorrelationRule[] = [];
  const incidentOf = new Int32Array(merged.length);
  for (const [index, incident] of merged.entries()) {
    if (incident === 0) continue;
    let number = numbers.get(incident);
    if (number === undefined) {
      number = numbers.size + 1;
      numbers.set(incident, number);
      const rule = openingRules.get(incident);
      if (rule !== undefined) rules[number] = rule;
    }
    incidentOf[index] = number;
  }
  return { incidentOf, incidentCount: numbers.size, rules };
}
