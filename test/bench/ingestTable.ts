import type { Round } from './ingest.js';
import { p50p99, ratio, whole, type Table } from './report.js';
import { median } from './statistics.js';

/** Medians over the rounds; ratios are medians of the ratios within a round, since the machine drifts between rounds. */
export function ingestTables(rounds: readonly Round[], seconds: number, stored: number): readonly Table[] {
  const names = [...new Set(rounds.map(({ scenario }) => scenario.name))];
  const roundCount = rounds.length / names.length;
  return [
    {
      title: `Ingest: durable alerts a second${stored === 0 ? '' : `, ${whole(stored)} alerts stored before`}`,
      columns: [
        'load',
        'Tocsin /s',
        'Alertmanager /s',
        'to Alertmanager',
        'bare Postgres /s',
        'to bare Postgres',
        'p50 / p99 ms',
        'Alertmanager p50 / p99 ms',
        'alerts a batch',
        'stored ≥ answered',
        'ClickHouse caught up after s',
      ],
      rows: names.map((name) =>
        rowOf(
          name,
          rounds.filter(({ scenario }) => scenario.name === name),
        ),
      ),
      notes: [
        `${roundCount} interleaved ${roundCount === 1 ? 'round' : 'rounds'} of ${seconds} s each on everything, medians [lowest–highest]; 16 connections, closed loop, 100 services, alerts of about 330 bytes; the same bytes to both.`,
        'Alertmanager is a fresh process each time, with no peers and nobody to notify; it answers from memory and keeps nothing over a crash. Tocsin answers after the commit, deduplicated and correlated, with log, timers and the ClickHouse relay running.',
        'Bare Postgres: the same rows by the same statements in batches of the size that Tocsin had, without HTTP, reading and deciding.',
        'Differences below 15 % are noise.',
      ],
    },
  ];
}

function rowOf(name: string, rounds: readonly Round[]): readonly string[] {
  const rates = rounds.map(({ product }) => product.alerts / product.seconds);
  const ofAlertmanager = rounds.flatMap(({ alertmanager: am }) => (am === null ? [] : [am.alerts / am.seconds]));
  const ofBare = rounds.map(({ bare }) => bare.alerts / bare.seconds);
  const refused = rounds.reduce((sum, { product }) => sum + countOf(product.refused), 0);
  const isStored = rounds.every(isComplete);
  const caughtUp = rounds.map(({ product }) => product.catchUpSeconds ?? Number.POSITIVE_INFINITY);
  return [
    name,
    rangeOf(rates),
    rangeOf(ofAlertmanager),
    ratio(median(ratios(rates, ofAlertmanager))),
    rangeOf(ofBare),
    ratio(median(ratios(rates, ofBare))),
    latencyOf(rounds.map(({ product }) => product.latency)),
    latencyOf(rounds.flatMap(({ alertmanager }) => (alertmanager === null ? [] : [alertmanager.latency]))),
    whole(median(rounds.map(({ product }) => product.batchAlerts))),
    `${isStored ? 'yes' : '**NO**'}${refused > 0 ? `, ${refused} refused` : ''}`,
    Number.isFinite(median(caughtUp)) ? median(caughtUp).toFixed(1) : 'more than 60',
  ];
}

/** Every alert that was answered 2xx is in Postgres: as a row where all were new, else as a counted receipt. */
function isComplete({ scenario, product, stored }: Round): boolean {
  const rows = scenario.choice === 'new' ? stored.rows : Number.POSITIVE_INFINITY;
  return Math.min(rows, stored.receipts) >= product.alerts;
}

function countOf(refused: Readonly<Record<string, number>>): number {
  return Object.values(refused).reduce((sum, count) => sum + count, 0);
}

function ratios(ours: readonly number[], theirs: readonly number[]): readonly number[] {
  return theirs.map((rate, index) => (ours[index] ?? Number.NaN) / rate);
}

function latencyOf(spreads: readonly { readonly p50: number; readonly p99: number }[]): string {
  return p50p99({ p50: median(spreads.map(({ p50 }) => p50)), p99: median(spreads.map(({ p99 }) => p99)) });
}

function rangeOf(rates: readonly number[]): string {
  if (rates.length === 0) return 'not installed';
  if (rates.length === 1) return whole(median(rates));
  return `${whole(median(rates))} [${whole(Math.min(...rates))}–${whole(Math.max(...rates))}]`;
}
