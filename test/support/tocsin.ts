import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess, type StartedProcess } from './process.js';
import { fromRoot } from './root.js';

/** Of Playwright's browser context, which is there in e2e alone. */
interface CookieJar {
  readonly addCookies: (
    cookies: { name: string; value: string; url: string; httpOnly: boolean; sameSite: 'Lax' }[],
  ) => Promise<void>;
}

/** Who the first start's link makes. */
const adminAccount = {
  name: 'operator',
  email: 'operator@example.com',
  password: 'correct horse battery staple',
} as const;

export interface RunningTocsin {
  readonly url: string;
  /** API token of the admin that the first start made. */
  readonly token: string;
  /** Puts the admin's session into a browser context. */
  readonly signIn: (context: CookieJar) => Promise<void>;
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
  const { token, session } = await adminOf(dataDir, url, started.output());
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return {
    url,
    token,
    signIn: async (context) => {
      const value = session ?? (await signedIn(url));
      await context.addCookies([{ name: 'tocsin', value, url, httpOnly: true, sameSite: 'Lax' }]);
    },
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

interface Admin {
  readonly token: string;
  /** Of the demo's admin, who has no password; null: signs in with {@link adminAccount}. */
  readonly session: string | null;
}

/** By data directory: a later start prints no link any more. */
const admins = new Map<string, Admin>();

/** The admin by the link that the first start prints, and an API token for the test's questions. */
async function adminOf(dataDir: string, url: string, output: string): Promise<Admin> {
  const known = admins.get(dataDir);
  if (known !== undefined) return known;
  const [, kind, link] = /#(setup|link)=(tkl_[\w-]+)/.exec(output) ?? [];
  if (link === undefined) throw new Error(`No link to create the admin was printed:\n${output}`);
  const isDemo = kind === 'link';
  const account = isDemo ? {} : adminAccount;
  const session = sessionOf(await sendJson(`${url}/auth/${isDemo ? 'link' : 'setup'}`, { token: link, ...account }));
  const admin = { token: await createToken(url, session), session: isDemo ? session : null };
  admins.set(dataDir, admin);
  return admin;
}

async function signedIn(url: string): Promise<string> {
  const { email, password } = adminAccount;
  return sessionOf(await sendJson(`${url}/auth/sign-in`, { account: email, password }));
}

async function createToken(url: string, session: string): Promise<string> {
  const query = `mutation ($input: ApiTokenInput!) { createApiToken(input: $input) { secret } }`;
  const scopes = ['READ', 'REPORT', 'RESPOND', 'CONFIGURE', 'ADMINISTER'];
  const body = { query, variables: { input: { name: 'test', scopes } } };
  const response = await sendJson(`${url}/graphql`, body, { cookie: `tocsin=${session}` });
  // our own API's answer: a wrong shape fails here
  const answer = (await response.json()) as { data: { createApiToken: { secret: string } } };
  return answer.data.createApiToken.secret;
}

async function sendJson(url: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response;
}

/** What the session's cookie holds. */
export function sessionOf(response: Response): string {
  return /(?:^|, )(?:__Host-)?tocsin=([\w-]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '';
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
