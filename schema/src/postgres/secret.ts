import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { SourceKind } from '../domain/source.js';

/**
 * A new secret of an integration: `tks_` (so that secret scanners can find it) and 32 random bytes in base64url.
 * It is shown once; only its hash is kept.
 *
 * Of PagerDuty's format it is a routing key: clients and the forms they are configured in insist on 32 letters and digits.
 * 128 random bits are as little to be guessed.
 */
export function newSecret(source: SourceKind): string {
  if (source === 'pagerduty') return randomBytes(16).toString('hex');
  return `tks_${randomBytes(32).toString('base64url')}`;
}

/**
 * What is stored of a secret: SHA-256, 32 bytes. A slow hash protects guessable passwords; 256 random bits cannot be
 * guessed, and a slow one would cost every delivery its milliseconds.
 */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

/** Whether the secret has this hash, in a time that does not depend on where they differ. */
export function secretHasHash(secret: string, hash: Buffer): boolean {
  const actual = hashSecret(secret);
  return actual.length === hash.length && timingSafeEqual(actual, hash);
}
