import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chown, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CannotStart } from './cannotStart.js';
import type { UnixUser } from './unixUser.js';

const run = promisify(execFile);

function passwordFile(dataDir: string): string {
  return join(dataDir, 'postgres.password');
}

/** Empty where there is none yet. */
async function passwordOf(dataDir: string): Promise<string> {
  return (await readFile(passwordFile(dataDir), 'utf8').catch(() => '')).trim();
}

/**
 * Makes the cluster at the first start, and gives it to the user who runs the server.
 * @returns the password of the server's one user
 * @throws CannotStart where the folder is not writable, not reachable for that user, or another's
 */
export async function prepareCluster(
  initdb: string,
  dataDir: string,
  cluster: string,
  user: UnixUser | null,
): Promise<string> {
  await prepareFolder(dataDir);
  if (await exists(join(cluster, 'PG_VERSION'))) await giveTo(user, dataDir, cluster);
  else await initialise(initdb, dataDir, cluster, user);
  return passwordOf(dataDir);
}

async function prepareFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.W_OK);
  } catch (cause) {
    throw notWritable(dataDir, cause);
  }
}

function notWritable(dataDir: string, cause: unknown): CannotStart {
  return new CannotStart(`The data directory ${dataDir} is not writable: set TOCSIN_DATA_DIR to one that is.`, {
    cause,
  });
}

/** The server's own user must own its folder and reach it. */
async function giveTo(user: UnixUser | null, dataDir: string, folder: string): Promise<void> {
  if (user) {
    await chown(folder, user.uid, user.gid).catch((cause: unknown) => {
      throw notWritable(dataDir, cause);
    });
    await assertReachable(folder, user);
  } else if (process.getuid && (await stat(folder)).uid !== process.getuid()) {
    throw new CannotStart(
      `The data directory ${dataDir} belongs to another user: start Tocsin as that user or set TOCSIN_DATA_DIR.`,
    );
  }
}

async function assertReachable(cluster: string, user: UnixUser): Promise<void> {
  await run('test', ['-w', cluster], { uid: user.uid, gid: user.gid, cwd: '/' }).catch((cause: unknown) => {
    throw new CannotStart(
      `PostgreSQL runs as the user ${user.name}, who cannot reach ${cluster}: set TOCSIN_DATA_DIR to a folder outside root's home.`,
      { cause },
    );
  });
}

const newCluster = 'postgres-new-';

/** Made beside its place and then moved there: a start that is killed meanwhile leaves nothing that looks whole. */
async function initialise(initdb: string, dataDir: string, cluster: string, user: UnixUser | null): Promise<void> {
  const fresh = await mkdtemp(join(dataDir, newCluster)).catch((cause: unknown) => {
    throw notWritable(dataDir, cause);
  });
  try {
    await giveTo(user, dataDir, fresh);
    const file = passwordFile(dataDir);
    if ((await passwordOf(dataDir)) === '') {
      await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
    }
    if (user) await chown(file, user.uid, user.gid);
    const flags = [`--pgdata=${fresh}`, '--username=postgres', `--pwfile=${file}`, '--auth=scram-sha-256'];
    await run(initdb, [...flags, '--encoding=UTF8', '--locale=C', '--no-instructions'], { ...user, cwd: '/' });
    await rename(fresh, cluster);
  } catch (cause) {
    if (cause instanceof CannotStart) throw cause;
    throw new CannotStart(`PostgreSQL could not set up ${cluster}: ${lastLine(cause)}`, { cause });
  } finally {
    for (const name of await readdir(dataDir)) {
      if (name.startsWith(newCluster)) await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 3 });
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

export function lastLine(output: unknown): string {
  return String(output).trim().split('\n').at(-1) ?? '';
}
