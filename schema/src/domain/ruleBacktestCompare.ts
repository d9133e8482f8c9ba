import { builtInRule } from './correlateWindows.js';
import type { BacktestDifferenceKind, BacktestResult, BacktestSummary } from './ruleBacktest.js';
import type { FoldedAlerts, Grouping } from './ruleBacktestFold.js';

const mostDifferences = 100;
const mostAlerts = 5;
/** Alerts that are looked at for a sentence. */
const mostNamed = 1_000;

/** Incidents of both groupings that are tied by common alerts. */
interface Component {
  readonly before: Set<number>;
  readonly after: Set<number>;
  /** In an incident before and after. */
  both: number;
  heldBack: number;
  opened: number;
}

/** The summaries of two groupings of the same alerts, and how they differ, the largest difference first. */
export function compareGroupings(alerts: FoldedAlerts, before: Grouping, after: Grouping): BacktestResult {
  const rootOf = tie(before, after);
  const components = new Map<number, Component>();
  for (const [index, b] of before.incidentOf.entries()) {
    const a = after.incidentOf[index] ?? 0;
    if (a === 0 && b === 0) continue;
    const component = at(components, rootOf(b === 0 ? before.incidentCount + a : b));
    if (b !== 0) component.before.add(b);
    if (a !== 0) component.after.add(a);
    if (a !== 0 && b !== 0) component.both++;
    else if (a === 0) component.heldBack++;
    else component.opened++;
  }
  const found = [...components].flatMap(([root, component]) => {
    const kind = kindOf(component);
    return kind === null ? [] : [{ root, kind, component, alertCount: countOf(kind, component) }];
  });
  const largest = found.toSorted((x, y) => y.alertCount - x.alertCount || x.root - y.root).slice(0, mostDifferences);
  const members = membersOf(largest, before, after, rootOf);
  return {
    before: summaryOf(before),
    after: summaryOf(after),
    differences: largest.map(({ root, kind, component, alertCount }) => {
      const indices = members.get(root) ?? [];
      return {
        kind,
        sentence: sentenceOf(kind, component, alertCount, indices, alerts, after),
        alertCount,
        incidentsBefore: component.before.size,
        incidentsAfter: component.after.size,
        alertIds: samplesOf(indices, before, after).flatMap((index) => alerts.ids[index] ?? []),
      };
    }),
  };
}

function summaryOf({ incidentOf, incidentCount }: Grouping): BacktestSummary {
  const sizes = new Int32Array(incidentCount + 1);
  let largest = 0;
  for (const incident of incidentOf) {
    const size = (sizes[incident] ?? 0) + 1;
    sizes[incident] = size;
    if (incident !== 0 && size > largest) largest = size;
  }
  const heldBack = sizes[0] ?? 0;
  return {
    alerts: incidentOf.length,
    incidents: incidentCount,
    alertsPerIncident: incidentCount === 0 ? 0 : (incidentOf.length - heldBack) / incidentCount,
    largestIncidentAlerts: largest,
    heldBack,
  };
}

/** Union-find over the incidents before (from 1) and after (behind them), joined by the alerts they share. */
function tie(before: Grouping, after: Grouping): (node: number) => number {
  const parents = new Int32Array(before.incidentCount + after.incidentCount + 1).map((_, node) => node);
  const rootOf = (node: number): number => {
    let root = node;
    for (let up = parents[root] ?? root; up !== root; up = parents[root] ?? root) {
      parents[root] = parents[up] ?? up;
      root = up;
    }
    return root;
  };
  for (const [index, b] of before.incidentOf.entries()) {
    const a = after.incidentOf[index] ?? 0;
    if (a !== 0 && b !== 0) parents[rootOf(before.incidentCount + a)] = rootOf(b);
  }
  return rootOf;
}

