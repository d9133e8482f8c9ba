import { isDeepStrictEqual } from 'node:util';
import { type Connection, viewerOf } from '../live/operations.js';
import { liveCloseCodes } from '../live/socket.js';
import type { Viewers } from './viewer.js';

/** How often connections are looked through for what has expired meanwhile. */
const sweepMs = 5_000;

export interface EndWithRights {
  readonly add: (connection: Connection) => void;
  readonly remove: (connection: Connection) => void;
  readonly stop: () => void;
}

/**
 * Closes connections whose person's rights moved, or whose session or token ended: what runs on them was let in by rights
 * that may be gone. The client connects again at once, and goes on from its last cursor with what it may see now.
 */
export function endWithRights(viewers: Viewers): EndWithRights {
  const connections = new Set<Connection>();
  const close = ({ socket }: Connection): void => {
    if (socket.readyState === socket.OPEN) socket.close(liveCloseCodes.rightsMoved, 'Rights moved');
  };

  viewers.onMoved((personId) => {
    // oxlint-disable-next-line typescript/no-misused-promises -- what it awaits is caught there
    if (personId === null) void Promise.all([...connections].map(closeIfMoved));
    else for (const each of connections) if (each.found?.viewer.personId === personId) close(each);
  });

  /** The news of somebody may have been missed: a connection whose person has the same rights goes on without noticing. */
  async function closeIfMoved(connection: Connection): Promise<void> {
    const { found } = connection;
    if (found === null) return;
    const again = await viewerOf(viewers, connection).catch(() => null);
    if (again === null || !isDeepStrictEqual(again.viewer, found.viewer)) close(connection);
  }

  /** A session that was used elsewhere lives on; this connection is use as well. */
  async function sweep(): Promise<void> {
    for (const each of connections) {
      const { found } = each;
      if (found === null || found.expiresAt > Date.now()) continue;
      const again = found.viewer.sessionId === null ? null : await viewerOf(viewers, each);
      if (again === null) close(each);
      else each.found = again;
    }
  }

  // oxlint-disable-next-line typescript/no-misused-promises -- what it awaits is caught below
  const timer = setInterval(() => void sweep().catch(() => undefined), sweepMs);
  timer.unref();
  return {
    add: (connection) => void connections.add(connection),
    remove: (connection) => void connections.delete(connection),
    stop: () => clearInterval(timer),
  };
}
