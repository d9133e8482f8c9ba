import { createHash, timingSafeEqual } from 'node:crypto';
import type { Contact } from '@tocsin/schema/postgres/contact';
import { z } from 'zod';

const lastsMs = 10 * 60_000;
const tries = 5;
const shape = z.object({ hash: z.string(), expiresAt: z.number(), triesLeft: z.number() });

type Code = z.output<typeof shape>;
export type CheckedCode =
  | { readonly isRight: true }
  | { readonly isRight: false; readonly message: string; readonly settings: Readonly<Record<string, unknown>> };

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
