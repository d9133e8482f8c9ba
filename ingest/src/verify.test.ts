import { hashSecret, newSecret, secretHasHash } from '@tocsin/schema/postgres/secret';
import { describe, expect, test } from 'vitest';
import { offeredSecret } from './verify.js';

const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });

describe('the offered secret', () => {
  test.each([
    ['Bearer', { authorization: 'Bearer tks_a' }, null],
    ['bearer in any case', { authorization: 'bEARER   tks_a ' }, null],
    ['the password of Basic', basic('alertmanager:tks_a'), null],
    ['the password of Basic without a user', basic(':tks_a'), null],
    ['X-Tocsin-Token', { 'x-tocsin-token': 'tks_a' }, null],
    ['the path, before what a proxy adds', { authorization: 'Bearer other' }, 'tks_a'],
    ['X-Tocsin-Token before Authorization', { 'x-tocsin-token': 'tks_a', authorization: 'Bearer other' }, null],
  ])('comes as %s', (_, headers, path) => {
    expect(offeredSecret(headers, path)).toBe('tks_a');
  });

  test.each([
    [{}],
    [{ authorization: 'Bearer' }],
    [{ authorization: 'Digest x' }],
    [basic('no colon')],
    [basic('user:')],
    [{ 'x-tocsin-token': '' }],
    [{ authorization: `Bearer ${'x'.repeat(257)}` }],
    [{ authorization: `Basic ${'x'.repeat(100_000)}` }],
  ])('is none in %j', (headers) => {
    expect(offeredSecret(headers, null)).toBeNull();
  });
});

test('a new secret is recognisable, 256 bits strong and known by its hash', () => {
  const secret = newSecret('generic');
  expect(secret).toMatch(/^tks_[\w-]{43}$/);
  expect(newSecret('generic')).not.toBe(secret);
  expect(secretHasHash(secret, hashSecret(secret))).toBe(true);
  expect(secretHasHash(`${secret}x`, hashSecret(secret))).toBe(false);
  expect(secretHasHash(secret, Buffer.alloc(0))).toBe(false);
});
