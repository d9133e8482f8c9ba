import type { Queryable } from './pool.js';
import { tellableToChannel, visibleToPerson } from './visibleIncidents.js';

/** Who follows which of the incidents, and may see it still. */
export async function followersOf(
  db: Queryable,
  incidentIds: readonly number[],
): Promise<readonly { readonly incidentId: number; readonly personId: number; readonly handle: string }[]> {
  const { rows } = await db.query<{ incidentId: number; personId: number; handle: string }>({
    name: 'followers_of',
    text: `select s.incident_id as "incidentId", s.person_id as "personId", p.handle
             from incident_subscriber s join person p on p.id = s.person_id join incident i on i.id = s.incident_id
            where s.incident_id = any($1::bigint[]) and s.is_subscribed and p.is_active and ${visibleToPerson('i', 'p')}`,
    values: [incidentIds],
  });
  return rows;
}

/** What a channel asked for. */
export interface ChannelWish {
  readonly channelId: number;
  readonly kinds: readonly string[];
  readonly condition: string | null;
  /** Of the incidents in question those that the channel may not hear of. */
  readonly keptFrom: readonly number[];
}

/** What channels that are switched on asked for about any of these kinds, and what of these incidents they may not hear. */
export async function channelsWanting(
  db: Queryable,
  incidentIds: readonly number[],
  kinds: readonly string[],
): Promise<readonly ChannelWish[]> {
  const { rows } = await db.query<ChannelWish>({
    name: 'channels_wanting',
    text: `select s.channel_id as "channelId", s.on_kinds as kinds, s.condition,
                  (select coalesce(jsonb_agg(i.id), '[]') from incident i
                    where i.id = any($2::bigint[]) and not ${tellableToChannel('i', 'c')}) as "keptFrom"
             from channel_subscription s join notification_channel c on c.id = s.channel_id
            where c.is_enabled and s.on_kinds && $1::text[] order by s.channel_id, s.ordinal`,
    values: [kinds, incidentIds],
  });
  return rows;
}

/** How people are called, by handle. */
export async function namesOf(db: Queryable, handles: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.query<{ handle: string; name: string }>({
    name: 'names_of',
    text: 'select handle, name from person where handle = any($1::text[])',
    values: [handles],
  });
  return new Map(rows.map(({ handle, name }) => [handle, name]));
}
