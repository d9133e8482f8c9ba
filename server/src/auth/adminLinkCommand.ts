import { recordAccess } from '@tocsin/schema/postgres/accessEvent';
import { createLink } from '@tocsin/schema/postgres/oneTimeLink';
import { findPersons, type Person, personsByHandle } from '@tocsin/schema/postgres/person';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { parseStandaloneConfig } from '../config.js';
import { sentenceOf, withPool } from '../configurationCommand.js';
import type { CommandResult } from '../kpi/reportText.js';
import { findRunningProcess } from '../kpi/runningProcess.js';
import { setupLink } from './firstAdmin.js';

const usage = `Usage: npm run admin-link [-- HANDLE]

Prints a link that signs an admin in, for one hour and once: for who is locked out. Without a handle: the first admin.`;
const linkMs = 3_600_000;

/** Never throws: what keeps it from running is one sentence and exit code 2. */
export async function runAdminLink(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<CommandResult> {
  const [handle, ...more] = args;
  if (more.length > 0 || handle?.startsWith('-') === true) return { text: usage, exitCode: 2 };
  try {
    const { dashboardUrl, dataDir, host, port } = parseStandaloneConfig(environment);
    const url = dashboardUrl ?? (await findRunningProcess(dataDir))?.url ?? `http://${host}:${port}`;
    return await withPool(environment, (pool) => printLink(pool, handle ?? null, url));
  } catch (error) {
    return { text: sentenceOf(error), exitCode: 2 };
  }
}

async function printLink(pool: Pool, handle: string | null, url: string): Promise<CommandResult> {
  const now = Date.now();
  const setup = await setupLink(pool, url, now);
  if (setup !== null) return { text: `There is no admin yet. Create the admin  ${setup}`, exitCode: 0 };
  const person = await personOf(pool, handle);
  if (person === null) return { text: `There is no active person ${handle ?? 'who is an admin'}.`, exitCode: 2 };
  const link = await signInLink(pool, person, url, linkMs, now);
  return { text: `Sign in as ${person.name}, within an hour and once  ${link}`, exitCode: 0 };
}

async function personOf(pool: Pool, handle: string | null): Promise<Person | null> {
  const people = handle === null ? await findPersons(pool, null, true) : await personsByHandle(pool, [handle]);
  const fitting = people.filter(({ isActive, role }) => isActive && (handle !== null || role === 'admin'));
  return fitting.toSorted((a, b) => a.id - b.id)[0] ?? null;
}

/** A link that signs the person in once; the audit trail has it. @param now epoch milliseconds */
export function signInLink(pool: Pool, person: Person, url: string, lastsMs: number, now: number): Promise<string> {
  return inTransaction(pool, async (db) => {
    const token = await createLink(db, { purpose: 'sign_in', personId: person.id, expiresAt: now + lastsMs });
    const data = { how: 'link', what: 'linkUsed', detail: `made for ${person.handle} at the command line` } as const;
    await recordAccess(db, { kind: 'system', name: 'admin-link' }, [{ kind: 'access.granted', data }], now);
    return `${url}/sign-in#link=${token}`;
  });
}
