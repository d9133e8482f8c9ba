import type { Actor } from '../domain/event.js';
import type { ConfigurationTopic } from '../domain/events/people.js';
import { appendEvents } from './log.js';
import type { Queryable } from './pool.js';

export interface ConfigurationChange {
  readonly topic: ConfigurationTopic;
  readonly action: 'created' | 'changed' | 'removed';
  /** Null: there is only one. */
  readonly id: string | number | null;
  /** As people know it. */
  readonly name: string;
  /** As it was, as JSON; null where it is new. What is called a secret is hidden here, what holds one unnamed by the caller. */
  readonly before: unknown;
  /** As it is; null where it is removed. */
  readonly after: unknown;
}

export const hidden = '•••';

/** Appends `configuration.changed` in the transaction that changes it. @param now epoch milliseconds */
export function recordConfigurationChange(
  db: Queryable,
  actor: Actor,
  change: ConfigurationChange,
  now: number = Date.now(),
): Promise<void> {
  const { topic, action, id, name } = change;
  const data = {
    topic,
    action,
    id: id === null ? null : String(id),
    name,
    before: withoutSecrets(change.before ?? null),
    after: withoutSecrets(change.after ?? null),
  };
  const event = { kind: 'configuration.changed', incidentId: null, alertId: null, actor, occurredAt: now } as const;
  return appendEvents(db, [{ ...event, data }]);
}

const secretNames = /secret|password|hash|token$|credential|signingkey|routingkey|privatekey|^auth$/i;

/** The same value with `•••` for whatever stands under the name of a secret, at any depth. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      // Whether there is one may be told: `hasSecret: true`.
      secretNames.test(name) && each !== null && typeof each !== 'boolean' ? hidden : withoutSecrets(each),
    ]),
  );
}
