import type { FastifyRequest } from 'fastify';
import { type ApiContext, createContext, type Services } from '../context.js';
import { ApiFailure } from '../errors.js';
import { addressOf } from './address.js';
import { unauthenticated } from './admission.js';

/** Who asks a route beside GraphQL. @throws ApiFailure UNAUTHENTICATED */
export async function contextOfRequest(services: Services, { headers, raw }: FastifyRequest): Promise<ApiContext> {
  const found = await services.viewers.ofRequest(headers, addressOf(raw, services.auth.isTrustedProxy));
  if (found === null) throw new ApiFailure('UNAUTHENTICATED', unauthenticated.message);
  return createContext(services, found.viewer);
}
