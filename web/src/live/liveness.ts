/** How true the page is right now. A pure machine: the clock comes with each signal. */
export type Liveness =
  | { readonly state: 'connecting'; readonly since: number }
  | {
      readonly state: 'live';
      readonly since: number;
      readonly heardAt: number;
      readonly latencyMs: number | null;
    }
  | { readonly state: 'reconnecting'; readonly since: number; readonly attempts: number; readonly heardAt: number }
  | { readonly state: 'stale'; readonly since: number; readonly heardAt: number | null };

export type Signal =
  | { readonly kind: 'attempt'; readonly at: number }
  | { readonly kind: 'connected'; readonly at: number; readonly latencyMs?: number }
  | { readonly kind: 'heard'; readonly at: number; readonly latencyMs?: number }
  | { readonly kind: 'closed'; readonly at: number }
  | { readonly kind: 'tick'; readonly at: number };

/** Silence on an open socket (pings go out every 5 s), or time without a socket, after which the page calls itself stale. */
export const staleAfterMs = 30_000;

const heardAt = (now: Liveness): number | null => (now.state === 'connecting' ? null : now.heardAt);

export function startLiveness(at: number): Liveness {
  return { state: 'connecting', since: at };
}

function close(now: Liveness, at: number): Liveness {
  if (now.state !== 'live') return now;
  return { state: 'reconnecting', since: at, attempts: 0, heardAt: now.heardAt };
}

function attempt(now: Liveness): Liveness {
  return now.state === 'reconnecting' ? { ...now, attempts: now.attempts + 1 } : now;
}

function hear(now: Liveness, at: number, latencyMs: number | undefined): Liveness {
  const before = now.state === 'live' ? now : null;
  // A word heard while the socket is down is a leftover of the old one: only a connection makes the page live again.
  if (now.state === 'connecting' || now.state === 'reconnecting') return now;
  return { state: 'live', since: before?.since ?? at, heardAt: at, latencyMs: latencyMs ?? before?.latencyMs ?? null };
}

function tick(now: Liveness, at: number): Liveness {
  if (now.state === 'stale') return now;
  const quietSince = now.state === 'live' ? now.heardAt : now.since;
  if (at - quietSince < staleAfterMs) return now;
  return { state: 'stale', since: quietSince, heardAt: heardAt(now) };
}

export function nextLiveness(now: Liveness, signal: Signal): Liveness {
  switch (signal.kind) {
    case 'attempt':
      return attempt(now);
    case 'connected':
      return { state: 'live', since: signal.at, heardAt: signal.at, latencyMs: signal.latencyMs ?? null };
    case 'heard':
      return hear(now, signal.at, signal.latencyMs);
    case 'closed':
      return close(now, signal.at);
    case 'tick':
      return tick(now, signal.at);
  }
}
