import type { z } from 'zod';
import { ConfigError } from './configError.js';
import { foreignVariables, settings } from './settings.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads one process's variables. Empty ones count as unset, as Compose passes them.
 * @throws ConfigError naming every wrong variable and every unknown TOCSIN_ variable at once
 */
export function parseEnvironment<T>(schema: z.ZodType<T>, environment: Environment): T {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(set);
  const wrong = parsed.success ? [] : parsed.error.issues.map((issue) => problemOf(issue, set));
  const problems = [...new Set(wrong), ...unknownVariables(Object.keys(set))];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return parsed.data;
}

function problemOf(issue: z.core.$ZodIssue, set: Environment): string {
  const name = String(issue.path[0] ?? '');
  // What concerns more than one variable is a whole sentence already.
  if (issue.code === 'custom' && issue.path.length === 0) return issue.message;
  const value = set[name];
  if (value === undefined) return `${name} is missing: it should be ${issue.message}.`;
  return `${name} should be ${issue.message}${isSecret(name) ? '' : `, not ${JSON.stringify(value)}${hintAt(value)}`}.`;
}

function hintAt(value: string): string {
  return value.startsWith('tcp://')
    ? ' (Kubernetes sets it for a Service of this name: set enableServiceLinks to false)'
    : '';
}

function isSecret(name: string): boolean {
  return Object.entries(settings).some(([known, setting]) => known === name && setting.meta()?.['secret'] === true);
}

/** Until 0.2 one secret let everybody in; who still sets it would believe that it keeps somebody out. */
const adminTokenIsGone =
  'TOCSIN_ADMIN_TOKEN is gone: people sign in now. Remove it; the first start prints a link that creates the admin.';

function unknownVariables(names: readonly string[]): readonly string[] {
  const known = Object.keys(settings);
  const removed = names.includes('TOCSIN_ADMIN_TOKEN') ? [adminTokenIsGone] : [];
  const unknown = names
    .filter(
      (name) =>
        name.startsWith('TOCSIN_') &&
        name !== 'TOCSIN_ADMIN_TOKEN' &&
        !known.includes(name) &&
        !foreignVariables.test(name),
    )
    .map((name) => `${name} is not a setting of Tocsin: did you mean ${nearest(name, known)}?`);
  return [...removed, ...unknown];
}

function nearest(name: string, known: readonly string[]): string {
  const byDistance = known.map((candidate) => ({ candidate, distance: editDistance(name, candidate) }));
  return byDistance.toSorted((a, b) => a.distance - b.distance)[0]?.candidate ?? '';
}

/** Levenshtein's: insertions, deletions and substitutions count one each. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
