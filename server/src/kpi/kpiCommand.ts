import { CannotOpenClickHouse } from '@tocsin/schema/clickhouse/cannotOpen';
import { CannotStart } from '@tocsin/schema/postgres/cannotStart';
import { ConfigError } from '@tocsin/schema/runtime/configError';
import { z } from 'zod';
import { parseStandaloneConfig, type StandaloneConfig } from '../config.js';
import { openStores } from './openStores.js';
import { rebuildProjection, type RebuildReport } from './rebuildProjection.js';
import { rebuildResult, verifyResult, type CommandResult } from './reportText.js';
import { findRunningProcess, type RunningProcess } from './runningProcess.js';
import { verifyKpis, type KpiStores, type VerifyReport } from './verifyKpis.js';

/** A command over both stores, run here or by the process that holds them. */
interface KpiCommand<Report> {
  readonly path: string;
  /** What the process that holds the stores answers. */
  readonly report: z.ZodType<Report>;
  readonly run: (stores: KpiStores) => Promise<Report>;
  readonly result: (report: Report) => CommandResult;
}

const difference = z.object({
  metric: z.string(),
  grouping: z.string(),
  key: z.string(),
  field: z.string(),
  postgres: z.number().nullable(),
  clickhouse: z.number().nullable(),
});

export const verifyCommand: KpiCommand<VerifyReport> = {
  path: '/internal/verify',
  report: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('compared'), compared: z.number(), differences: z.array(difference) }),
    z.object({ outcome: z.literal('behind'), lagSeconds: z.number() }),
  ]),
  run: (stores) => verifyKpis(stores),
  result: verifyResult,
};

export const rebuildCommand: KpiCommand<RebuildReport> = {
  path: '/internal/rebuild',
  report: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('rebuilt'), events: z.number(), rows: z.record(z.string(), z.number()) }),
    z.object({ outcome: z.literal('busy') }),
  ]),
  run: (stores) => rebuildProjection(stores),
  result: rebuildResult,
};

/** Never throws: what keeps it from running is one sentence and exit code 2. */
export async function runKpiCommand<Report>(
  command: KpiCommand<Report>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<CommandResult> {
  try {
    return command.result(await reportOf(command, parseStandaloneConfig(environment)));
  } catch (error) {
    return { text: sentenceOf(error), exitCode: 2 };
  }
}

async function reportOf<Report>(command: KpiCommand<Report>, config: StandaloneConfig): Promise<Report> {
  const isEmbedded = config.databaseUrl === null || config.clickhouseUrl === null;
  const running = isEmbedded ? await findRunningProcess(config.dataDir) : null;
  if (running !== null) return askRunning(command, running);
  const stores = await openStores(config);
  try {
    return await command.run(stores);
  } finally {
    await stores.close();
  }
}

async function askRunning<Report>(command: KpiCommand<Report>, running: RunningProcess): Promise<Report> {
  const response = await fetch(new URL(command.path, running.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${running.secret}` },
  });
  if (!response.ok) {
    throw new CannotStart(`The running Tocsin at ${running.url} answered ${response.status}: ${await response.text()}`);
  }
  return command.report.parse(await response.json());
}

function sentenceOf(error: unknown): string {
  const isForUsers =
    error instanceof CannotStart || error instanceof CannotOpenClickHouse || error instanceof ConfigError;
  if (isForUsers) return error.message;
  return `It could not run: ${error instanceof Error ? error.message || error.name : String(error)}`;
}
