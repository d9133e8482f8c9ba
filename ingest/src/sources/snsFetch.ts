/** Fetches what AWS told us to; a test puts its own in place. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const snsHost = /^sns\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/;
const timeoutMs = 5_000;
const largestBytes = 64 * 1024;

/**
 * Whether a URL that came in a message may be visited: https on a host of SNS, nothing else in it. The message is not yet
 * believed when this is asked, and our network holds more than AWS.
 */
export function isSnsUrl(text: string): boolean {
  if (text.length > 2_048 || !URL.canParse(text)) return false;
  const { protocol, hostname, port, username, password, hash } = new URL(text);
  return protocol === 'https:' && port === '' && username + password + hash === '' && snsHost.test(hostname);
}

/** The text behind a URL of SNS: no redirects, 5 s, 64 KiB. @throws Error saying what went wrong */
export async function fetchFromSns(url: string, fetch: Fetch): Promise<string> {
  if (!isSnsUrl(url)) throw new Error('not a URL of Amazon SNS');
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`Amazon SNS answered ${response.status}`);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<unknown> | readonly unknown[] = response.body ?? [];
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.length;
    // Leaving the loop lets go of the connection.
    if (size > largestBytes) throw new Error(`Amazon SNS sent more than ${largestBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
