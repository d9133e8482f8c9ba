import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refusalOfRequest, type AdmissionRules, type Refusal } from '../auth/admission.js';
import { rebuildProjection } from './rebuildProjection.js';
import { verifyKpis, type KpiStores } from './verifyKpis.js';

export interface InternalRoutesDeps {
  readonly stores: KpiStores;
  /** The same as the API's. */
  readonly admission: AdmissionRules;
}

/**
 * `POST /internal/verify` and `POST /internal/rebuild`, answering the reports as JSON: while the embedded ClickHouse is
 * open here, no other process can look into it, so the command line asks us.
 */
export function internalRoutes(app: FastifyInstance, deps: InternalRoutesDeps): void {
  const options = {
    preHandler: async (request: FastifyRequest, reply: FastifyReply) => {
      const refusal = refusalOf(request, deps);
      if (refusal !== null)
        await reply.code(refusal.status).send({ error: { code: refusal.code, message: refusal.message } });
    },
  };
  app.post('/internal/verify', options, () => verifyKpis(deps.stores));
  app.post('/internal/rebuild', options, () => rebuildProjection(deps.stores));
}

/** Any web page may post to a loopback address, and then its browser says so; the command line is no browser. */
function refusalOf(request: FastifyRequest, { admission }: InternalRoutesDeps): Refusal | null {
  const isFromBrowser = request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined;
  if (isFromBrowser || !isLoopbackAddress(request.socket.remoteAddress ?? '')) {
    return { status: 403, code: 'FORBIDDEN', message: 'Only commands on this machine may ask.' };
  }
  return refusalOfRequest(admission, request.headers);
}

function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}
