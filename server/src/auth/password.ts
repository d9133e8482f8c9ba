import { hash, verify } from '@node-rs/argon2';
import { ApiFailure, invalidInput } from '../errors.js';

/** Argon2id with 19 MiB, two passes, one lane: OWASP's first choice. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Each takes 19 MiB and a core for 20 to 50 ms: who tries many passwords must not take the rest of the process along. */
const atOnce = 2;
const longestQueue = 50;
export const passwordLength = { min: 12, max: 200 } as const;

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= longestQueue) throw new ApiFailure('OVERLOADED', 'Too many sign in at once: try again.');
    await new Promise<void>((resolve) => void waiting.push(resolve));
  } else {
    running++;
  }
  try {
    return await work();
  } finally {
    // The turn goes on to the next, or is given back.
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }
}

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, cost));
}

let decoy: Promise<string> | null = null;

/** Whether the password is right; for an unknown account (null) as slow as for a known one. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  if (stored !== null) return inTurn(() => verify(stored, password).catch(() => false));
  decoy ??= hash('nobody has this password', cost);
  const other = await decoy;
  await inTurn(() => verify(other, password).catch(() => false));
  return false;
}

/** @throws ApiFailure INVALID_INPUT saying what is wrong with it */
export function assertGoodPassword(field: string, password: string, names: readonly (string | null)[]): void {
  const { min, max } = passwordLength;
  if (password.length < min) throw invalidInput(field, `The password must have at least ${min} characters.`);
  if (password.length > max) throw invalidInput(field, `The password must have at most ${max} characters.`);
  const lower = password.toLowerCase();
  const isName = names.some((name) => name !== null && name !== '' && lower === name.toLowerCase());
  if (isName || lower.startsWith('tocsin')) {
    throw invalidInput(field, 'The password must not be your address, your name or begin with “tocsin”.');
  }
}
