import type { FoundViewer } from '@tocsin/schema/postgres/viewer';

/** How long a right that was taken away may last where the news of it is lost. */
const keptMs = 10_000;
const largest = 10_000;

export interface ViewerCache {
  /** What is remembered under the key, else what `load` finds. Nobody is remembered as unknown. */
  readonly get: (key: string, load: () => Promise<FoundViewer | null>) => Promise<FoundViewer | null>;
  /** Null: everybody. */
  readonly forget: (personId: number | null) => void;
}

/** @param now epoch milliseconds */
export function createViewerCache(now: () => number): ViewerCache {
  // In order of their last reading, so that the first is the one to drop.
  const known = new Map<string, { readonly found: FoundViewer; readonly until: number }>();
  let moves = 0;

  async function load(key: string, read: () => Promise<FoundViewer | null>): Promise<FoundViewer | null> {
    const before = moves;
    const found = await read();
    // Read before a right moved and stored after: that would keep the old right for ten seconds.
    if (found === null || before !== moves) return found;
    known.set(key, { found, until: Math.min(now() + keptMs, found.expiresAt) });
    if (known.size > largest) known.delete(known.keys().next().value ?? '');
    return found;
  }

  return {
    get: async (key, read) => {
      const entry = known.get(key);
      known.delete(key);
      if (entry === undefined || entry.until <= now()) return load(key, read);
      known.set(key, entry);
      return entry.found;
    },
    forget: (personId) => {
      moves++;
      if (personId === null) return known.clear();
      for (const [key, { found }] of known) if (found.viewer.personId === personId) known.delete(key);
    },
  };
}
