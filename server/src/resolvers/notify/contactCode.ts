import { createHash, timingSafeEqual } from 'node:crypto';
import type { Contact } from '@tocsin/schema/postgres/contact';
import { hashOfSecret } from '@tocsin/schema/postgres/oneTimeLink';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { countAttempt, longestWindowMs } from '@tocsin/schema/postgres/signInLimit';
import { z } from 'zod';
import { ApiFailure } from '../../errors.js';

const lastsMs = 10 * 60_000;
const tries = 5;
const shape = z.object({ hash: z.string(), expiresAt: z.number(), triesLeft: z.number() });

type Code = z.output<typeof shape>;
export type CheckedCode =
  | { readonly isRight: true }
  | { readonly isRight: false; readonly message: string; readonly settings: Readonly<Record<string, unknown>> };

/** Codes within an hour: whoever adds and removes an address again and again would fill somebody else's mailbox. */
const most = { person: 5, address: 5 } as const;

/**
 * Counts a code before it is sent.
 * @throws ApiFailure RATE_LIMITED where the person, or the address whoever asks, has had too many
 */
export async function assertFewCodes(db: Queryable, { personId, kind, address }: Contact, now: number): Promise<void> {
  const name = hashOfSecret(`${kind} ${address.trim().toLowerCase()}`).toString('hex');
  const codes = [
    { key: `c:${personId}`, limit: most.person },
    { key: `ca:${name}`, limit: most.address },
  ];
  const until = await countAttempt(db, codes, now, longestWindowMs);
  if (until === null) return;
  const minutes = Math.max(1, Math.ceil((until - now) / 60_000));
  throw new ApiFailure('RATE_LIMITED', `Too many codes were asked for: try again in ${minutes} min.`);
}

/** What is kept of a code: its hash, with the contact that it is for. */
export function codeSettings(contactId: number, code: string, now: number): Code {
  return { hash: hashOf(contactId, code), expiresAt: now + lastsMs, triesLeft: tries };
}

function hashOf(contactId: number, code: string): string {
  return createHash('sha256').update(`${contactId}:${code}`).digest('hex');
}

export function checkCode({ id, settings }: Contact, code: string, now: number): CheckedCode {
  const known = shape.safeParse(settings['code']);
  if (!known.success || known.data.triesLeft <= 0 || known.data.expiresAt <= now) {
    return { isRight: false, settings, message: 'This code is no longer valid: remove the contact and add it again.' };
  }
  if (timingSafeEqual(Buffer.from(known.data.hash), Buffer.from(hashOf(id, code)))) return { isRight: true };
  const triesLeft = known.data.triesLeft - 1;
  const message = `That is not the code; ${triesLeft} ${triesLeft === 1 ? 'try is' : 'tries are'} left.`;
  return { isRight: false, message, settings: { ...settings, code: { ...known.data, triesLeft } } };
}
