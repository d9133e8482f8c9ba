import { hasAdmin } from '@tocsin/schema/postgres/person';
import { lockPeople } from '@tocsin/schema/postgres/personWrite';
import { createLink, revokeLinks } from '@tocsin/schema/postgres/oneTimeLink';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { inTransaction } from '@tocsin/schema/postgres/transaction';

const setupMs = 24 * 3_600_000;

/**
 * A link that creates the admin, where there is none; the links of earlier starts end. Null: there is an admin.
 * The token stands in the fragment, which no browser sends to a server, so that no access log keeps it.
 * @param now epoch milliseconds
 */
export function setupLink(pool: Pool, dashboardUrl: string, now: number): Promise<string | null> {
  return inTransaction(pool, async (db) => {
    await lockPeople(db);
    if (await hasAdmin(db)) return null;
    await revokeLinks(db, { purpose: 'setup' });
    const token = await createLink(db, { purpose: 'setup', expiresAt: now + setupMs });
    return `${dashboardUrl}/sign-in#setup=${token}`;
  });
}
