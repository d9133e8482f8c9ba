import { useEffect, useEffectEvent } from 'react';
import { createStore, useStore } from '../ui/createStore.ts';

/** What the palette asks a panel for, which may still have to be shown. */
export type Asked = 'update' | 'task' | 'link' | 'actionItem' | 'role' | 'runbook';

const askedStore = createStore<Asked | null>(null);

export function ask(what: Asked): void {
  askedStore.set(what);
}

/** Does what was asked for as soon as the panel is on screen, once. Not before it is ready: its data may be on the way. */
export function useAsked(what: Asked, isReady: boolean, run: () => void): void {
  const isAsked = useStore(askedStore) === what && isReady;
  const answer = useEffectEvent(run);
  useEffect(() => {
    if (!isAsked) return;
    // The palette gives the focus back to where it was when it closes: what is asked for takes it after that.
    const timer = setTimeout(() => {
      askedStore.set(null);
      answer();
    }, 120);
    return () => clearTimeout(timer);
  }, [isAsked]);
}
