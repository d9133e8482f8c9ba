import { hashOfSecret } from '@tocsin/schema/postgres/oneTimeLink';
import { listen, type Listener } from '@tocsin/schema/postgres/listen';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { type FoundViewer, peopleChannel, viewerOfSession, viewerOfToken } from '@tocsin/schema/postgres/viewer';
import type { Logger } from '@tocsin/schema/runtime/logger';
import type { Cookies } from './cookie.js';
import { createViewerCache } from './viewerCache.js';

/** What a request brings along to say who asks. */
export interface Credentials {
  readonly authorization?: string | undefined;
  readonly cookie?: string | undefined;
}

export interface Viewers {
  /** Who asks, by bearer token or else by session; null: nobody we know. A wrong token is nobody, whatever the cookie says. */
  readonly ofRequest: (credentials: Credentials, address: string) => Promise<FoundViewer | null>;
  readonly ofToken: (token: string, address: string) => Promise<FoundViewer | null>;
  /** Told of everybody whose rights moved; null: of somebody, who is not known. */
  readonly onMoved: (listener: (personId: number | null) => void) => void;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

export interface ViewersOptions {
  readonly pool: Pool;
  readonly databaseUrl: string;
  readonly cookies: Cookies;
  readonly logger: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export function createViewers({ pool, databaseUrl, cookies, logger, now }: ViewersOptions): Viewers {
  const cache = createViewerCache(now);
  const listeners: ((personId: number | null) => void)[] = [];
  let listener: Listener | null = null;

  function moved(payload: string): void {
    const personId = /^\d{1,15}$/.test(payload) ? Number(payload) : null;
    cache.forget(personId);
    for (const tell of listeners) tell(personId);
  }

  async function found(kind: 'token' | 'session', secret: string, address: string): Promise<FoundViewer | null> {
    const hash = hashOfSecret(secret);
    const read = kind === 'token' ? viewerOfToken : viewerOfSession;
    const entry = await cache.get(hash.toString('base64'), () => read(pool, hash, address, now()));
    if (entry === null || entry.expiresAt <= now()) return null;
    return entry.viewer.address === address ? entry : { ...entry, viewer: { ...entry.viewer, address } };
  }

  return {
    ofRequest: async ({ authorization, cookie }, address) => {
      if (authorization !== undefined) {
        const token = bearerToken(authorization);
        return token === null ? null : found('token', token, address);
      }
      const session = cookies.session(cookie);
      return session === null ? null : found('session', session, address);
    },
    ofToken: (token, address) => found('token', token, address),
    onMoved: (tell) => void listeners.push(tell),
    start: () => {
      listener = listen({
        connectionString: databaseUrl,
        applicationName: 'tocsin-people',
        channels: [peopleChannel],
        onNotify: (_channel, payload) => moved(payload),
        onError: (error) => logger.warn({ err: error }, 'the LISTEN connection for rights is away'),
      });
    },
    stop: async () => listener?.stop(),
  };
}

/** The token of `Authorization: Bearer <token>`, or null. */
export function bearerToken(authorization: string | undefined): string | null {
  return /^Bearer +(\S{1,200})$/i.exec(authorization ?? '')?.[1] ?? null;
}
