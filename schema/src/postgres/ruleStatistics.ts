import type { NoisyAlert } from '../domain/ruleProposal.js';
import type { Queryable } from './pool.js';

/** Alerts that are counted at most: the newest ones. */
const mostAlerts = 100_000;

/**
 * How many alerts that started since `since` (epoch milliseconds) each rule decided about, of the newest 100,000.
 * Through the index by start and up to a bound, so that a busy day costs no more than a quiet one.
 */
export async function ruleMatchCounts(db: Queryable, since: number): Promise<ReadonlyMap<string, number>> {
  const { rows } = await db.query<{ rule_id: string; count: number }>(
    `select explanation ->> 'ruleId' as rule_id, count(*) as count
       from (select explanation from alert where starts_at >= to_timestamp($1::float8 / 1000)
              order by starts_at desc, id desc limit ${mostAlerts}) as newest
      where explanation is not null group by 1`,
    [since],
  );
  return new Map(rows.map((row) => [row.rule_id, row.count]));
}

interface NoisyRow {
  readonly name: string;
  readonly is_alertname: boolean;
  readonly service: string | null;
  readonly environment: string | null;
  readonly episodes: number;
  readonly incidents: number;
  readonly acknowledged: number;
  readonly short_episodes: number;
  readonly usual_seconds: number | null;
  readonly rule_id: string | null;
}

/** The alerts by name and place that opened most incidents since `since` (epoch milliseconds), of the newest 100,000. */
export async function noisiestAlerts(db: Queryable, since: number, limit: number): Promise<readonly NoisyAlert[]> {
  const { rows } = await db.query<NoisyRow>(
    `with newest as (
       select coalesce(labels ->> 'alertname', title) as name, labels ? 'alertname' as is_alertname, service, environment,
              incident_id, explanation ->> 'ruleId' as rule_id, extract(epoch from ends_at - starts_at) as seconds
         from alert where starts_at >= to_timestamp($1::float8 / 1000)
        order by starts_at desc, id desc limit ${mostAlerts})
     select name, is_alertname, n.service, n.environment, count(*) as episodes,
            count(distinct incident_id) as incidents,
            count(distinct incident_id) filter (where i.acknowledged_at is not null) as acknowledged,
            count(*) filter (where seconds <= 300) as short_episodes,
            percentile_disc(0.8) within group (order by seconds)::float8 as usual_seconds,
            mode() within group (order by n.rule_id) as rule_id
       from newest n left join incident i on i.id = n.incident_id
      group by name, is_alertname, n.service, n.environment
     having count(*) > 1
      order by incidents desc, episodes desc, name limit $2`,
    [since, limit],
  );
  return rows.map((row) => ({
    name: row.name,
    isAlertname: row.is_alertname,
    service: row.service,
    environment: row.environment,
    episodes: row.episodes,
    incidents: row.incidents,
    acknowledged: row.acknowledged,
    shortEpisodes: row.short_episodes,
    usualSeconds: row.usual_seconds ?? 0,
    ruleId: row.rule_id,
  }));
}
