import { createStore } from '../ui/createStore.ts';

const storageKey = 'tocsin.token';

function stored(): string {
  try {
    return sessionStorage.getItem(storageKey) ?? '';
  } catch {
    return '';
  }
}

/** The admin token; it lives as long as the tab, so a shared wall screen forgets it. */
export const tokenStore = createStore(stored());

/** True from the first refusal until a token was accepted. */
export const signInNeeded = createStore(false);

export function setToken(token: string): void {
  try {
    sessionStorage.setItem(storageKey, token);
  } catch {
    // Storage can be forbidden: the token then lasts as long as the page.
  }
  tokenStore.set(token);
}
