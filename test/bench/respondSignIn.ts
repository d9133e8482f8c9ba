import { hashPassword } from '@tocsin/server/auth/password';
import { createTestPerson, createTestToken } from '../support/people.js';
import type { Product } from './product.js';
import type { Spread } from './statistics.js';
import { timed } from './timedQueries.js';

export interface CheckCosts {
  /** A request that asks nobody who it is: what HTTP costs. */
  readonly nobody: Spread;
  readonly known: Spread;
  readonly unknown: Spread;
  readonly refused: Spread;
  readonly signIn: Spread;
}

const question = JSON.stringify({ query: '{ __typename }' });

/** What it costs to know who asks: the same trivial question each time, one request after the other. Milliseconds. */
export async function checkCosts({ url, pool, token }: Product, isQuick: boolean): Promise<CheckCosts> {
  const [seconds, count] = isQuick ? [1, 50] : [10, 1_000];
  const ask = async (bearer: string, status: number): Promise<void> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${bearer}` };
    await expectStatus(await fetch(`${url}/graphql`, { method: 'POST', headers, body: question }), status);
  };
  const { id } = await createTestPerson(pool, { handle: 'bench-tokens' });
  const fresh = await Promise.all(Array.from({ length: count + 3 }, () => createTestToken(pool, id)));
  const password = 'a password of the bench';
  const { id: signer } = await createTestPerson(pool, { handle: 'bench-sign-in' });
  await pool.query('update person set password_hash = $2 where id = $1', [signer, await hashPassword(password)]);
  const credentials = JSON.stringify({ account: 'bench-sign-in', password });
  const signIn = async (): Promise<void> => {
    const headers = { 'content-type': 'application/json', origin: url };
    await expectStatus(await fetch(`${url}/auth/sign-in`, { method: 'POST', headers, body: credentials }), 200);
  };
  return {
    nobody: await timed(async () => expectStatus(await fetch(`${url}/healthz`), 200), seconds, count),
    known: await timed(() => ask(token, 200), seconds, count),
    unknown: await timed(() => ask(fresh.pop() ?? token, 200), seconds, count),
    refused: await timed(() => ask('tkp_nobody', 401), seconds, count),
    signIn: await timed(signIn, seconds, isQuick ? 5 : 100),
  };
}

async function expectStatus(response: Response, status: number): Promise<void> {
  const text = await response.text();
  if (response.status !== status) throw new Error(`${response.url} answered ${response.status}: ${text.slice(0, 200)}`);
}
