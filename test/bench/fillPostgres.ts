import { startEmbeddedPostgres } from '@tocsin/schema/postgres/embedded';
import { createIntegration } from '@tocsin/schema/postgres/integrationSecret';
import { migratePostgres } from '@tocsin/schema/postgres/migrate';
import { openPool } from './product.js';
import { within, type Scope } from './scope.js';

/** How much is stored: ten alerts an incident on average, one incident in a thousand with a hundred times as many. */
export interface StoredAmount {
  readonly alerts: number;
  readonly incidents: number;
}

/**
 * A year of incidents with a normal share of each severity and phase; the newest half percent are open. Numbers come from
 * multiplications, so two runs store the same rows; larger factors scatter, smaller ones keep what belongs together.
 */
const incidents = `insert into incident (title, type, severity, phase, services, environment, team, assignee, source,
    correlation_key, rule_id, rule_version, accepts_alerts, first_starts_at, last_activity_at, impact_started_at, opened_at,
    acknowledged_at, acknowledged_by, first_resolved_at, resolved_at, resolved_by_kind, resolved_by, closed_at,
    reopened_count, dismiss_reason, updated_at)
  select (array['QueueGrows', 'LatencyHigh', 'ErrorRateHigh', 'DiskAlmostFull', 'PodRestarts'])[1 + n % 5] || ' in ' || service,
         'operational', severity, phase, array[service], environment, 'team-' || n * 7919 % 12,
         case when n % 3 > 0 then 'person-' || n * 104729 % 40 end, 'alertmanager',
         'default · environment="' || environment || '" service="' || service || '" ' || n, 'default', 1, false,
         opened - interval '30 s', opened + length, opened - interval '30 s', opened,
         case when phase <> 'detected' and n % 4 > 0 then opened + length / 10 end,
         case when phase <> 'detected' and n % 4 > 0 then 'person-' || n * 104729 % 40 end,
         case when is_over then opened + length end, case when is_over then opened + length end,
         case when is_over then case when n % 2 = 0 then 'system' else 'person' end end,
         case when is_over then 'tocsin' end, case when phase = 'closed' then opened + length * 2 end,
         (n % 20 = 0)::int, case when phase = 'dismissed' then 'false_alarm' end, opened + length
    from (select n, opened, environment, 'service-' || lpad((sqrt(n * 7919 % 3600))::int::text, 3, '0') as service,
                 phase, phase in ('resolved', 'closed') as is_over,
                 interval '1 s' * (120 + n * 31 % 7200) as length,
                 (array[0, 1, 1, 2, 2, 2, 2, 3, 3, 4])[1 + n * 13 % 10] as severity
            from (select n, now() - interval '365 days' * (1 - n::float8 / $1::bigint) as opened,
                         (array['production', 'production', 'production', 'staging'])[1 + n * 17 % 4] as environment,
                         case when n > $1::bigint * 0.995 then (array['detected', 'detected', 'acknowledged', 'mitigated'])[1 + n % 4]
                              when n % 50 = 0 then 'dismissed' when n % 3 = 0 then 'closed' else 'resolved' end as phase
                    from generate_series(1, $1::bigint) as n) as timed) as incident`;

const alerts = `insert into alert (integration_id, fingerprint, severity, sender_severity, title, summary, service, environment,
    labels, annotations, starts_at, starts_at_is_sent, ends_at, closed_at, resolve_reason, received_at, last_received_at,
    received_count, material_hash, generator_url, incident_id, explanation)
  select 1, lpad(to_hex(n), 16, '0'), i.severity, 'high', split_part(i.title, ' ', 1), 'It is not as it should be',
         i.services[1], i.environment,
         jsonb_build_object('alertname', split_part(i.title, ' ', 1), 'service', i.services[1], 'severity', 'high',
           'environment', i.environment, 'cluster', 'cluster-' || n % 4, 'namespace', i.team,
           'pod', i.services[1] || '-' || to_hex(n * 7919 % 100000), 'instance', '10.0.' || n % 200 || '.' || n * 31 % 250 || ':9100'),
         '{"summary": "It is not as it should be", "runbook_url": "https://runbooks.example/queue"}',
         i.opened_at, true, ended, ended, case when ended is not null then 'sender' end, i.opened_at, coalesce(ended, i.opened_at), 1 + n % 30, 'hash', 'http://prometheus.example/graph', i.id,
         jsonb_build_object('ruleId', 'default', 'ruleVersion', 1, 'outcome', 'joined', 'key', i.correlation_key,
           'values', jsonb_build_object('service', i.services[1]), 'windowSeconds', 1800,
           'sentence', 'Joined because it has the same service within 30 minutes of the last activity.')
    from generate_series(1, $1::bigint) as n
    join incident i on i.id = case when n % 10 = 0 then 1000 * (1 + n / 10 % greatest(1, $2::bigint / 1000)) else 1 + n * $2::bigint / ($1::bigint + 1) end,
         lateral (select case when i.phase in ('resolved', 'closed', 'dismissed') then i.last_activity_at end as ended) as ending`;

/** What the correlation of a year left behind: each incident is found by its service, the machine and the symptom. */
const scopes = `insert into incident_scope (incident_id, kind, value, environment, first_at, last_at)
  select id, kind, value, environment, date_trunc('minute', first_starts_at), date_trunc('minute', last_activity_at) + interval '1 min'
    from incident, lateral (values ('service', services[1]), ('symptom', '*'), ('placed', '10.0.' || id % 200 || '.' || id * 31 % 250))
      as found (kind, value)`;

const events = `insert into event (kind, incident_id, alert_id, actor_kind, actor, occurred_at, data)
  select kind, incident_id, alert_id, 'sender', 'Alertmanager', at, data from (
    select 'incident.opened' as kind, id as incident_id, null::bigint as alert_id, opened_at as at,
           jsonb_build_object('title', title, 'severity', 'high') as data from incident
    union all
    select 'alert.opened', incident_id, id, starts_at, jsonb_build_object('title', title, 'severity', 'high', 'service', service,
           'environment', environment, 'startsAt', (extract(epoch from starts_at) * 1000)::bigint) from alert
    union all
    select 'incident.resolved', id, null, resolved_at, '{"from": "acknowledged", "reason": "allAlertsResolved"}'
      from incident where resolved_at is not null) as happened
  order by at`;

/**
 * Writes a year into an empty data directory, as if the product had been running on it, and stops again.
 * @returns the secret of its integration
 */
export async function fillPostgres(outer: Scope, dataDir: string, amount: StoredAmount): Promise<string> {
  return within(outer, async (scope) => {
    const postgres = await startEmbeddedPostgres({ dataDir });
    scope.add(postgres.stop);
    const pool = openPool(scope, postgres.connectionString);
    await migratePostgres(pool);
    const { secret } = await createIntegration(pool, {
      name: 'Alertmanager',
      source: 'alertmanager',
      team: null,
      environment: null,
      staleAfterSeconds: null,
      staleAction: null,
      ignoreLabels: null,
      volatileAnnotations: null,
    });
    await pool.query(incidents, [amount.incidents]);
    await pool.query(alerts, [amount.alerts, amount.incidents]);
    await pool.query(scopes);
    await pool.query(events);
    // The relay would carry all of this into ClickHouse while we measure something else.
    await pool.query(`insert into log_reader (name, after_xid, after_position)
      select 'kpi', xid, position from event order by event.xid desc, event.position desc limit 1`);
    await pool.query('vacuum analyze');
    return secret;
  });
}
