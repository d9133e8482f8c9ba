import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { isForbiddenHost } from '../domain/forbiddenAddress.js';
import { guardedLookup, refusalOfAddress, type ResolveName } from './outgoingAddress.js';

export interface GuardedGetOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** For the whole exchange. */
  readonly timeoutMs: number;
  readonly limitBytes: number;
}

export interface OutgoingRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** For the whole exchange. */
  readonly timeoutMs: number;
  /** Whether addresses of private networks and of this machine may be asked; link-local ones never are. */
  readonly mayReachPrivate: boolean;
}

export interface OutgoingAnswer {
  readonly status: number;
  /** What `retry-after` asks for, at most an hour. */
  readonly retryAfterMs: number | null;
  /** The first 64 KiB. */
  readonly body: string;
}

/** Why a request was not made, or not answered as it should be; names the host, never the path or a header. */
export class OutgoingFailure extends Error {
  override readonly name = 'OutgoingFailure';
  /** True where trying again is of no use: the address is refused. */
  readonly isRefusal: boolean;
  /** True where the request was sent and no answer came: it may have been received. */
  readonly mayHaveArrived: boolean;
  constructor(message: string, { isRefusal = false, mayHaveArrived = false } = {}) {
    super(message);
    this.isRefusal = isRefusal;
    this.mayHaveArrived = mayHaveArrived;
  }
}

const answerBytes = 65_536;
const longestRetryAfterMs = 3_600_000;

/**
 * GETs what an operator told us to: within a time, up to a size, without following anything elsewhere. Private addresses
 * are allowed, since that is where an Alertmanager lives and who may set the address may see it.
 * @throws OutgoingFailure
 */
export async function guardedGet(url: string, options: GuardedGetOptions): Promise<Buffer> {
  const { host } = new URL(url);
  return exchange(url, { ...options, method: 'GET', body: null, mayReachPrivate: true }, async (response) => {
    if (response.statusCode !== 200) throw new Error(answerOf(response));
    const { bytes, isWhole } = await read(response, options.limitBytes);
    if (!isWhole) throw new Error(`sent more than ${options.limitBytes} bytes`);
    return bytes;
  }).catch((error: unknown) => {
    throw error instanceof OutgoingFailure ? error : new OutgoingFailure(`${host} ${messageOf(error)}`);
  });
}

/**
 * POSTs a message to an address that somebody configured. Any answer is an answer, a redirect too: it is not followed.
 * @param resolve what a name leads to; tests move it
 * @throws OutgoingFailure where there was no answer
 */
export async function guardedPost(
  url: string,
  request: OutgoingRequest,
  resolve?: ResolveName,
): Promise<OutgoingAnswer> {
  return exchange(
    url,
    { ...request, method: 'POST' },
    async (response) => ({
      status: response.statusCode ?? 0,
      retryAfterMs: retryAfterOf(response.headers['retry-after']),
      body: (await read(response, answerBytes)).bytes.toString(),
    }),
    resolve,
  );
}

interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer | null;
  readonly timeoutMs: number;
  readonly mayReachPrivate: boolean;
}

async function exchange<T>(
  url: string,
  { method, headers, body, timeoutMs, mayReachPrivate }: Exchange,
  take: (response: IncomingMessage) => Promise<T>,
  resolveName?: ResolveName,
): Promise<T> {
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  if (!/^https?:$/.test(target.protocol)) {
    throw new OutgoingFailure(`${target.protocol} is not asked, http and https are`, { isRefusal: true });
  }
  // A literal address is connected to without a lookup.
  const isLiteral = isIP(host) !== 0 || isForbiddenHost(host);
  const refusal = isLiteral ? refusalOfAddress(host, mayReachPrivate) : null;
  if (refusal !== null) throw new OutgoingFailure(`${host} is ${refusal}`, { isRefusal: true });
  const send = target.protocol === 'https:' ? requestHttps : requestHttp;
  const lookup = guardedLookup(mayReachPrivate, resolveName);
  return new Promise((resolve, reject) => {
    let isSent = false;
    const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = send(target, { method, headers: { ...headers, ...length }, lookup, agent: false }, (response) => {
      take(response)
        .then(resolve, reject)
        .finally(() => request.destroy());
    });
    const timer = setTimeout(() => {
      const message = `${target.host} did not answer within ${timeoutMs / 1_000} s`;
      reject(new OutgoingFailure(message, { mayHaveArrived: isSent }));
      request.destroy();
    }, timeoutMs);
    request.on('finish', () => (isSent = true));
    request.on('error', (error) => {
      const isRefusal = / leads to /.test(error.message);
      const mayHaveArrived = isSent && !isRefusal && !/ECONNREFUSED|ENOTFOUND/.test(error.message);
      reject(new OutgoingFailure(`${target.host} could not be asked: ${error.message}`, { isRefusal, mayHaveArrived }));
    });
    request.on('close', () => clearTimeout(timer));
    request.end(body ?? undefined);
  });
}

function answerOf({ statusCode = 0 }: IncomingMessage): string {
  const isRedirect = statusCode >= 300 && statusCode < 400;
  return `answered ${statusCode}${isRedirect ? ': redirects are not followed' : ''}`;
}

/** Up to `limitBytes`; nothing behind them is waited for. */
async function read(
  response: IncomingMessage,
  limitBytes: number,
): Promise<{ readonly bytes: Buffer; readonly isWhole: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    // A response without setEncoding yields buffers.
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    chunks.push(bytes);
    if (size > limitBytes) return { bytes: Buffer.concat(chunks).subarray(0, limitBytes), isWhole: false };
  }
  return { bytes: Buffer.concat(chunks), isWhole: true };
}

function retryAfterOf(header: string | undefined): number | null {
  if (header === undefined) return null;
  const seconds = /^\d{1,9}$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), longestRetryAfterMs) : null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
