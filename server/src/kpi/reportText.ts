import type { KpiDifference } from './compareKpis.js';
import type { RebuildReport } from './rebuildProjection.js';
import type { VerifyReport } from './verifyKpis.js';

/** What a command ends with: its lines, and 0 all well, 1 differences, 2 could not run. */
export interface CommandResult {
  readonly text: string;
  readonly exitCode: 0 | 1 | 2;
}

/** Differences beyond these are counted, not printed. */
const maxPrinted = 200;

export function verifyResult(report: VerifyReport): CommandResult {
  if (report.outcome === 'behind') {
    const lag = report.lagSeconds.toFixed(1);
    return {
      text: `Nothing was compared: ClickHouse is ${lag} s behind the log and did not catch up. Try again.`,
      exitCode: 2,
    };
  }
  const { compared, differences } = report;
  const summary = `${compared} numbers compared, ${differences.length} differences`;
  if (differences.length === 0) return { text: summary, exitCode: 0 };
  const left = differences.length - maxPrinted;
  const lines = [
    ...differenceTable(differences.slice(0, maxPrinted)),
    ...(left > 0 ? [`… and ${left} more`] : []),
    summary,
  ];
  return { text: lines.join('\n'), exitCode: 1 };
}

export function rebuildResult(report: RebuildReport): CommandResult {
  if (report.outcome === 'busy') {
    return {
      text: 'Nothing was rebuilt: another process was writing to ClickHouse all the time. Try again.',
      exitCode: 2,
    };
  }
  const rows = Object.entries(report.rows).map(([table, count]) => `  ${table.padEnd(16)} ${count} rows`);
  return { text: [`Rebuilt from ${report.events} events of the log:`, ...rows].join('\n'), exitCode: 0 };
}

function differenceTable(differences: readonly KpiDifference[]): readonly string[] {
  const header = ['metric', 'by', 'key', 'field', 'postgres', 'clickhouse'];
  const cells = differences.map(({ metric, grouping, key, field, postgres, clickhouse }) => {
    return [metric, grouping.toLowerCase(), key, field, String(postgres ?? '–'), String(clickhouse ?? '–')];
  });
  const widths = header.map((_, column) => Math.max(...[header, ...cells].map((row) => row[column]?.length ?? 0)));
  return [header, ...cells].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
