import type { FastifyRequest } from 'fastify';
import type { SourceRequest } from './sources/source.js';

/** What an adapter sees of a request. Read from rawHeaders: fastify must not see a content type without a slash. */
export function sourceRequestOf(request: FastifyRequest, receivedAt: number): SourceRequest {
  const first = new Map<string, string>();
  const raw = request.raw.rawHeaders;
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i]?.toLowerCase() ?? '';
    if (!first.has(name)) first.set(name, raw[i + 1] ?? '');
  }
  const headers: Readonly<Record<string, string>> = Object.fromEntries(first);
  return { receivedAt, headers, contentType: headers['content-type']?.slice(0, 255) ?? null };
}
