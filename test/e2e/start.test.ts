import { spawn } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { startProcess } from '../support/process.js';
import { fromRoot } from '../support/root.js';
import { createDataDir, eventually, startTocsin, type RunningTocsin } from '../support/tocsin.js';
import { isAlive, postgresPid } from '../support/tocsinData.js';

const program = fromRoot('server/dist/standalone.js');
const isRoot = process.getuid?.() === 0;

/** Starts what cannot start; its exit code and what it said on stderr, a line each. */
async function failToStart(
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; said: readonly string[] }> {
  const child = spawn(process.execPath, [program], { env: { ...process.env, TOCSIN_PORT: '0', ...env } });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, said: stderr.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()])) };
}

async function incidents(tocsin: RunningTocsin): Promise<readonly { id: string; title: string }[]> {
  const { incidents: found } = await tocsin.graphql<{ incidents: { nodes: { id: string; title: string }[] } }>(
    '{ incidents { nodes { id title } } }',
  );
  return found.nodes;
}

async function fire(tocsin: RunningTocsin, secret: string, name: string): Promise<number> {
  const alert = { labels: { alertname: name, service: name }, startsAt: new Date().toISOString() };
  const response = await fetch(`${tocsin.url}/webhooks/alertmanager/${secret}`, {
    method: 'POST',
    body: JSON.stringify(alertmanagerBody(alert)),
  });
  return response.status;
}

describe('a start that cannot be', () => {
  let dataDir: Awaited<ReturnType<typeof createDataDir>>;
  beforeAll(async () => {
    dataDir = await createDataDir();
  });
  afterAll(() => dataDir.remove());

  it('says that the port is taken, and leaves nothing running', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = String(typeof address === 'object' && address ? address.port : 0);
    const { code, said } = await failToStart({ TOCSIN_DATA_DIR: dataDir.path, TOCSIN_PORT: port });
    await new Promise((resolve) => other.close(resolve));
    expect(said).toEqual([`Port ${port} is taken: stop what listens there, or set TOCSIN_PORT to another one.`]);
    expect(code).toBe(1);
    expect(await postgresPid(dataDir.path)).toBeNull();
  });

  it('says that a file stands where the data directory should be', async () => {
    const file = join(dataDir.path, 'a-file');
    await writeFile(file, '');
    const path = join(file, 'data');
    const { code, said } = await failToStart({ TOCSIN_DATA_DIR: path });
    expect(said).toEqual([`The data directory ${path} is not writable: set TOCSIN_DATA_DIR to one that is.`]);
    expect(code).toBe(1);
  });

  it('says who cannot reach the data directory', async () => {
    const locked = join(dataDir.path, 'locked');
    await mkdir(locked);
    await chmod(locked, isRoot ? 0o700 : 0o500);
    const path = join(locked, 'data');
    const { code, said } = await failToStart({ TOCSIN_DATA_DIR: path });
    await chmod(locked, 0o700);
    expect(said).toHaveLength(1);
    // Root may write there, but PostgreSQL does not run as root.
    expect(said[0]).toMatch(isRoot ? /runs as the user postgres, who cannot reach/ : /is not writable/);
    expect(said[0]).toContain(path);
    expect(code).toBe(1);
  });

  it('names a wrong variable and what it should be', async () => {
    const { code, said } = await failToStart({ TOCSIN_DATA_DIR: dataDir.path, TOCSIN_PORT: 'eighty' });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('TOCSIN_PORT');
    expect(code).toBe(1);
  });

  it('says that the admin token of former versions is gone, and what to do', async () => {
    const { code, said } = await failToStart({ TOCSIN_DATA_DIR: dataDir.path, TOCSIN_ADMIN_TOKEN: 'a-former-token' });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('TOCSIN_ADMIN_TOKEN is gone');
    expect(said[0]).not.toContain('a-former-token');
    expect(code).toBe(1);
  });

  it('leaves no PostgreSQL behind when Ctrl-C comes in the middle, nor a half-made one after kill -9', async () => {
    const fresh = await createDataDir();
    const env = { TOCSIN_DATA_DIR: fresh.path, TOCSIN_PORT: '0' };
    const killed = startProcess(process.execPath, [program], { env });
    await killed.waitFor(/Starting PostgreSQL/);
    await killed.end('SIGKILL');
    const stopped = startProcess(process.execPath, [program], { env });
    await stopped.waitFor(/Starting PostgreSQL/);
    expect(await stopped.end('SIGINT')).toBe(0);
    expect(stopped.output()).not.toContain('Tocsin is running');
    expect(await postgresPid(fresh.path)).toBeNull();
    const tocsin = await startTocsin(fresh.path);
    expect(await fire(tocsin, tocsin.secrets.alertmanager, 'First')).toBe(200);
    await tocsin.process.end('SIGINT');
    await fresh.remove();
  });
});

