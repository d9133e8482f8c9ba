import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refusalOfCommand } from '../auth/command.js';
import { rebuildProjection } from './rebuildProjection.js';
import { verifyKpis, type KpiStores } from './verifyKpis.js';

export interface InternalRoutesDeps {
  readonly stores: KpiStores;
  /** What commands have to show. */
  readonly secret: string;
}

/**
 * `POST /internal/verify` and `POST /internal/rebuild`, answering the reports as JSON: while the embedded ClickHouse is
 * open here, no other process can look into it, so the command line asks us.
 */
export function internalRoutes(app: FastifyInstance, deps: InternalRoutesDeps): void {
  const options = {
    preHandler: async (request: FastifyRequest, reply: FastifyReply) => {
      const refusal = refusalOfCommand(request, deps.secret);
      if (refusal !== null)
        await reply.code(refusal.status).send({ error: { code: refusal.code, message: refusal.message } });
    },
  };
  app.post('/internal/verify', options, () => verifyKpis(deps.stores));
  app.post('/internal/rebuild', options, () => rebuildProjection(deps.stores));
}
