import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { fromRepository } from './root.js';
import type { Scope } from './scope.js';

const run = promisify(execFile);

/** What is built or stored; a clone does not have it. */
const made = new Set(['node_modules', 'dist', 'data', '.turbo', '.git', 'coverage']);

/**
 * The repository as a fresh clone after `npm ci`: its sources, nothing built, and the installed packages as links, so
 * that what is built is the copy and not the tree that the bench runs from.
 */
export async function makeWorkingCopy(scope: Scope): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-bench-copy-'));
  scope.add(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  await cp(fromRepository(), folder, {
    recursive: true,
    filter: (path) => !made.has(basename(path)) && !path.endsWith('.tsbuildinfo') && basename(path) !== '.env',
  });
  await linkPackages(fromRepository('node_modules'), join(folder, 'node_modules'));
  for (const workspace of ['schema', 'ingest', 'server', 'web', 'test']) {
    await linkPackages(fromRepository(workspace, 'node_modules'), join(folder, workspace, 'node_modules'));
  }
  // turbo finds its root and its inputs through git.
  await run('git', ['init', '--quiet'], { cwd: folder }).catch(() => undefined);
  return folder;
}

async function linkPackages(from: string, to: string): Promise<void> {
  const names = await readdir(from).catch(() => []);
  if (names.length > 0) await mkdir(to, { recursive: true });
  for (const name of names) {
    if (name === '@tocsin') await linkWorkspaces(join(from, name), join(to, name));
    else if (name !== '.cache') await symlink(join(from, name), join(to, name));
  }
}

/** npm links the workspaces by relative paths, which lead to the copy when they stand in the copy. */
async function linkWorkspaces(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const name of await readdir(from)) await symlink(await readlink(join(from, name)), join(to, name));
}
