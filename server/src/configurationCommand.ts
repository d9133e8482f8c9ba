import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CannotStart } from '@tocsin/schema/postgres/cannotStart';
import { DomainFailure } from '@tocsin/schema/domain/errors';
import { startEmbeddedPostgres } from '@tocsin/schema/postgres/embedded';
import { migratePostgres } from '@tocsin/schema/postgres/migrate';
import { createPool, type Pool } from '@tocsin/schema/postgres/pool';
import { ConfigError } from '@tocsin/schema/runtime/configError';
import { parseStandaloneConfig } from './config.js';
import { applyConfiguration, type ConfigurationResult, exportConfiguration } from './configurationApply.js';
import type { CommandResult } from './kpi/reportText.js';

const usage = `Usage: npm run config -- export [FILE]
       npm run config -- apply FILE [--dry-run]

Rules, maintenance windows, services, teams, on-call schedules, escalation policies, channels (without their secrets),
types of incident, templates, runbooks, automation and the status page as one YAML file. apply makes them what the file says; with --dry-run it shows
what would change and ends with 1 where something would.`;

type Task =
  | { readonly kind: 'export'; readonly file: string | null }
  | { readonly kind: 'apply'; readonly file: string; readonly dryRun: boolean };

/** Never throws: what keeps it from running is one sentence and exit code 2. A dry run that finds changes ends with 1. */
export async function runConfigurationCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<CommandResult> {
  const task = taskOf(args);
  if (task === null) return { text: usage, exitCode: 2 };
  try {
    return await withPool(environment, (pool) =>
      task.kind === 'export' ? exportTo(pool, task.file) : applyFrom(pool, task),
    );
  } catch (error) {
    return { text: sentenceOf(error), exitCode: 2 };
  }
}

function taskOf(args: readonly string[]): Task | null {
  const [kind, ...rest] = args;
  const files = rest.filter((arg) => !arg.startsWith('--'));
  const flags = rest.filter((arg) => arg.startsWith('--'));
  const [file] = files;
  if (files.length > 1 || flags.some((flag) => flag !== '--dry-run')) return null;
  if (kind === 'export' && flags.length === 0) return { kind, file: file ?? null };
  return kind === 'apply' && file !== undefined ? { kind, file, dryRun: flags.length > 0 } : null;
}

async function exportTo(pool: Pool, file: string | null): Promise<CommandResult> {
  const text = await exportConfiguration(pool);
  if (file === null) return { text: text.trimEnd(), exitCode: 0 };
  await writeFile(file, text);
  return { text: `Written to ${file}.`, exitCode: 0 };
}

async function applyFrom(pool: Pool, { file, dryRun }: Task & { readonly kind: 'apply' }): Promise<CommandResult> {
  const document = await readFile(file, 'utf8');
  const actor = { kind: 'system', name: 'configuration file' } as const;
  const result = await applyConfiguration(pool, document, { dryRun, actor, now: Date.now() });
  return { text: textOf(result, dryRun), exitCode: dryRun && result.changes.length > 0 ? 1 : 0 };
}

function textOf({ changes }: ConfigurationResult, dryRun: boolean): string {
  if (changes.length === 0) return 'Nothing to change.';
  const blocks = changes.map(({ kind, what, name, diff }) => [
    `${what} “${name}” ${kind}`,
    ...diff.map((line) => `  ${line}`),
  ]);
  const count = `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}`;
  return [...blocks.flat(), dryRun ? `${count}; nothing was applied.` : `${count} applied.`].join('\n');
}

/** Beside a running process as well: that one is told of the change by the database. */
export async function withPool<T>(
  environment: Readonly<Record<string, string | undefined>>,
  work: (pool: Pool) => Promise<T>,
): Promise<T> {
  const { databaseUrl, dataDir } = parseStandaloneConfig(environment);
  const embedded = databaseUrl === null ? await openEmbedded(dataDir) : null;
  const pool = createPool({
    connectionString: databaseUrl ?? embedded?.connectionString ?? '',
    applicationName: 'tocsin-command',
    max: 2,
  });
  try {
    await migratePostgres(pool);
    return await work(pool);
  } finally {
    await pool.end();
    await embedded?.close();
  }
}

async function openEmbedded(dataDir: string) {
  await access(join(dataDir, 'postgres')).catch((cause: unknown) => {
    throw new CannotStart(`There is no data in ${dataDir} yet: run npm start first, or set TOCSIN_DATA_DIR.`, {
      cause,
    });
  });
  const { connectionString, wasAdopted, leave, stop } = await startEmbeddedPostgres({ dataDir });
  // One that was found running is another process's.
  return { connectionString, close: wasAdopted ? async () => leave() : stop };
}

export function sentenceOf(error: unknown): string {
  if (error instanceof DomainFailure) {
    const { error: refusal } = error;
    const place = refusal.code === 'EXPRESSION_INVALID' ? `, line ${refusal.line}, column ${refusal.column}` : '';
    return 'field' in refusal ? `${refusal.field}${place}: ${refusal.message}` : refusal.message;
  }
  if (error instanceof CannotStart || error instanceof ConfigError) return error.message;
  return `It could not run: ${error instanceof Error ? error.message || error.name : String(error)}`;
}
