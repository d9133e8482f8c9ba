import { stringify } from 'yaml';
import { type CatalogueService, nameKey } from './service.js';

/** What an edit does to one service; `diff` holds the lines of its YAML, each behind `+`, `-` or a space. */
export interface ServiceChange {
  readonly kind: 'added' | 'changed' | 'removed';
  readonly what: 'service';
  readonly name: string;
  readonly diff: readonly string[];
}

/** The differences from one catalogue to another, in the order of the names. Services are the same by {@link nameKey}. */
export function serviceChanges(
  before: readonly CatalogueService[],
  after: readonly CatalogueService[],
): readonly ServiceChange[] {
  const old = new Map(before.map((service) => [nameKey(service.name), service]));
  const changes: ServiceChange[] = [];
  for (const service of after) {
    const was = old.get(nameKey(service.name));
    old.delete(nameKey(service.name));
    // Most services of an edit are as they were, and writing YAML takes a hundred times as long as comparing.
    if (was !== undefined && isSame(was, service)) continue;
    const diff = lineDiff(was === undefined ? [] : yamlOf(was), yamlOf(service));
    changes.push({ kind: was === undefined ? 'added' : 'changed', what: 'service', name: service.name, diff });
  }
  for (const service of old.values()) {
    changes.push({ kind: 'removed', what: 'service', name: service.name, diff: lineDiff(yamlOf(service), []) });
  }
  return changes.toSorted((a, b) => a.name.localeCompare(b.name));
}

/** The order in which a file states them. */
const fields = [
  'name',
  'kind',
  'environments',
  'namespace',
  'team',
  'tier',
  'runbookUrl',
  'aliases',
  'dependsOn',
  'escalationPolicy',
] as const satisfies readonly (keyof CatalogueService)[];

/** The service as it stands in a YAML file: without what it does not state. */
export function serviceYaml(service: CatalogueService): Readonly<Record<string, unknown>> {
  const stated = fields.filter((field) => {
    const value = service[field];
    return typeof value === 'object' ? (value?.length ?? 0) > 0 : value !== undefined;
  });
  return Object.fromEntries(stated.map((field) => [field, service[field]]));
}

function isSame(a: CatalogueService, b: CatalogueService): boolean {
  return fields.every((field) => JSON.stringify(a[field] ?? null) === JSON.stringify(b[field] ?? null));
}

function yamlOf(service: CatalogueService): readonly string[] {
  return stringify(serviceYaml(service), { lineWidth: 0 }).trimEnd().split('\n');
}

/** Beyond it the middle of a diff is all of the old and then all of the new: it would take too long to do better. */
const largestTable = 90_000;

/** The lines of a unified diff without its headers. */
export function lineDiff(before: readonly string[], after: readonly string[]): readonly string[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let same = 0;
  while (same < before.length - start && same < after.length - start && before.at(-1 - same) === after.at(-1 - same)) {
    same++;
  }
  const removed = before.slice(start, before.length - same);
  const added = after.slice(start, after.length - same);
  const kept = (lines: readonly string[]): readonly string[] => lines.map((line) => ` ${line}`);
  return [...kept(before.slice(0, start)), ...middle(removed, added), ...kept(before.slice(before.length - same))];
}

function middle(before: readonly string[], after: readonly string[]): readonly string[] {
  if (before.length * after.length > largestTable) return [...marked('-', before), ...marked('+', after)];
  // longest[i][j]: of what two ends have in common
  const longest = Array.from({ length: before.length + 1 }, () => Array.from({ length: after.length + 1 }, () => 0));
  const at = (i: number, j: number): number => longest[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    const row = longest[i] ?? [];
    for (let j = after.length - 1; j >= 0; j--) {
      row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      lines.push(` ${before[i++]}`);
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) lines.push(`-${before[i++]}`);
    else lines.push(`+${after[j++]}`);
  }
  return [...lines, ...marked('-', before.slice(i)), ...marked('+', after.slice(j))];
}

function marked(sign: string, lines: readonly string[]): readonly string[] {
  return lines.map((line) => sign + line);
}
