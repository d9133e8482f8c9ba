import { socket } from '../graphql/client.ts';
import { createStore } from '../ui/createStore.ts';
import { onIncidentChange } from './incidentFeed.ts';

/** Missed events come in one burst after a reconnect; what arrives within this time counts as missed. */
const burstMs = 1_500;
const shownMs = 8_000;

/** The sentence to say after a reconnect, or null when there is nothing to say. */
export const catchUpNotice = createStore<string | null>(null);

function say(missed: number): void {
  catchUpNotice.set(
    missed === 0 ? 'Reconnected: nothing was missed' : `Caught up: ${missed} ${missed === 1 ? 'event' : 'events'}`,
  );
  setTimeout(() => catchUpNotice.set(null), shownMs);
}

export function watchReconnects(): () => void {
  return socket.on('connected', (_socket, _payload, wasRetry) => {
    if (!wasRetry) return;
    let missed = 0;
    const leave = onIncidentChange(() => missed++);
    setTimeout(() => {
      leave();
      say(missed);
    }, burstMs);
  });
}
