import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess, type StartedProcess } from './process.js';
import { fromRoot } from './root.js';

export interface RunningTocsin {
  readonly url: string;
  /** The secrets that the first start printed, by tool; empty at later starts. */
  readonly secrets: Readonly<Record<'alertmanager' | 'prometheus' | 'signoz', string>>;
  readonly process: StartedProcess;
  readonly graphql: <T>(query: string, variables?: object) => Promise<T>;
}

/** A folder for one Tocsin's data that PostgreSQL's own user can reach too. */
export async function createDataDir(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'tocsin-e2e-'));
  await chmod(path, 0o755);
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }) };
}

/** The real product in one process, as `npm start` runs it after the build, on a free port. */
export async function startTocsin(
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<RunningTocsin> {
  const started = startProcess(process.execPath, [fromRoot('server/dist/standalone.js'), ...args], {
    env: { TOCSIN_DATA_DIR: dataDir, TOCSIN_PORT: '0', TOCSIN_LOG_LEVEL: 'warn', ...env },
  });
  const [, url = ''] = await started.waitFor(/Dashboard\s+(http:\S+)/);
  await started.waitFor(/Stop with Ctrl-C/);
  const [alertmanager = '', prometheus = '', signoz = ''] = started.output().match(/tks_[\w-]+/g) ?? [];
  const headers = { 'content-type': 'application/json', ...authorization(env) };
  return {
    url,
    secrets: { alertmanager, prometheus, signoz },
    process: started,
    graphql: async <T>(query: string, variables: object = {}) => {
      const body = JSON.stringify({ query, variables });
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
      // The caller names the shape of what it asked for.
      const answer = (await response.json()) as { data?: T; errors?: unknown };
      if (answer.errors !== undefined || answer.data === undefined) throw new Error(JSON.stringify(answer));
      return answer.data;
    },
  };
}

function authorization(env: Readonly<Record<string, string>>): Record<string, string> {
  const token = env['TOCSIN_ADMIN_TOKEN'];
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

/** Asks again until the answer is there; for what takes a moment in earnest (a scrape, a commit, a relay). */
export async function eventually<T>(ask: () => Promise<T | null | undefined | false>, patienceMs = 60_000): Promise<T> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (performance.now() > until) throw new Error(`Still not so after ${patienceMs / 1_000} s: ${ask.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
