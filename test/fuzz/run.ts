import { isSnsUrl } from '@tocsin/ingest/sources/snsFetch';
import { Random } from './random.js';
import { secretsOf, startReceiver } from './receiver.js';
import { nextRequest, samples, type FuzzRequest } from './requests.js';

export interface FuzzOptions {
  /** The directory of the adapters' fixtures. */
  readonly fixturesIn: string;
  readonly seed: number;
  /** Called before each request with the number of those before it. */
  readonly goOn: (requests: number) => boolean;
}

export interface Finding {
  readonly seed: number;
  readonly nr: number;
  readonly what: string;
  readonly request: FuzzRequest;
}

export interface FuzzReport {
  readonly requests: number;
  /** Status → count. */
  readonly statuses: Readonly<Record<string, number>>;
  /** By source, the processor time of the slowest request and its body's size. */
  readonly slowest: Readonly<Record<string, { readonly ms: number; readonly bytes: number }>>;
  readonly findings: readonly Finding[];
}

/** What a sender may hear. 503 where a certificate cannot be fetched; never 429, and no 500. */
const expected = new Set([200, 202, 204, 400, 401, 413, 415, 503]);
const mostFindings = 20;

/** Sends mutated requests of every adapter through the real routes, one after the other. */
export async function fuzz({ fixturesIn, seed, goOn }: FuzzOptions): Promise<FuzzReport> {
  const random = new Random(seed);
  const all = samples(fixturesIn);
  const findings: Finding[] = [];
  const statuses: Record<string, number> = {};
  const slowest: Record<string, { ms: number; bytes: number }> = {};
  let current: FuzzRequest | null = null;
  let requests = 0;
  const note = (what: string): void => {
    if (current !== null && findings.length < mostFindings)
      findings.push({ seed, nr: requests, what, request: current });
  };
  const app = await startReceiver(note);
  const restoreFetch = watchFetch(note);
  try {
    while (findings.length < mostFindings && goOn(requests)) {
      requests++;
      current = nextRequest(all, random);
      const { source, method, path, headers, body } = current;
      const authorization = `Bearer ${random.pick(secretsOf(source))}`;
      const before = process.cpuUsage();
      const answer = await app.inject({ method, url: path, headers: { authorization, ...headers }, payload: body });
      // Of the processor, not of the clock: whatever else the machine does, a body costs the same.
      const { user, system } = process.cpuUsage(before);
      const ms = (user + system) / 1_000;
      statuses[answer.statusCode] = (statuses[answer.statusCode] ?? 0) + 1;
      if (!expected.has(answer.statusCode)) note(`answered ${answer.statusCode}: ${answer.payload.slice(0, 300)}`);
      if (ms > (slowest[source]?.ms ?? 0)) slowest[source] = { ms, bytes: body.length };
    }
  } finally {
    restoreFetch();
    await app.close();
  }
  return { requests, statuses, slowest, findings };
}

/** Nothing leaves this process; what wants to must at least want to go to Amazon SNS. */
function watchFetch(note: (what: string) => void): () => void {
  const real = globalThis.fetch;
  globalThis.fetch = async (input) => {
    const url = input instanceof Request ? input.url : input.toString();
    if (!isSnsUrl(url)) note(`asked ${url.slice(0, 200)}`);
    return new Response('', { status: 404 });
  };
  return () => void (globalThis.fetch = real);
}
