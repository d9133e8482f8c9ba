import { timingSafeEqual } from 'node:crypto';
import { hashOfSecret } from '@tocsin/schema/postgres/oneTimeLink';
import type { FastifyRequest } from 'fastify';
import type { Refusal } from './admission.js';
import { bearerToken } from './viewer.js';

/**
 * Why a request to `/internal/*` may not pass, or null. Commands read the secret in the data directory, which its owner
 * alone may; any web page may post to a loopback address, but then its browser says so.
 */
export function refusalOfCommand(request: FastifyRequest, secret: string): Refusal | null {
  const isFromBrowser = request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined;
  if (isFromBrowser || !isLoopbackAddress(request.socket.remoteAddress ?? '')) {
    return { status: 403, code: 'FORBIDDEN', message: 'Only commands on this machine may ask.' };
  }
  const given = bearerToken(request.headers.authorization);
  if (given !== null && timingSafeEqual(hashOfSecret(given), hashOfSecret(secret))) return null;
  return { status: 401, code: 'UNAUTHENTICATED', message: 'Send the secret of tocsin.json in the data directory.' };
}

function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}
