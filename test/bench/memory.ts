import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Product } from './product.js';

/** Bytes of memory. */
export interface Memory {
  /** Resident, the embedded ClickHouse included. */
  readonly node: number;
  /** All processes of PostgreSQL, what they share counted once. Null where the system does not say. */
  readonly postgres: number | null;
}

export async function memoryOf({ pid, dataDir }: Pick<Product, 'pid' | 'dataDir'>): Promise<Memory> {
  const postmaster = Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  const shares = await Promise.all((await familyOf(postmaster)).map(proportionalShare));
  return {
    node: (await kilobytesIn(`/proc/${pid}/status`, 'VmRSS')) ?? 0,
    postgres: shares.includes(null) ? null : shares.reduce<number>((sum, share) => sum + (share ?? 0), 0),
  };
}

/** Its share of every page that it has, so that the shares of all processes add up. */
async function proportionalShare(pid: number): Promise<number | null> {
  return kilobytesIn(`/proc/${pid}/smaps_rollup`, 'Pss');
}

async function kilobytesIn(file: string, name: string): Promise<number | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1];
  return found === undefined ? null : Number(found) * 1_024;
}

/** A process and its children. */
async function familyOf(parent: number): Promise<readonly number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const family = [parent];
  for (const pid of pids) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    if (Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) === parent) family.push(pid);
  }
  return family;
}
