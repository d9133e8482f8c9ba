import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { PayloadTooLarge } from './answers.js';

/** Alertmanager sends whole groups, unbounded by default. */
export const bodyLimit = 5 * 1024 * 1024;
/**
 * A sender that is still sending reads no answer, and closing on it would reset the connection before it does: what comes
 * after the limit is thrown away, for as long and as much as this, and then the connection goes.
 */
const drainMs = 2_000;
const drainBytes = 128 * 1024 * 1024;

/** What a body was not: the text names it and goes to the sender. */
export class UnreadableBody extends Error {
  override readonly name = 'UnreadableBody';
}

/**
 * The body as sent. Rejects with {@link PayloadTooLarge} as soon as the limit is passed, without keeping what came, or
 * with {@link UnreadableBody} where the sender hung up.
 */
export function readBody(request: IncomingMessage, limit: number = bodyLimit): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let drain: NodeJS.Timeout | null = null;
    const refuse = (): void => {
      chunks.length = 0;
      drain ??= setTimeout(() => request.destroy(), drainMs).unref();
      reject(new PayloadTooLarge(limit));
      if (size > drainBytes) request.destroy();
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) refuse();
      else if (drain === null) chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    const hungUp = (): void => reject(new UnreadableBody('the connection ended before the body did'));
    request.on('error', hungUp);
    request.on('close', () => {
      clearTimeout(drain ?? undefined);
      hungUp();
    });
    if (Number(request.headers['content-length'] ?? 0) > limit) refuse();
  });
}

const inflaters = { gzip: promisify(gunzip), 'x-gzip': promisify(gunzip), deflate: promisify(inflate) };

/** The body without its content-encoding; the limit holds for the inflated size too, so a zip bomb stops there. */
export async function inflateBody(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return body;
  if (name !== 'gzip' && name !== 'x-gzip' && name !== 'deflate') {
    throw new UnreadableBody(
      `content-encoding ${JSON.stringify(name.slice(0, 60))} is not understood: send gzip or none`,
    );
  }
  try {
    return await inflaters[name](body, { maxOutputLength: bodyLimit });
  } catch (cause) {
    if (cause instanceof RangeError) throw new PayloadTooLarge(bodyLimit);
    throw new UnreadableBody(`the body is not valid ${name}`, { cause });
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** JSON.parse takes 1.5 s for 4 MB of opening brackets; no alert nests deeper than a handful. */
const deepest = 1_000;
/** What fits in here parses fast, however deep. */
const alwaysFast = 16 * 1024;

/** The JSON of a body, or {@link UnreadableBody} saying what is wrong with it. */
export function parseBody(body: Buffer): unknown {
  if (body.length > alwaysFast && nestsTooDeep(body)) {
    throw new UnreadableBody(`the body nests deeper than ${deepest} levels`);
  }
  const text = decode(body);
  if (text.trim() === '') throw new UnreadableBody('the body is empty: send JSON');
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed;
  } catch (cause) {
    throw new UnreadableBody(`the body is not valid JSON: ${cause instanceof Error ? cause.message : ''}`, { cause });
  }
}

function decode(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch (cause) {
    throw new UnreadableBody('the body is not valid UTF-8', { cause });
  }
}

function nestsTooDeep(body: Buffer): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i];
    if (inString) {
      if (byte === 0x5c) i++;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > deepest) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return false;
}
