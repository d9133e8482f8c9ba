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
  readonly name_is: NoisyAlert['nameIs'];
  readonly service: string | null;
  readonly environment: string | null;
  readonly episodes: number;
  readonly conditions: number;
  readonly main_fingerprint: string;
  readonly main_episodes: number;
  readonly flapping_episodes: number;
  readonly incidents: number;
  readonly acknowledged: number;
  readonly short_episodes: number;
  readonly usual_seconds: number | null;
  readonly rule_id: string | null;
}

/**
 * The alerts that opened most incidents, or flapped most, since `since` (epoch milliseconds), of the newest 100,000: by
 * name and place, and by condition where the sender writes another title each time ("CPU at 93 %").
 */
export async function noisiestAlerts(db: Queryable, since: number, limit: number): Promise<readonly NoisyAlert[]> {
  const { rows } = await db.query<NoisyRow>(
    `with newest as (
       select labels ->> 'alertname' as alertname, title, integration_id, fingerprint, service, environment, incident_id,
              is_flapping, explanation ->> 'ruleId' as rule_id, extract(epoch from ends_at - starts_at) as seconds
         from alert where starts_at >= to_timestamp($1::float8 / 1000)
        order by starts_at desc, id desc limit ${mostAlerts}),
     named as (
       select *, count(*) over same as of_condition, case when alertname is not null then 'alertname'
                      when min(title) over same <> max(title) over same then 'example' else 'title' end as name_is
         from newest window same as (partition by integration_id, fingerprint))
     select case name_is when 'alertname' then alertname else mode() within group (order by n.title) end as name, name_is,
            n.service, n.environment, count(*) as episodes, count(distinct (n.integration_id, fingerprint)) as conditions,
            (array_agg(fingerprint order by of_condition desc, fingerprint))[1] as main_fingerprint,
            max(of_condition) as main_episodes, count(*) filter (where is_flapping) as flapping_episodes,
            count(distinct incident_id) as incidents,
            count(distinct incident_id) filter (where i.acknowledged_at is not null) as acknowledged,
            count(*) filter (where seconds <= 300) as short_episodes,
            percentile_disc(0.8) within group (order by seconds)::float8 as usual_seconds,
            mode() within group (order by n.rule_id) as rule_id
       from named n left join incident i on i.id = n.incident_id
      group by name_is, alertname, case name_is when 'title' then n.title end,
               case name_is when 'example' then n.integration_id || ' ' || fingerprint end, n.service, n.environment
     having count(*) > 1
      order by greatest(count(distinct incident_id), count(*) filter (where is_flapping)) desc, episodes desc, name
      limit $2`,
    [since, limit],
  );
  return rows.map((row) => ({
    name: row.name,
    nameIs: row.name_is,
    service: row.service,
    environment: row.environment,
    episodes: row.episodes,
    conditions: row.conditions,
    mainFingerprint: row.main_fingerprint,
    mainEpisodes: row.main_episodes,
    flappingEpisodes: row.flapping_episodes,
    incidents: row.incidents,
    acknowledged: row.acknowledged,
    shortEpisodes: row.short_episodes,
    usualSeconds: row.usual_seconds ?? 0,
    ruleId: row.rule_id,
  }));
}
