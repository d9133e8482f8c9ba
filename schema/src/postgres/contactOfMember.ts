import type { Queryable } from './pool.js';

/** Who confirmed that this member of the channel's Slack is them; null for anybody else. */
export async function personOfSlackMember(
  db: Queryable,
  channelId: number,
  member: string,
): Promise<{ readonly id: number; readonly name: string } | null> {
  const { rows } = await db.query<{ id: number; name: string }>(
    `select p.id, p.name from contact c join person p on p.id = c.person_id
      where c.kind = 'slack' and c.channel_id = $1 and c.address = $2 and c.verified_at is not null and p.is_active
      limit 1`,
    [channelId, member],
  );
  return rows[0] ?? null;
}

/** Whether the channel, or this person through its bot, was told of the incident: nothing else has a button there. */
export async function wasToldInSlack(
  db: Queryable,
  { channelId, personId, incidentId }: Readonly<Record<'channelId' | 'personId' | 'incidentId', number>>,
): Promise<boolean> {
  const { rows } = await db.query<{ told: boolean }>(
    `select exists (select from notification n where n.incident_id = $3 and n.state <> 'cancelled' and (n.channel_id = $1
       or n.contact_id in (select c.id from contact c where c.channel_id = $1 and c.person_id = $2))) as told`,
    [channelId, personId, incidentId],
  );
  return rows[0]?.told === true;
}
