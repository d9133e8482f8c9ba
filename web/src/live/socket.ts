import { type Client, createClient } from 'graphql-ws';
import { connectionParams } from '../session/requestHeaders.ts';
import { signInNeeded } from '../session/token.ts';
import { backoffMs } from './backoff.ts';
import { livenessStore, signal } from './livenessStore.ts';

const pingEveryMs = 5_000;
const pongWithinMs = 5_000;

function socketUrl(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`;
}

/** Resolves after the back-off, or at once when the browser says it is online again. */
function waitBeforeRetry(attempt: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, backoffMs(attempt));
    addEventListener('online', done);
  });
}

const since = (startedAt: number): number => Math.round(performance.now() - startedAt);

/** In a storm messages come by the hundred; once a second is enough for an indicator. */
function heard(): void {
  const now = livenessStore.get();
  if (now.state !== 'live' || Date.now() - now.heardAt >= 1_000) signal({ kind: 'heard', at: Date.now() });
}

function refused(event: unknown): boolean {
  return event instanceof CloseEvent && (event.code === 4401 || event.code === 4403);
}

/** The one WebSocket of the page. It never gives up; what it hears drives the liveness indicator. */
export function createSocket(): Client {
  let openedAt = 0;
  let pingedAt = 0;
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: socketUrl,
    connectionParams,
    lazy: false,
    keepAlive: pingEveryMs,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: waitBeforeRetry,
    // The state is on screen and retried by the subscriptions; there is nobody to throw at.
    onNonLazyError: () => signal({ kind: 'closed', at: Date.now() }),
    on: {
      connecting: () => signal({ kind: 'attempt', at: Date.now() }),
      opened: () => {
        openedAt = performance.now();
      },
      // The first ping is seconds away; the greeting and its answer took the same way.
      connected: () => signal({ kind: 'connected', at: Date.now(), latencyMs: since(openedAt) }),
      message: heard,
      ping: (received) => {
        if (received) return;
        pingedAt = performance.now();
        clearTimeout(pongTimer);
        // A half-open connection (sleep, lost wifi) answers nothing: cut it, so that the retry begins.
        pongTimer = setTimeout(() => client.terminate(), pongWithinMs);
      },
      pong: (received) => {
        if (!received) return;
        clearTimeout(pongTimer);
        signal({ kind: 'heard', at: Date.now(), latencyMs: since(pingedAt) });
      },
      closed: (event) => {
        clearTimeout(pongTimer);
        if (refused(event)) signInNeeded.set(true);
        signal({ kind: 'closed', at: Date.now() });
      },
    },
  });
  addEventListener('offline', () => client.terminate());
  setInterval(() => {
    if (livenessStore.get().state !== 'stale') signal({ kind: 'tick', at: Date.now() });
  }, 1_000);
  return client;
}
