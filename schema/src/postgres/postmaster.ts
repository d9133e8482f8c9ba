import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';

/** Lines of `postmaster.pid`: pid, data directory, start time, port, … (PostgreSQL's miscadmin.h). */
const pidLine = 0;
const portLine = 3;

/**
 * The server that runs on this data directory, left behind by a process that was killed; null where none answers.
 * Either number alone may have been given to something else since, so the pid must live and the port accept a connection.
 */
export async function runningPostmaster(cluster: string): Promise<{ pid: number; port: number } | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => null);
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[pidLine]);
  const port = Number(lines[portLine]);
  if (!(pid > 0) || !(port > 0) || !lives(pid)) return null;
  return (await accepts(port)) ? { pid, port } : null;
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 2_000 });
    const answer = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => answer(true));
    socket.once('timeout', () => answer(false));
    socket.once('error', () => answer(false));
  });
}
