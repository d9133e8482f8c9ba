import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyTopology, Topology } from '@tocsin/schema/domain/topology';
import { foldStorm, type PlacedEpisode } from './correlationFold.js';
import { scoreOf, type Score } from './correlationScore.js';
import { readStormSet, type StormSet } from './correlationSet.js';
import { whole, type Table } from './report.js';
import { fromRepository } from './root.js';

/** How well alerts are grouped: labelled storms through the same functions that the pipeline applies, each with and without its catalogue. */
export async function measureCorrelation(folder: string | null): Promise<readonly Table[]> {
  const from = folder ?? fromRepository('..', 'shared', 'storms');
  if (!existsSync(from)) {
    const note = `There are no labelled storms at ${from}: name their folder with --storms.`;
    return [{ title: 'Correlation', columns: ['set'], rows: [], notes: [note] }];
  }
  const names = (await readdir(from)).filter((name) => existsSync(join(from, name, 'deliveries.jsonl'))).toSorted();
  const sets = await Promise.all(names.map((name) => readStormSet(from, name)));
  return [
    table('with the catalogue', sets, (set) => new Topology(set.services)),
    table('without a catalogue', sets, () => emptyTopology),
  ];
}

interface Measured extends Score {
  readonly extra: number;
  readonly rows: number;
}

function table(title: string, sets: readonly StormSet[], topologyOf: (set: StormSet) => Topology): Table {
  const scores = sets.map((set) => measure(set, foldStorm(set, [], topologyOf(set))));
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
export function measure(set: StormSet, placed: readonly PlacedEpisode[]): Measured {
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
