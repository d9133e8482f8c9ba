import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSealer, keyOfDataDir, SealBroken } from './sealer.js';

const key = 'a key that is long enough to be one';
const purpose = 'integration:7:signing';

test('what was sealed opens, and is not to be seen', () => {
  const sealed = createSealer(key).seal('hunter2 and more', purpose);
  expect(sealed.includes('hunter2')).toBe(false);
  expect(createSealer(key).open(sealed, purpose)).toBe('hunter2 and more');
  expect(createSealer(key).seal('hunter2 and more', purpose).equals(sealed)).toBe(false);
});

test('it opens for no other key, no other purpose, and not when it was touched', () => {
  const sealed = createSealer(key).seal('hunter2', purpose);
  expect(() => createSealer(`${key}!`).open(sealed, purpose)).toThrow(SealBroken);
  expect(() => createSealer(key).open(sealed, 'integration:8:signing')).toThrow(SealBroken);
  const touched = Buffer.from(sealed);
  touched[touched.length - 1] = (touched.at(-1) ?? 0) ^ 1;
  expect(() => createSealer(key).open(touched, purpose)).toThrow(SealBroken);
  expect(() => createSealer(key).open(Buffer.alloc(5), purpose)).toThrow(SealBroken);
});

test('the key of a data folder is made once, and only its owner reads it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-key-'));
  const [first, second] = await Promise.all([keyOfDataDir(folder), keyOfDataDir(folder)]);
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(second).toBe(first);
  expect((await stat(join(folder, 'secret.key'))).mode & 0o777).toBe(0o600);
  await rm(folder, { recursive: true });
});
