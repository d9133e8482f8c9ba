import type { Queryable } from './pool.js';
import { visibleToPerson } from './visibleIncidents.js';

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

/** What channels that are switched on asked for about any of these kinds. */
export async function channelsWanting(
  db: Queryable,
  kinds: readonly string[],
): Promise<
  readonly { readonly channelId: number; readonly kinds: readonly string[]; readonly condition: string | null }[]
> {
  const { rows } = await db.query<{ channelId: number; kinds: string[]; condition: string | null }>({
    name: 'channels_wanting',
    text: `select s.channel_id as "channelId", s.on_kinds as kinds, s.condition
             from channel_subscription s join notification_channel c on c.id = s.channel_id
            where c.is_enabled and s.on_kinds && $1::text[] order by s.channel_id, s.ordinal`,
    values: [kinds],
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
