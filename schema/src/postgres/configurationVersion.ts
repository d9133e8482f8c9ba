import type { Queryable } from './pool.js';

/** The channel that tells caches of rules, windows and services to look whether their version moved; its payload is empty. */
export const configurationChannel = 'tocsin_configuration';

export type ConfigurationTopic =
  'services' | 'maintenance' | 'people' | 'teams' | 'oncall' | 'types' | 'automation' | 'channels' | 'statusPage';

/** The version that every edit of the topic moves. */
export async function configurationVersion(db: Queryable, topic: ConfigurationTopic): Promise<number> {
  const { rows } = await db.query<{ version: number }>({
    name: 'configuration_version',
    text: 'select version from configuration_version where topic = $1',
    values: [topic],
  });
  return rows[0]?.version ?? 0;
}

/** Takes turns with everybody who edits the topic, until the transaction ends; the version before the edit. */
export async function lockConfiguration(db: Queryable, topic: ConfigurationTopic): Promise<number> {
  const { rows } = await db.query<{ version: number }>(
    'select version from configuration_version where topic = $1 for update',
    [topic],
  );
  return rows[0]?.version ?? 0;
}

/** Moves the version in the edit's own transaction and wakes the caches at its commit; the version after it. */
export async function moveConfiguration(db: Queryable, topic: ConfigurationTopic): Promise<number> {
  const { rows } = await db.query<{ version: number }>(
    `with moved as (update configuration_version set version = version + 1 where topic = $1 returning version)
     select version, pg_notify('${configurationChannel}', '') from moved`,
    [topic],
  );
  return rows[0]?.version ?? 0;
}
