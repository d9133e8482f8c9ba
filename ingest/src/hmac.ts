import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether `sent` is the hex HMAC-SHA256 of the parts, in a time that does not depend on where they differ. */
export function isHexHmac(secret: string, parts: readonly (string | Buffer)[], sent: string): boolean {
  const mac = createHmac('sha256', secret);
  for (const part of parts) mac.update(part);
  const expected = mac.digest();
  const actual = Buffer.from(/^[0-9a-f]{64}$/i.test(sent.trim()) ? sent.trim() : '', 'hex');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
