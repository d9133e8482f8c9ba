/** One changed place of a document: `name`, `layers[2].handoffTime`. Null: it was not there. */
export interface Difference {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

function parsed(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function flatten(value: unknown, path: string, into: Map<string, string>): void {
  if (typeof value === 'object' && value !== null) {
    const isList = Array.isArray(value);
    const entries = Object.entries(value);
    for (const [key, each] of entries) {
      flatten(each, isList ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`, into);
    }
    if (entries.length > 0) return;
  }
  if (value !== undefined) into.set(path, typeof value === 'string' ? value : JSON.stringify(value));
}

/** What changed between two JSON texts, place by place, in the order of the newer one. */
export function auditDiff(before: string | null, after: string | null): readonly Difference[] {
  const old = new Map<string, string>();
  const now = new Map<string, string>();
  flatten(parsed(before), '', old);
  flatten(parsed(after), '', now);
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((path) => ({ path, before: old.get(path) ?? null, after: now.get(path) ?? null }))
    .filter((each) => each.before !== each.after);
}
