import type { WebSocket } from 'ws';

/** Close codes of ours, beside graphql-ws's 4400, 4401, 4403, 4406, 4408, 4409, 4429 and 4500. */
export const liveCloseCodes = {
  /** The server stops or restarts: connect again, and pass the last cursor. */
  goingAway: 1001,
  unauthenticated: 4401,
  /** What the connection was opened with has ended, or its rights moved: connect again, and pass the last cursor. */
  rightsMoved: 4403,
  /** The client takes events slower than they happen: connect again, and pass the last cursor. */
  subscriberTooSlow: 4413,
} as const;

/** More than this in the socket's own buffer, and events wait in the subscription's inbox. */
const pauseBytes = 1024 * 1024;
/** More than this, and the subscriber is cut off. */
export const cutOffBytes = 8 * 1024 * 1024;

export interface LiveSocket {
  /** Resolves when the socket takes more. */
  readonly send: (text: string) => Promise<void> | void;
  readonly cutOff: () => void;
}

export function createLiveSocket(socket: WebSocket, onCutOff: () => void): LiveSocket {
  function cutOff(): void {
    if (socket.readyState !== socket.OPEN) return;
    onCutOff();
    socket.close(liveCloseCodes.subscriberTooSlow, 'Subscriber too slow');
    // The close frame stands behind everything that was not taken: who takes nothing would never see it.
    setTimeout(() => socket.terminate(), 5_000).unref();
  }

  return {
    cutOff,
    send: (text) => {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > cutOffBytes) return cutOff();
      if (socket.bufferedAmount <= pauseBytes) return socket.send(text);
      // Called when the kernel has taken it, or never will.
      return new Promise<void>((resolve) => socket.send(text, () => resolve()));
    },
  };
}
