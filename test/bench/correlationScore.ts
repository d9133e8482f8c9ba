/** Which incident one alert truly belongs to, and which it was put into; null where it was not seen at all. */
export interface Labelled {
  readonly truth: string;
  readonly found: string | null;
}

export interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly b3Precision: number;
  readonly b3Recall: number;
  readonly b3F1: number;
  /** True incidents that ended up in more than one. */
  readonly splits: number;
  /** Incidents that hold more than one true one. */
  readonly merges: number;
  readonly coverage: number;
  readonly trueIncidents: number;
  readonly incidents: number;
}

/**
 * Compares a partition with the true one. Pairwise: of all pairs put together, how many belong together (precision), and of
 * all that belong together, how many were put together (recall). B-cubed: the same seen from each alert, averaged, so that
 * the largest incident does not decide everything. An alert that was not seen is an incident of its own.
 */
export function scoreOf(alerts: readonly Labelled[]): Score {
  const found = alerts.map(({ found }, i) => found ?? `unseen ${i}`);
  const truthSizes = countBy(alerts.map(({ truth }) => truth));
  const foundSizes = countBy(found);
  const cells = countBy(alerts.map(({ truth }, i) => JSON.stringify([truth, found[i]])));
  const together = pairsIn(cells);
  const precision = share(together, pairsIn(foundSizes));
  const recall = share(together, pairsIn(truthSizes));
  let b3Precision = 0;
  let b3Recall = 0;
  alerts.forEach(({ truth }, i) => {
    const common = cells.get(JSON.stringify([truth, found[i]])) ?? 0;
    b3Precision += common / (foundSizes.get(found[i] ?? '') ?? 1) / alerts.length;
    b3Recall += common / (truthSizes.get(truth) ?? 1) / alerts.length;
  });
  const pairs = [...cells.keys()].map((cell): unknown => JSON.parse(cell)).filter(isPair);
  return {
    precision,
    recall,
    f1: harmonic(precision, recall),
    b3Precision,
    b3Recall,
    b3F1: harmonic(b3Precision, b3Recall),
    splits: [...countBy(pairs.map(([truth]) => truth)).values()].filter((count) => count > 1).length,
    merges: [...countBy(pairs.map(([, incident]) => incident)).values()].filter((count) => count > 1).length,
    coverage: share(alerts.filter((alert) => alert.found !== null).length, alerts.length),
    trueIncidents: truthSizes.size,
    incidents: foundSizes.size,
  };
}

function isPair(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2;
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function pairsIn(sizes: ReadonlyMap<string, number>): number {
  let pairs = 0;
  for (const size of sizes.values()) pairs += (size * (size - 1)) / 2;
  return pairs;
}

/** Of nothing everything is right. */
function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

function harmonic(a: number, b: number): number {
  return a + b === 0 ? 0 : (2 * a * b) / (a + b);
}
