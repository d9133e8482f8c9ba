import { type Client, createClient } from 'graphql-ws';
import { sessionEnded } from '../session/session.ts';
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

/** The server's own close codes: nobody's session, and rights that moved. */
const unauthenticated = 4401;
const rightsMoved = 4403;

interface SocketOptions {
  /** What the page shows may be more or less than the viewer may see now; the subscriptions resume by themselves. */
  readonly onRightsMoved: () => void;
}

/**
 * The one WebSocket of the page: there while something is subscribed to, so not before somebody signed in. It never gives
 * up; what it hears drives the liveness indicator.
 */
export function createSocket({ onRightsMoved }: SocketOptions): Client {
  let openedAt = 0;
  let pingedAt = 0;
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: socketUrl,
    keepAlive: pingEveryMs,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: waitBeforeRetry,
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
        if (event instanceof CloseEvent && event.code === unauthenticated) sessionEnded.set(true);
        if (event instanceof CloseEvent && event.code === rightsMoved) onRightsMoved();
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
