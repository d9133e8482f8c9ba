import { timeParameter } from './incidentRow.js';
import { hashOfSecret } from './oneTimeLink.js';
import type { Queryable } from './pool.js';

/** Somebody who left for the identity provider and has not come back. */
export interface OidcRequest {
  readonly codeVerifier: string;
  readonly nonce: string;
  readonly returnTo: string;
}

const lastsMs = 10 * 60_000;

/** @param browser what this browser's cookie holds @param now epoch milliseconds */
export async function storeOidcRequest(
  db: Queryable,
  state: string,
  browser: string,
  { codeVerifier, nonce, returnTo }: OidcRequest,
  now: number,
): Promise<void> {
  await db.query('delete from oidc_request where expires_at < $1', [timeParameter(now)]);
  await db.query(
    `insert into oidc_request (state_hash, browser_hash, code_verifier, nonce, return_to, expires_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [hashOfSecret(state), hashOfSecret(browser), codeVerifier, nonce, returnTo, timeParameter(now + lastsMs)],
  );
}

/** Takes it, once, and only for the browser that it was made in. @param now epoch milliseconds */
export async function takeOidcRequest(
  db: Queryable,
  state: string,
  browser: string,
  now: number,
): Promise<OidcRequest | null> {
  const { rows } = await db.query<{ code_verifier: string; nonce: string; return_to: string }>(
    `delete from oidc_request where state_hash = $1 and browser_hash = $2 and expires_at > $3
     returning code_verifier, nonce, return_to`,
    [hashOfSecret(state), hashOfSecret(browser), timeParameter(now)],
  );
  const [row] = rows;
  return row === undefined ? null : { codeVerifier: row.code_verifier, nonce: row.nonce, returnTo: row.return_to };
}
