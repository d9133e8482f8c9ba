import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Keeps secrets that must be readable again, such as the one a sender signs with: what is stored tells nothing without the key. */
export interface Sealer {
  /** @param purpose what it is for and whose; a sealed secret opens for no other */
  readonly seal: (text: string, purpose: string) => Buffer;
  /** @throws SealBroken where the key is another one, or the bytes were changed */
  readonly open: (sealed: Buffer, purpose: string) => string;
}

export class SealBroken extends Error {
  override readonly name = 'SealBroken';
  constructor() {
    super('a stored secret does not open: TOCSIN_SECRET_KEY is not the one it was stored with');
  }
}

const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM under a key derived from `secretKey`, any text of enough randomness. Nonce, tag and ciphertext are one buffer. */
export function createSealer(secretKey: string): Sealer {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'tocsin sealed secrets', 32));
  return {
    seal: (text, purpose) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(purpose));
      const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), content]);
    },
    open: (sealed, purpose) => {
      const nonce = sealed.subarray(0, nonceBytes);
      const tag = sealed.subarray(nonceBytes, nonceBytes + tagBytes);
      if (tag.length < tagBytes) throw new SealBroken();
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(purpose));
      decipher.setAuthTag(tag);
      try {
        return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]).toString();
      } catch {
        throw new SealBroken();
      }
    },
  };
}

/** The key of an installation whose data lie in a folder: made at the first start, readable by its owner only. */
export async function keyOfDataDir(dataDir: string): Promise<string> {
  const file = join(dataDir, 'secret.key');
  await mkdir(dataDir, { recursive: true });
  try {
    // Exclusively: of two that start at once the second reads what the first wrote.
    await writeFile(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return (await readFile(file, 'utf8')).trim();
}
