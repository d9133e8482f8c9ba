import { type AuditReport, verifyAudit } from '@tocsin/schema/postgres/auditVerify';
import { parseStandaloneConfig } from '../config.js';
import { sentenceOf, withPool } from '../configurationCommand.js';
import type { CommandResult } from '../kpi/reportText.js';

const usage = `Usage: npm run verify-audit [-- --from 2026-11-27]

Recomputes the seals of the log and says whether anything was changed behind its back: 0 nothing, 1 something.`;
const dayMs = 86_400_000;

/** Never throws: what keeps it from running is one sentence and exit code 2. */
export async function runVerifyAudit(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<CommandResult> {
  const from = args.length === 0 ? null : args[0] === '--from' && args.length === 2 ? args[1] : undefined;
  if (from === undefined || (from !== null && !/^\d{4}-\d\d-\d\d$/.test(from))) return { text: usage, exitCode: 2 };
  try {
    const { auditDays } = parseStandaloneConfig(environment).retention;
    const floor = auditDays === null ? null : Date.now() - auditDays * dayMs;
    return resultOf(await withPool(environment, (pool) => verifyAudit(pool, from, floor)));
  } catch (error) {
    return { text: sentenceOf(error), exitCode: 2 };
  }
}

function resultOf({ seals, events, archived, problems, head }: AuditReport): CommandResult {
  if (problems.length > 0) return { text: [...problems, 'The log is not as it was written.'].join('\n'), exitCode: 1 };
  if (head === null) return { text: 'Nothing is sealed yet.', exitCode: 0 };
  const older = archived === 0 ? '' : `, ${archived} of them by their audit trail alone`;
  return { text: `${seals} seals over ${events} events hold${older}. Newest: ${head}`, exitCode: 0 };
}
