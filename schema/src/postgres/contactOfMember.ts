import type { Queryable } from './pool.js';

/** Who confirmed that this member of the channel's Slack is them; null for anybody else. */
export async function personOfSlackMember(
  db: Queryable,
  channelId: number,
  member: string,
): Promise<{ readonly handle: string; readonly name: string } | null> {
  const { rows } = await db.query<{ handle: string; name: string }>(
    `select p.handle, p.name from contact c join person p on p.id = c.person_id
      where c.kind = 'slack' and c.channel_id = $1 and c.address = $2 and c.verified_at is not null and p.is_active
        and p.role <> 'viewer' limit 1`,
    [channelId, member],
  );
  return rows[0] ?? null;
}
