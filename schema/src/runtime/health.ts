import { migrationsAreCurrent } from '../postgres/migrate.js';
import type { Pool } from '../postgres/pool.js';

/** As much of Fastify as the three routes need, so that this package does not depend on it. */
export interface RouteHost {
  get: (path: string, handler: (request: unknown, reply: RouteReply) => Promise<unknown>) => unknown;
}
export interface RouteReply {
  code: (status: number) => unknown;
  header: (name: string, value: string) => unknown;
}

export interface HealthOptions {
  readonly pool: Pool;
  /** Metrics in Prometheus's text format. */
  readonly scrape: () => Promise<string>;
  /** True from the first signal on, so that a balancer sends nothing new to a process that is about to end. */
  readonly isShuttingDown?: () => boolean;
}

/**
 * `GET /healthz` (the process is alive), `GET /readyz` (it can do its work, else 503 with the reason) and
 * `GET /metrics`.
 */
export function healthRoutes(app: RouteHost, options: HealthOptions): void {
  app.get('/healthz', () => Promise.resolve({ status: 'alive' }));
  app.get('/readyz', async (_request, reply) => {
    const reason = await reasonNotReady(options);
    if (reason === null) return { status: 'ready' };
    reply.code(503);
    return { status: 'not ready', reason };
  });
  app.get('/metrics', async (_request, reply) => {
    reply.header('content-type', 'text/plain; version=0.0.4; charset=utf-8');
    return options.scrape();
  });
}

async function reasonNotReady(options: HealthOptions): Promise<string | null> {
  if (options.isShuttingDown?.()) return 'The process is shutting down.';
  try {
    const isCurrent = await migrationsAreCurrent(options.pool);
    return isCurrent
      ? null
      : 'The database is at another migration than this program: start the same version everywhere.';
  } catch {
    // The reason in detail may name hosts and users; it stands in the log of whoever needed the database.
    return 'PostgreSQL cannot be reached.';
  }
}
