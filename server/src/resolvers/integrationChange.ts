import type { Integration } from '@tocsin/schema/domain/source';
import { recordConfigurationChange } from '@tocsin/schema/postgres/configurationEvent';
import { loadIntegrations } from '@tocsin/schema/postgres/integration';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import type { ApiContext } from '../context.js';
import { notFound } from '../errors.js';

/** What nobody decides about it. */
const observed: ReadonlySet<string> = new Set(['id', 'createdAt', 'firstReceivedAt', 'lastReceivedAt']);

function settingsOf(integration: Integration): object {
  return Object.fromEntries(Object.entries(integration).filter(([name]) => !observed.has(name)));
}

/**
 * Changes an integration, and tells the audit trail what it was and what it is, in one transaction.
 * @param told what does not show in its settings: that a secret was replaced
 * @throws ApiFailure NOT_FOUND
 */
export function changeIntegration<T>(
  { services: { pool }, actor }: ApiContext,
  id: number,
  work: (db: Queryable) => Promise<T>,
  told: object = {},
): Promise<T> {
  return inTransaction(pool, async (db) => {
    const before = await integrationThere(db, id);
    const result = await work(db);
    const after = await integrationThere(db, id);
    const change = { topic: 'integration', action: 'changed', id, name: after.name } as const;
    const states = { before: settingsOf(before), after: { ...settingsOf(after), ...told } };
    await recordConfigurationChange(db, actor, { ...change, ...states });
    return result;
  });
}

/** Tells the audit trail of a new one, in the transaction that made it. */
export async function recordNewIntegration(db: Queryable, { actor }: ApiContext, id: number): Promise<void> {
  const made = await integrationThere(db, id);
  const change = { topic: 'integration', action: 'created', id, name: made.name, before: null } as const;
  await recordConfigurationChange(db, actor, { ...change, after: settingsOf(made) });
}

async function integrationThere(db: Queryable, id: number): Promise<Integration> {
  const [integration] = await loadIntegrations(db, [id]);
  if (integration === undefined) throw notFound('integration', String(id));
  return integration;
}
