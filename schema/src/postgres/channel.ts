import type { ChannelKind } from '../domain/notification.js';
import type { Queryable } from './pool.js';

export interface ChannelSubscription {
  readonly kinds: readonly string[];
  /** An expression over the incident; null: all. */
  readonly condition: string | null;
}

/** A channel without its secrets. */
export interface Channel {
  readonly id: number;
  readonly version: number;
  readonly name: string;
  readonly kind: ChannelKind;
  readonly teamId: number | null;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly hasSecret: boolean;
  readonly mayReachPrivate: boolean;
  readonly isEnabled: boolean;
  readonly ratePerMinute: number;
  /** Epoch milliseconds. */
  readonly failingSince: number | null;
  readonly lastError: string | null;
  readonly subscriptions: readonly ChannelSubscription[];
}

export type ChannelDraft = Pick<
  Channel,
  'name' | 'kind' | 'teamId' | 'settings' | 'mayReachPrivate' | 'isEnabled' | 'ratePerMinute' | 'subscriptions'
>;

const columns = `c.id, c.version, c.name, c.kind, c.team_id as "teamId", c.settings, c.secret is not null as "hasSecret",
  c.may_reach_private as "mayReachPrivate", c.is_enabled as "isEnabled", c.rate_per_minute as "ratePerMinute",
  c.failing_since as "failingSince", c.last_error as "lastError",
  (select coalesce(jsonb_agg(jsonb_build_object('kinds', to_jsonb(s.on_kinds), 'condition', s.condition) order by s.ordinal), '[]')
     from channel_subscription s where s.channel_id = c.id) as subscriptions`;

/** All of them, by name: tens. */
export async function loadChannels(db: Queryable): Promise<readonly Channel[]> {
  const { rows } = await db.query<Channel>({
    name: 'channels',
    text: `select ${columns} from notification_channel c order by c.name_key`,
  });
  return rows;
}

export async function lockChannel(db: Queryable, id: number): Promise<Channel | null> {
  const { rows } = await db.query<Channel>(`select ${columns} from notification_channel c where c.id = $1 for update`, [
    id,
  ]);
  return rows[0] ?? null;
}

/** Null where another has the name. @param nameKey the name as it is compared */
export async function insertChannel(db: Queryable, draft: ChannelDraft, nameKey: string): Promise<number | null> {
  const { rows } = await db.query<{ id: number }>(
    `insert into notification_channel (name, name_key, kind, team_id, settings, may_reach_private, is_enabled, rate_per_minute)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (name_key) do nothing returning id`,
    valuesOf(draft, nameKey),
  );
  const id = rows[0]?.id ?? null;
  if (id !== null) await writeSubscriptions(db, id, draft.subscriptions);
  return id;
}

/** What is changed is tried afresh. False where another has the name. */
export async function updateChannel(db: Queryable, id: number, draft: ChannelDraft, nameKey: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update notification_channel set name = $1, name_key = $2, kind = $3, team_id = $4, settings = $5, may_reach_private = $6,
            is_enabled = $7, rate_per_minute = $8, failing_since = null, last_error = null, version = version + 1, updated_at = now()
      where id = $9 and not exists (select from notification_channel o where o.name_key = $2 and o.id <> $9)`,
    [...valuesOf(draft, nameKey), id],
  );
  await writeSubscriptions(db, id, draft.subscriptions);
  return rowCount === 1;
}

function valuesOf(draft: ChannelDraft, nameKey: string): unknown[] {
  const { name, kind, teamId, settings, mayReachPrivate, isEnabled, ratePerMinute } = draft;
  return [name, nameKey, kind, teamId, JSON.stringify(settings), mayReachPrivate, isEnabled, ratePerMinute];
}

async function writeSubscriptions(
  db: Queryable,
  id: number,
  subscriptions: readonly ChannelSubscription[],
): Promise<void> {
  await db.query('delete from channel_subscription where channel_id = $1', [id]);
  for (const [ordinal, { kinds, condition }] of subscriptions.entries()) {
    await db.query(
      'insert into channel_subscription (channel_id, ordinal, on_kinds, condition) values ($1, $2, $3, $4)',
      [id, ordinal, kinds, condition],
    );
  }
}

/** The one before goes on signing until `overlapUntil`, epoch milliseconds; null: it ends at once. */
export async function writeChannelSecret(
  db: Queryable,
  id: number,
  sealed: Buffer,
  overlapUntil: number | null,
): Promise<void> {
  const keeps = overlapUntil === null ? 'null' : 'secret';
  await db.query(
    `update notification_channel set previous_secret = ${keeps},
            previous_secret_until = case when ${keeps}::bytea is null then null else $3::timestamptz end,
            secret = $2, version = version + 1, updated_at = now() where id = $1`,
    [id, sealed, overlapUntil === null ? null : new Date(overlapUntil).toISOString()],
  );
}

export async function readChannelSecret(db: Queryable, id: number): Promise<Buffer | null> {
  const { rows } = await db.query<{ secret: Buffer | null }>('select secret from notification_channel where id = $1', [
    id,
  ]);
  return rows[0]?.secret ?? null;
}

/** Names of what would be left without it. */
export async function usersOfChannel(db: Queryable, id: number): Promise<readonly string[]> {
  const { rows } = await db.query<{ name: string }>(
    `select distinct 'escalation policy ' || p.name as name from escalation_target t
       join escalation_step s on s.id = t.step_id join escalation_policy p on p.id = s.policy_id where t.channel_id = $1
     union all
     select distinct 'Slack of ' || p.name from contact c join person p on p.id = c.person_id where c.channel_id = $1
     order by 1`,
    [id],
  );
  return rows.map(({ name }) => name);
}

export async function deleteChannelRow(db: Queryable, id: number): Promise<void> {
  await db.query('delete from notification_channel where id = $1', [id]);
}
