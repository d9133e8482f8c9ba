import { parseArgs } from 'node:util';

export const partNames = [
  'ingest',
  'live',
  'graphql',
  'kpi',
  'backtest',
  'start',
  'web',
  'correlation',
  'respond',
  'soak',
] as const;
export type PartName = (typeof partNames)[number];

export interface BenchOptions {
  readonly parts: readonly PartName[];
  /** Small data and short rounds: shows that everything runs, not how fast. */
  readonly isQuick: boolean;
  /** Storms through the whole product as well, not only through the functions that it applies. */
  readonly isLive: boolean;
  /** Alerts that are there before ingest is measured. */
  readonly stored: number;
  /** How long memory is watched under load. */
  readonly minutes: number;
  /** A file for the report, beside the terminal. */
  readonly out: string | null;
  /** The folder of labelled storms; null looks beside the repository. */
  readonly storms: string | null;
}

/** @throws Error with one sentence when an argument is not understood. */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      live: { type: 'boolean', default: false },
      stored: { type: 'string', default: '0' },
      minutes: { type: 'string', default: '60' },
      out: { type: 'string' },
      storms: { type: 'string' },
    },
  });
  const unknown = positionals.find((name) => !isPart(name));
  if (unknown !== undefined) throw new Error(`There is no part "${unknown}": choose from ${partNames.join(', ')}.`);
  if (!/^\d{1,9}$/.test(values.stored)) throw new Error(`--stored is a number of alerts, not "${values.stored}".`);
  if (!/^[1-9]\d{0,3}$/.test(values.minutes)) throw new Error(`--minutes is a number, not "${values.minutes}".`);
  return {
    minutes: Number(values.minutes),
    stored: Number(values.stored),
    // An hour of load is only asked for by name.
    parts:
      positionals.length === 0
        ? partNames.filter((name) => name !== 'soak')
        : partNames.filter((name) => positionals.includes(name)),
    isQuick: values.quick,
    isLive: values.live,
    out: values.out ?? null,
    storms: values.storms ?? null,
  };
}

function isPart(name: string): name is PartName {
  return partNames.some((part) => part === name);
}
