import type { AlertFacts, CompiledRule } from './correlation.js';
import { createReplay } from './replay.js';
import type { CorrelationRule } from './rule.js';
import { type Span, wouldOpen } from './ruleBacktestOpening.js';
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
  /** The next alert in the order in which they were received; its index, to end it by. */
  readonly open: (id: number, alert: AlertFacts) => number;
  readonly end: (index: number, endsAt: number) => void;
  readonly alerts: FoldedAlerts;
  readonly grouping: () => Grouping;
}

/** Decides alerts by one rule set, through the very functions of the pipeline. */
export function createBacktestFold(compiled: readonly CompiledRule[], topology: Topology): BacktestFold {
  const replay = createReplay(compiled, topology);
  const ids: number[] = [];
  const names: string[] = [];
  const spans: { readonly startsAt: number[]; readonly endsAt: number[] } = { startsAt: [], endsAt: [] };
  const incidents: number[] = [];
  const openingRules = new Map<number, CorrelationRule>();
  const spanOf = (index: number): Span => ({
    startsAt: spans.startsAt[index] ?? 0,
    endsAt: spans.endsAt[index] ?? Infinity,
  });
  return {
    alerts: { ids, names },
    open: (id, alert) => {
      const index = ids.length;
      ids.push(id);
      names.push(alert.service ?? alert.labels['alertname'] ?? alert.title);
      spans.startsAt.push(alert.startsAt);
      spans.endsAt.push(Infinity);
      const { incident, placement } = replay.open(index, alert);
      incidents.push(incident);
      if (!openingRules.has(incident)) openingRules.set(incident, placement.rule);
      return index;
    },
    end: (index, end) => {
      spans.endsAt[index] = Math.max(end, spans.startsAt[index] ?? end);
      replay.end(index, end);
    },
    grouping: () => {
      const merged = incidents.map((incident) => replay.incidentOf(incident));
      return numbered(merged, openingRules, heldBack(merged, openingRules, spanOf));
    },
  };
}

/** The incidents that threshold or hold of their rule would have kept from opening. */
function heldBack(
  merged: readonly number[],
  openingRules: ReadonlyMap<number, CorrelationRule>,
  spanOf: (index: number) => Span,
): ReadonlySet<number> {
  const waiting = new Map<number, Span[]>();
  for (const [index, incident] of merged.entries()) {
    const rule = openingRules.get(incident);
    if (rule === undefined || (rule.threshold === null && rule.holdSeconds === 0)) continue;
    const spans = waiting.get(incident);
    if (spans) spans.push(spanOf(index));
    else waiting.set(incident, [spanOf(index)]);
  }
  const held = new Set<number>();
  for (const [incident, spans] of waiting) {
    const rule = openingRules.get(incident);
    if (rule !== undefined && !wouldOpen(rule, spans)) held.add(incident);
  }
  return held;
}

function numbered(
  merged: readonly number[],
  openingRules: ReadonlyMap<number, CorrelationRule>,
  held: ReadonlySet<number>,
): Grouping {
  const numbers = new Map<number, number>();
  const rules: CorrelationRule[] = [];
  const incidentOf = new Int32Array(merged.length);
  for (const [index, incident] of merged.entries()) {
    if (held.has(incident)) continue;
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
