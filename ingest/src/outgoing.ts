import { lookup as resolveName, type LookupAddress, type LookupOptions } from 'node:dns';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isForbiddenAddress, isForbiddenHost } from '@tocsin/schema/domain/forbiddenAddress';

export interface GuardedGetOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** For the whole exchange. */
  readonly timeoutMs: number;
  readonly limitBytes: number;
}

/** Why a request was not made, or not answered as it should be; names the host, never the path or a header. */
export class OutgoingFailure extends Error {
  override readonly name = 'OutgoingFailure';
}

/**
 * GETs what an operator told us to: within a time, up to a size, without following anything elsewhere. Private addresses
 * are allowed, since that is where an Alertmanager lives and who may set the address may see it; link-local ones are not:
 * there clouds hand out credentials. Checked on the address that is connected to, so a name cannot change its mind.
 * @throws OutgoingFailure
 */
export async function guardedGet(url: string, options: GuardedGetOptions): Promise<Buffer> {
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  if (!/^https?:$/.test(target.protocol))
    throw new OutgoingFailure(`${target.protocol} is not asked, http and https are`);
  // A literal address is connected to without a lookup.
  if (isForbiddenHost(host)) throw new OutgoingFailure(`${host} is a link-local or metadata address`);
  return new Promise((resolve, reject) => {
    const fail = (message: string): void => reject(new OutgoingFailure(`${target.host} ${message}`));
    const send = target.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(target, { headers: options.headers, lookup: guardedLookup, agent: false }, (response) => {
      read(response, options.limitBytes).then(resolve, (error: unknown) => fail(String(error)));
      if (response.statusCode !== 200) {
        fail(answerOf(response));
        request.destroy();
      }
    });
    const timer = setTimeout(() => {
      fail(`did not answer within ${options.timeoutMs / 1_000} s`);
      request.destroy();
    }, options.timeoutMs);
    request.on('error', (error) => fail(`could not be asked: ${error.message}`));
    request.on('close', () => clearTimeout(timer));
    request.end();
  });
}

function answerOf({ statusCode = 0 }: IncomingMessage): string {
  const isRedirect = statusCode >= 300 && statusCode < 400;
  return `answered ${statusCode}${isRedirect ? ': redirects are not followed' : ''}`;
}

async function read(response: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    // A response without setEncoding yields buffers.
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > limitBytes) throw new Error(`sent more than ${limitBytes} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

type LookupDone = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

function guardedLookup(hostname: string, options: LookupOptions, done: LookupDone): void {
  resolveName(hostname, { ...options, all: true }, (error, addresses) => {
    const forbidden = addresses?.find(({ address }) => isForbiddenAddress(address));
    const first = addresses?.[0];
    if (error) done(error, '', 0);
    else if (forbidden || first === undefined) done(new Error(`${hostname} leads to a link-local address`), '', 0);
    else if (options.all === true) done(null, addresses);
    else done(null, first.address, first.family);
  });
}
