import type { Integration } from '@tocsin/schema/domain/source';
import { storableText } from '@tocsin/schema/domain/text';
import type { FastifyBaseLogger } from 'fastify';
import { PayloadTooLarge } from './answers.js';
import { inflateBody, parseBody, UnreadableBody } from './body.js';
import type { ParsedDelivery, Source, SourceRequest } from './sources/source.js';

/** A body, read as far as could be. */
export interface ReadBody {
  /** Without its content-encoding where that could be undone, byte for byte. */
  readonly content: Buffer;
  /** What is stored of it; the same as `content` where that is JSON and holds no secret. */
  readonly kept: Buffer;
  readonly contentType: string | null;
  readonly json: { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };
}

/** Undoes the content-encoding and parses. @throws PayloadTooLarge where it inflates past the limit; nothing else */
export async function readJson(raw: Buffer, source: Source, request: SourceRequest): Promise<ReadBody> {
  const { contentType } = request;
  let content = raw;
  try {
    content = await inflateBody(raw, request.headers['content-encoding']);
    if (source.readBody === undefined) {
      return { content, kept: content, contentType, json: { ok: true, value: parseBody(content) } };
    }
    const value = source.readBody(content, request);
    const kept = Buffer.from(JSON.stringify(value) ?? 'null');
    return { content, kept, contentType: 'application/json', json: { ok: true, value } };
  } catch (failure) {
    if (failure instanceof PayloadTooLarge) throw failure;
    const message = failure instanceof UnreadableBody ? storableText(failure.message) : 'the body could not be read';
    return { content, kept: content, contentType, json: { ok: false, message } };
  }
}

/** The body in our words. A fault of the adapter is an answer too: the body is kept, and replayed once it is mended. */
export function understand(
  { json }: ReadBody,
  source: Source,
  integration: Integration,
  request: SourceRequest,
  log: Pick<FastifyBaseLogger, 'error'>,
): ParsedDelivery {
  if (!json.ok) return notUnderstood(json.message);
  try {
    return source.parse(json.value, integration, request);
  } catch (failure) {
    log.error({ err: failure, source: source.kind }, 'an adapter failed');
    return notUnderstood(`the ${source.kind} adapter failed on this body; it was kept`);
  }
}

function notUnderstood(message: string): ParsedDelivery {
  return { ok: false, code: 'MALFORMED_PAYLOAD', message, path: null };
}

/** The body with every occurrence of the secret blotted out: a dead letter is shown to people. */
export function withoutSecret(body: ReadBody, secret: string): ReadBody {
  const needle = Buffer.from(secret);
  if (needle.length === 0 || !body.kept.includes(needle)) return body;
  const kept = body.kept.toString('latin1').replaceAll(needle.toString('latin1'), () => '[secret]');
  return { ...body, kept: Buffer.from(kept, 'latin1') };
}
