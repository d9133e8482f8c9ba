import { createStore } from '../ui/createStore.ts';

const storageKey = 'tocsin.actor';

function stored(): string {
  try {
    return localStorage.getItem(storageKey) ?? '';
  } catch {
    // Storage can be forbidden (private windows, policies): the name then lasts as long as the page.
    return '';
  }
}

/** The name under which this browser acts; empty until somebody gave one. */
export const actorStore = createStore(stored());

/** Set while the name is being asked for; called with the name, or null when the person gave up. */
export const actorQuestion = createStore<((name: string | null) => void) | null>(null);

export function setActor(name: string): void {
  const trimmed = name.trim();
  try {
    localStorage.setItem(storageKey, trimmed);
  } catch {
    // See above: kept for the page only.
  }
  actorStore.set(trimmed);
}

/** The name to act under, asking for it the first time. Null when the person gave up. */
export function ensureActor(): Promise<string | null> {
  if (actorStore.get()) return Promise.resolve(actorStore.get());
  actorQuestion.get()?.(null);
  return new Promise((resolve) => {
    actorQuestion.set((name) => {
      actorQuestion.set(null);
      if (name) setActor(name);
      resolve(name);
    });
  });
}
