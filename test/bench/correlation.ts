import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyTopology, Topology } from '@tocsin/schema/domain/topology';
import { foldStorm, type PlacedEpisode } from './correlationFold.js';
import { stormThroughProduct, type ShownEpisode } from './correlationLive.js';
import { scoreOf, type Score } from './correlationScore.js';
import { readStormSet, type StormSet } from './correlationSet.js';
import { whole, type Table } from './report.js';
import type { BenchOptions } from './options.js';
import { fromRepository } from './root.js';
import { within, type Scope } from './scope.js';

/** How well alerts are grouped: labelled storms through the same functions that the pipeline applies, each with and without its catalogue. */
export async function measureCorrelation(
  scope: Scope,
  { storms, isLive }: Pick<BenchOptions, 'storms' | 'isLive'>,
): Promise<readonly Table[]> {
  const from = storms ?? fromRepository('..', 'shared', 'storms');
  if (!existsSync(from)) {
    const note = `There are no labelled storms at ${from}: name their folder with --storms.`;
    return [{ title: 'Correlation', columns: ['set'], rows: [], notes: [note] }];
  }
  const names = (await readdir(from)).filter((name) => existsSync(join(from, name, 'deliveries.jsonl'))).toSorted();
  const sets = await Promise.all(names.map((name) => readStormSet(from, name)));
  const folded = [
    table('with the catalogue', sets, (set) => foldStorm(set, [], new Topology(set.services))),
    table('without a catalogue', sets, (set) => foldStorm(set, [], emptyTopology)),
  ];
  return isLive ? [...folded, ...(await liveTables(scope, sets))] : folded;
}

/** The same storms posted to a running product and read back through its API: what people would have seen. */
async function liveTables(scope: Scope, sets: readonly StormSet[]): Promise<readonly Table[]> {
  const tables: Table[] = [];
  for (const withCatalogue of [true, false]) {
    const shown = new Map<StormSet, readonly ShownEpisode[]>();
    for (const set of sets) {
      shown.set(set, await within(scope, (inner) => stormThroughProduct(inner, set, withCatalogue)));
    }
    const title = `through the product, ${withCatalogue ? 'with the catalogue' : 'without a catalogue'}`;
    tables.push(table(title, sets, (set) => shown.get(set) ?? []));
  }
  return tables;
}

type Placed = Pick<PlacedEpisode, 'fingerprint' | 'startsAt'> & { readonly incident: number | string };

interface Measured extends Score {
  readonly extra: number;
  readonly rows: number;
}

function table(title: string, sets: readonly StormSet[], placedOf: (set: StormSet) => readonly Placed[]): Table {
  const scores = sets.map((set) => measure(set, placedOf(set)));
  const rows = scores.map((score, i) => [sets[i]?.name ?? '', ...cellsOf(score)]);
  const mean = (of: (score: Measured) => number): string =>
    (scores.reduce((sum, score) => sum + of(score), 0) / scores.length).toFixed(3);
  const means = [mean((s) => s.precision), mean((s) => s.recall), mean((s) => s.f1), mean((s) => s.b3F1)];
  return {
    title: `Correlation ${title}`,
    columns: [
      'set',
      'precision',
      'recall',
      'F1',
      'B-cubed F1',
      'compression',
      'incidents (true)',
      'splits',
      'merges',
      'coverage',
      'extra',
    ],
    rows: [...rows, ['mean', ...means, '', '', '', '', '', '']],
    notes: [],
  };
}

function cellsOf(score: Measured): readonly string[] {
  const { precision, recall, f1, b3F1, incidents, trueIncidents, splits, merges, coverage, extra, rows } = score;
  return [
    ...[precision, recall, f1, b3F1].map((value) => value.toFixed(3)),
    `${((1 - incidents / rows) * 100).toFixed(1)} %`,
    `${whole(incidents)} (${whole(trueIncidents)})`,
    ...[splits, merges].map(whole),
    `${(coverage * 100).toFixed(1)} %`,
    whole(extra),
  ];
}

/** A row without a true episode, or a second one for the same, is extra: deduplication failed there. */
function measure(set: StormSet, placed: readonly Placed[]): Measured {
  const indexOf = new Map<string, number>();
  set.truth.forEach(({ fingerprint, startsAt }, i) => {
    for (const start of startsAt) indexOf.set(`${fingerprint} ${start}`, i);
  });
  const found = new Map<number, string>();
  let extra = 0;
  for (const { fingerprint, startsAt, incident } of placed) {
    const index = indexOf.get(`${fingerprint} ${startsAt}`);
    if (index === undefined || found.has(index)) extra++;
    else found.set(index, String(incident));
  }
  const labelled = set.truth.map(({ incident }, i) => ({ truth: incident, found: found.get(i) ?? null }));
  return { ...scoreOf(labelled), extra, rows: placed.length };
}
