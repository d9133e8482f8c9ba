import { writeFile } from 'node:fs/promises';
import { measureBacktest } from './backtest.js';
import { measureCorrelation } from './correlation.js';
import { measureIngest } from './ingest.js';
import { measureGraphql } from './graphql.js';
import { measureKpi } from './kpi.js';
import { measureLive } from './live.js';
import { describeMachine } from './machine.js';
import { parseOptions, type BenchOptions, type PartName } from './options.js';
import { markdownOf, type Table } from './report.js';
import { measureRespond } from './respond.js';
import { createScope, within, type Scope } from './scope.js';
import { measureSoak } from './soak.js';
import { measureStart } from './start.js';
import { measureWeb } from './web.js';

/** Measures one part; everything it starts goes into the scope. */
type Part = (
  scope: Scope,
  options: Pick<BenchOptions, 'isQuick' | 'stored' | 'storms' | 'isLive' | 'minutes'>,
) => Promise<readonly Table[]>;

const parts: Readonly<Record<PartName, Part>> = {
  ingest: measureIngest,
  live: measureLive,
  graphql: measureGraphql,
  kpi: measureKpi,
  backtest: measureBacktest,
  start: measureStart,
  web: measureWeb,
  correlation: measureCorrelation,
  respond: measureRespond,
  soak: measureSoak,
};

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  const scope = createScope();
  let isInterrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isInterrupted) return;
      isInterrupted = true;
      say('Stopping, and removing what was made …');
      void scope.close().then(() => process.exit(130));
    });
  }
  const failures: string[] = [];
  const sections = [await headline(scope, options)];
  for (const name of options.parts) {
    const startedAt = performance.now();
    say(`${name} …`);
    try {
      sections.push(...(await within(scope, (inner) => parts[name](inner, options))).map(markdownOf));
    } catch (error) {
      if (isInterrupted) return new Promise(() => undefined);
      failures.push(name);
      sections.push(`### ${name}\n\nFailed: ${error instanceof Error ? error.message : String(error)}`);
      say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    say(`${name} took ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
  }
  const report = `${sections.join('\n\n')}\n`;
  process.stdout.write(report);
  if (options.out !== null) await writeFile(options.out, report);
  await scope.close();
  return failures.length === 0 ? 0 : 1;
}

async function headline(scope: Scope, { isQuick, parts: chosen }: BenchOptions): Promise<string> {
  const machine = await within(scope, describeMachine);
  const how = isQuick ? ' (quick: it shows that everything runs, not how fast)' : '';
  return `## Measured ${new Date().toISOString().slice(0, 10)}: ${chosen.join(', ')}${how}\n\n${machine}`;
}

/** Progress, so that the table alone is on standard output. */
function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
