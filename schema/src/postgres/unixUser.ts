import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CannotStart } from './cannotStart.js';

const run = promisify(execFile);

export interface UnixUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: then the user `postgres` runs it. Null where we are not root. */
export async function unprivilegedUser(): Promise<UnixUser | null> {
  if (process.getuid?.() !== 0) return null;
  const name = 'postgres';
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch (cause) {
    throw new CannotStart(
      'PostgreSQL does not run as root and there is no user "postgres" to run it: start Tocsin as an ordinary user, or add one with `useradd --system postgres`.',
      { cause },
    );
  }
}
