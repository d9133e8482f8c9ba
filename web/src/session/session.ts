import { createStore } from '../ui/createStore.ts';

/** True from the first request that nobody's session came with: the page then leads to the sign-in. */
export const sessionEnded = createStore(false);

/**
 * A path of ours to go on to after signing in, `/` for anything else: what stands in an address may have been put there
 * by somebody who wants to be gone to.
 */
export function safePath(text: unknown): string {
  // oxlint-disable-next-line no-control-regex -- browsers drop tabs and line breaks before they look
  if (typeof text !== 'string' || !/^\/(?![/\\])[^\\\u0000-\u001f]*$/.test(text)) return '/';
  return /^\/(sign-in|auth)(?![\w-])/.test(text) ? '/' : text;
}

/**
 * Opens a page of ours anew: what the person before had loaded does not stay in memory, and the one who comes starts
 * with nothing of theirs.
 */
export function startAfresh(path: string): void {
  location.assign(path);
}

/** Ends the session here and on the server; the page goes to the sign-in either way. */
export async function signOut(): Promise<void> {
  await fetch('/auth/sign-out', { method: 'POST' }).catch(() => undefined);
  startAfresh('/sign-in');
}
