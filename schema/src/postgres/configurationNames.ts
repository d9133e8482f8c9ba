import type { Queryable } from './pool.js';

export type NamedKind =
  'person' | 'team' | 'schedule' | 'escalation policy' | 'channel' | 'runbook' | 'incident type' | 'service';

export interface Named {
  readonly kind: NamedKind;
  /** 0 for what is known by its name alone. */
  readonly id: number;
  readonly name: string;
}

/** Everything that configuration may name, people by their handles; of one name the oldest comes first. */
export async function loadNames(db: Queryable): Promise<readonly Named[]> {
  const { rows } = await db.query<Named>(
    `select 'person' as kind, id, handle as name from person
     union all select 'team', id, name from team
     union all select 'schedule', id, name from schedule
     union all select 'escalation policy', id, name from escalation_policy
     union all select 'channel', id, name from notification_channel
     union all select 'runbook', id, title from runbook
     union all select 'incident type', 0, key from incident_type
     union all select 'service', 0, name from service
     order by 1, 2`,
  );
  return rows;
}
