import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Where `vite build` puts the dashboard. */
const builtDashboard = fileURLToPath(new URL('../../web/dist/', import.meta.url));

/** Only our own files run; nothing may frame the page; sockets go to where the page came from. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "connect-src 'self' ws: wss:",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

/** Serves the built dashboard; every path that is no file is one of its screens. Without a build it serves nothing. */
export async function dashboardRoutes(app: FastifyInstance, root = builtDashboard): Promise<boolean> {
  if (!existsSync(join(root, 'index.html'))) return false;
  await app.register(fastifyStatic, {
    root,
    preCompressed: true,
    setHeaders: (reply, path) => {
      reply.setHeader('x-content-type-options', 'nosniff');
      reply.setHeader('referrer-policy', 'same-origin');
      reply.setHeader('content-security-policy', contentSecurityPolicy);
      // Names of built assets carry their hash; everything else must be asked for again.
      const isImmutable = /[\\/]assets[\\/]/.test(path);
      reply.setHeader('cache-control', isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (isPage) return reply.sendFile('index.html');
    return reply.code(404).send({ error: { code: 'NOT_FOUND', message: `There is nothing at this address.` } });
  });
  return true;
}
