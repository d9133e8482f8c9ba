import type { AlertLink, Labels } from '../domain/alert.js';
import { timeParameter } from './incidentRow.js';
import { logChannel } from './log.js';
import type { Queryable } from './pool.js';
import { timerChannel } from './timer.js';

/** Times are epoch milliseconds. */
export interface ChangeToWrite {
  readonly integrationId: number;
  readonly key: string;
  readonly source: string;
  readonly title: string;
  readonly service: string | null;
  readonly environment: string | null;
  readonly occurredAt: number;
  readonly receivedAt: number;
  readonly links: readonly AlertLink[];
  readonly details: Labels;
}

/**
 * Stores changes in the caller's transaction, each with its event in the log; a repetition of one that is stored leaves
 * both alone. One statement, because which of them are new is only known to Postgres.
 */
export async function writeChanges(db: Queryable, rows: readonly ChangeToWrite[]): Promise<void> {
  if (rows.length === 0) return;
  await db.query({
    name: 'change_write',
    text: `with added as (
        insert into change_event (integration_id, key, source, title, service, environment, occurred_at, received_at, links, details)
        select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
                             $7::timestamptz[], $8::timestamptz[], $9::jsonb[], $10::jsonb[])
        on conflict (integration_id, key) do nothing
        returning id, integration_id, title, service, environment, occurred_at, received_at),
      -- incidents that are open may want to show them
      timers as (insert into timer (kind, key, due_at) select 'change.place', id::text, received_at from added),
      told as (
        insert into event (kind, incident_id, alert_id, actor_kind, actor, occurred_at, data)
        select 'change.received', null, null, 'sender', i.name, a.occurred_at,
               jsonb_build_object('changeId', a.id, 'integrationId', a.integration_id, 'title', a.title, 'service', a.service, 'environment', a.environment)
          from added a join integration i on i.id = a.integration_id order by a.id)
      select pg_notify('${logChannel}', ''), pg_notify('${timerChannel}', '')`,
    values: [
      rows.map((row) => row.integrationId),
      rows.map((row) => row.key),
      rows.map((row) => row.source),
      rows.map((row) => row.title),
      rows.map((row) => row.service),
      rows.map((row) => row.environment),
      rows.map((row) => timeParameter(row.occurredAt)),
      rows.map((row) => timeParameter(row.receivedAt)),
      rows.map((row) => JSON.stringify(row.links)),
      rows.map((row) => JSON.stringify(row.details)),
    ],
  });
}
