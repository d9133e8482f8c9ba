import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Logger } from './logger.js';

/** How long a request may take to arrive; a sender that stalls does not hold a connection for ever. */
const requestTimeoutMs = 30_000;

/** The HTTP server of every process: no line a request (each costs throughput, and paths may hold secrets). */
export function createHttpApp(logger: Logger): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = logger;
  return fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: requestTimeoutMs,
    forceCloseConnections: true,
  });
}