function at(components: Map<number, Component>, root: number): Component {
  let component = components.get(root);
  if (component === undefined) {
    component = { before: new Set(), after: new Set(), both: 0, heldBack: 0, opened: 0 };
    components.set(root, component);
  }
  return component;
}

function kindOf({ before, after, heldBack, opened }: Component): BacktestDifferenceKind | null {
  if (after.size === 0) return 'heldBack';
  if (before.size === 0) return 'opened';
  if (before.size > 1 && after.size > 1) return 'regrouped';
  if (before.size > 1) return 'joined';
  if (after.size > 1) return 'split';
  return heldBack > 0 ? 'heldBack' : opened > 0 ? 'opened' : null;
}

function countOf(kind: BacktestDifferenceKind, { both, heldBack, opened }: Component): number {
  return kind === 'heldBack' ? heldBack : kind === 'opened' ? opened : both + heldBack + opened;
}

type Found = { readonly root: number; readonly kind: BacktestDifferenceKind };

/** The first alerts that each difference is about. */
function membersOf(
  found: readonly Found[],
  before: Grouping,
  after: Grouping,
  rootOf: (node: number) => number,
): ReadonlyMap<number, readonly number[]> {
  const kinds = new Map(found.map(({ root, kind }) => [root, kind]));
  const members = new Map<number, number[]>(found.map(({ root }) => [root, []]));
  for (const [index, b] of before.incidentOf.entries()) {
    const a = after.incidentOf[index] ?? 0;
    if (a === 0 && b === 0) continue;
    const root = rootOf(b === 0 ? before.incidentCount + a : b);
    const own = members.get(root);
    const kind = kinds.get(root);
    if (own === undefined || own.length >= mostNamed) continue;
    if ((kind === 'heldBack' && a !== 0) || (kind === 'opened' && b !== 0)) continue;
    own.push(index);
  }
  return members;
}

/** Of as many incidents as there are, so that five alerts show what is put together or taken apart. */
function samplesOf(indices: readonly number[], before: Grouping, after: Grouping): readonly number[] {
  const seen = new Set<string>();
  const samples = indices.filter((index) => {
    const pair = `${before.incidentOf[index]} ${after.incidentOf[index]}`;
    return !seen.has(pair) && seen.add(pair);
  });
  return [...samples, ...indices.filter((index) => !samples.includes(index))].slice(0, mostAlerts);
}

function sentenceOf(
  kind: BacktestDifferenceKind,
  { before, after }: Component,
  alertCount: number,
  indices: readonly number[],
  alerts: FoldedAlerts,
  grouping: Grouping,
): string {
  const what = `${alertCount} ${alertCount === 1 ? 'alert' : 'alerts'} of ${namesOf(indices, alerts)}`;
  const by = ruleOf(after, grouping);
  switch (kind) {
    case 'joined':
      return `${what} would be one incident instead of ${before.size}${by}`;
    case 'split':
      return `${what} would be ${after.size} incidents instead of one${by}`;
    case 'regrouped':
      return `${what} would be grouped otherwise: ${after.size} incidents instead of ${before.size}${by}`;
    case 'heldBack':
      return `${what} would open no incident`;
    case 'opened':
      return `${what} would open ${after.size === 1 ? 'an incident' : `${after.size} incidents`}${by}`;
  }
}

function namesOf(indices: readonly number[], { names }: FoldedAlerts): string {
  const counts = new Map<string, number>();
  for (const index of indices) {
    const name = names[index] ?? '';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const frequent = [...counts].toSorted((a, b) => b[1] - a[1]);
  const shown = frequent.slice(0, 3).map(([name]) => name);
  const others = frequent.length - shown.length;
  if (others > 0) return `${shown.join(', ')} and ${others} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}

function ruleOf(incidents: ReadonlySet<number>, { rules }: Grouping): string {
  const [first] = incidents;
  const rule = first === undefined ? undefined : rules[first];
  return rule === undefined || rule.id === builtInRule.id ? '' : ` (rule “${rule.name}”)`;
}
