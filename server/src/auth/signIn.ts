import { credentialsOf } from '@tocsin/schema/postgres/person';
import { hashOfSecret } from '@tocsin/schema/postgres/oneTimeLink';
import { countAttempt, forgiveAttempt } from '@tocsin/schema/postgres/signInLimit';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { ApiFailure } from '../errors.js';
import { networkOf } from './address.js';
import type { AuthDeps } from './deps.js';
import { passwordMatches } from './password.js';
import { beginSession, type Client, type SignedIn } from './session.js';

/** One sentence for every reason, so that nobody learns which accounts there are. */
export const wrongCredentials = 'That account and password do not go together, or the account is switched off.';

/** Failures in a quarter of an hour: of one account from one address, and of all from one address. */
const most = { account: 5, address: 30 } as const;

/** @throws ApiFailure UNAUTHENTICATED, or RATE_LIMITED after too many failures */
export async function signInWithPassword(
  deps: AuthDeps,
  { account, password }: { readonly account: string; readonly password: string },
  client: Client,
): Promise<SignedIn> {
  const { pool, refusals } = deps;
  const now = deps.now();
  const name = account.trim().toLowerCase();
  const network = networkOf(client.address);
  const ofAccount = { key: `a:${hashOfSecret(`${name} ${network}`).toString('hex')}`, limit: most.account };
  const ofAddress = { key: `i:${network}`, limit: most.address };
  const blockedUntil = await countAttempt(pool, [ofAccount, ofAddress], now);
  if (blockedUntil !== null) {
    const detail = `too many failures from ${client.address}`;
    refusals.note({ kind: 'system', name: 'sign-in' }, { what: 'rate', permission: null, detail });
    const minutes = Math.max(1, Math.ceil((blockedUntil - now) / 60_000));
    throw new ApiFailure('RATE_LIMITED', `Too many failures: try again in ${minutes} min.`);
  }
  const found = await credentialsOf(pool, name);
  const isRight = await passwordMatches(found?.passwordHash ?? null, password);
  if (!isRight || found?.person.isActive !== true) {
    const actor = found === null ? 'sign-in' : found.person.handle;
    refusals.note(
      { kind: found === null ? 'system' : 'person', name: actor },
      { what: 'signIn', permission: null, detail: `password, from ${client.address}` },
    );
    throw new ApiFailure('UNAUTHENTICATED', wrongCredentials);
  }
  return inTransaction(pool, async (db) => {
    await forgiveAttempt(db, ofAccount, ofAddress);
    return beginSession(db, found.person, 'password', client, now);
  });
}