describe('a data directory', () => {
  let dataDir: Awaited<ReturnType<typeof createDataDir>>;
  let tocsin: RunningTocsin;
  let secret: string;
  beforeAll(async () => {
    dataDir = await createDataDir();
    tocsin = await startTocsin(dataDir.path);
    secret = tocsin.secrets.alertmanager;
    await fire(tocsin, secret, 'Kept');
  });
  afterAll(async () => {
    await tocsin.process.end('SIGINT');
    await dataDir.remove();
  });

  /** It receives, and what it receives is still the incident of the beginning. */
  async function expectKept(): Promise<void> {
    expect(await fire(tocsin, secret, 'Kept')).toBe(200);
    expect(await incidents(tocsin)).toMatchObject([{ title: 'Kept' }]);
  }

  it('in use is refused to a second Tocsin, and the first is not disturbed', async () => {
    const pid = await postgresPid(dataDir.path);
    const { code, said } = await failToStart({ TOCSIN_DATA_DIR: dataDir.path });
    expect(said).toEqual([
      `The data directory ${dataDir.path} is in use by another Tocsin: stop that one, or set TOCSIN_DATA_DIR to another folder.`,
    ]);
    expect(code).toBe(1);
    expect(await postgresPid(dataDir.path)).toBe(pid);
    await expectKept();
    expect((await fetch(`${tocsin.url}/readyz`)).status).toBe(200);
  });

  it('is still refused to a second Tocsin after its PostgreSQL died and came back', async () => {
    const pid = (await postgresPid(dataDir.path)) ?? 0;
    process.kill(pid, 'SIGKILL');
    await eventually(async () => (await fetch(`${tocsin.url}/readyz`)).status === 200 && !isAlive(pid));
    const { code, said } = await failToStart({ TOCSIN_DATA_DIR: dataDir.path });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('is in use by another Tocsin');
    expect(code).toBe(1);
    await expectKept();
  });

  it('is gone on with after Ctrl-C, which ends with 0 and leaves no PostgreSQL behind', async () => {
    const pid = (await postgresPid(dataDir.path)) ?? 0;
    expect(await tocsin.process.end('SIGINT')).toBe(0);
    expect(isAlive(pid)).toBe(false);
    expect(await postgresPid(dataDir.path)).toBeNull();
    tocsin = await startTocsin(dataDir.path);
    expect(tocsin.secrets.alertmanager).toBe('');
    await expectKept();
  });

  it('may be named relative to where Tocsin was started', async () => {
    const other = await createDataDir();
    const tocsin = await startTocsin(relative(process.cwd(), other.path));
    expect(await fire(tocsin, tocsin.secrets.alertmanager, 'Relative')).toBe(200);
    expect(await tocsin.process.end('SIGINT')).toBe(0);
    await other.remove();
  });

  it('is gone on with after kill -9, with the PostgreSQL that was left behind', async () => {
    const pid = await postgresPid(dataDir.path);
    await tocsin.process.end('SIGKILL');
    tocsin = await startTocsin(dataDir.path);
    expect(tocsin.process.output()).toContain('Found the database of a Tocsin that was killed');
    expect(await postgresPid(dataDir.path)).toBe(pid);
    await expectKept();
  });

  it('shows nothing to whoever has not signed in', async () => {
    const ask = async (headers: Record<string, string>): Promise<unknown> => {
      const response = await fetch(`${tocsin.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query: '{ incidents { nodes { title } } }' }),
      });
      return response.json();
    };
    const refused = { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] };
    expect(await ask({})).toMatchObject(refused);
    expect(await ask({ authorization: `Bearer ${tocsin.token}x` })).toMatchObject(refused);
    expect(JSON.stringify(await ask({}))).not.toContain('Kept');
    expect(await ask({ authorization: `Bearer ${tocsin.token}` })).toHaveProperty('data.incidents.nodes');
    // Senders have their own secrets.
    await expectKept();
  });
});
