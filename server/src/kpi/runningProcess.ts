import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** What a running standalone process writes into its data directory, so that commands find it. */
const runningProcess = z.object({ pid: z.number().int().positive(), url: z.url(), secret: z.string() });
export type RunningProcess = Readonly<z.output<typeof runningProcess>>;

export function runningProcessFile(dataDir: string): string {
  return join(dataDir, 'tocsin.json');
}

/** The process that holds the data directory, or null: none started, or the one that did is gone. */
export async function findRunningProcess(dataDir: string): Promise<RunningProcess | null> {
  const text = await readFile(runningProcessFile(dataDir), 'utf8').catch(() => null);
  if (text === null) return null;
  const parsed = runningProcess.safeParse(jsonOf(text));
  return parsed.success && isAlive(parsed.data.pid) ? parsed.data : null;
}

/** A process killed while writing leaves half a file: as good as none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
