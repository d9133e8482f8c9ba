import { mkdir } from 'node:fs/promises';
import { createClickHouse } from '@tocsin/schema/clickhouse/client';
import { migrateClickHouse } from '@tocsin/schema/clickhouse/migrate';
import { clickhouseFolder } from '@tocsin/server/kpi/openStores';
import type { Scope } from './scope.js';

/** The same arithmetic as in {@link incidentsInPostgres}, so that both engines answer the same question. */
const facts = `insert into incident_fact (incident_id, revision, type, severity, phase, services, environment, team, source,
    impact_started_at, opened_at, acknowledged_at, first_resolved_at, resolved_at, resolved_by_kind, reopened_count,
    dismiss_reason, alert_count)
  select n, 1 + n % 5, ['operational', 'operational', 'security', 'customer_service'][1 + n % 4],
         ['critical', 'high', 'medium', 'low', 'info'][1 + n * 13 % 5], phase,
         [concat('service-', toString(n * 7919 % 60))], ['production', 'staging'][1 + n * 17 % 2],
         concat('team-', toString(n * 104729 % 12)), 'alertmanager', opened - toIntervalSecond(n % 90), opened,
         if(n % 4 > 0, opened + toIntervalSecond(30 + n * 37 % 900), null), ended, ended,
         if(phase = 'resolved', ['person', 'system'][1 + n % 2], null), n % 20 = 0 ? 1 : 0,
         if(phase = 'dismissed', 'false_alarm', null), 1 + n % 20
    from (select number + 1 as n, if(n % 50 = 0, 'dismissed', 'resolved') as phase,
                 fromUnixTimestamp64Milli({from: Int64} + intDiv(number * {span: Int64}, {count: Int64}), 'UTC') as opened,
                 if(n % 50 = 0, null, opened + toIntervalSecond(120 + n * 31 % 7200)) as ended
            from numbers({count: UInt64}))`;

const received = `insert into alert_received (position, ordinal, minute, integration_id, source, service, severity, environment, outcome, count)
  select number, 0, fromUnixTimestamp64Milli(intDiv({from: Int64} + intDiv(number * {span: Int64}, {count: Int64}), 60000) * 60000, 'UTC'),
         1, 'alertmanager', concat('service-', toString(number % 60)), 'high', 'production',
         ['opened', 'repeated', 'repeated', 'repeated'][1 + number % 4], 1 + number % 9
    from numbers({count: UInt64})`;

/** Incidents of one year, and as many rows of what was received, in a ClickHouse of the product's; then lets go of it. */
export async function fillClickHouse(scope: Scope, dataDir: string, year: Year): Promise<void> {
  const embeddedPath = clickhouseFolder(dataDir);
  await mkdir(embeddedPath, { recursive: true });
  const clickhouse = await createClickHouse({ embeddedPath });
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await clickhouse.close();
    isOpen = false;
  };
  scope.add(close);
  await migrateClickHouse(clickhouse);
  const query_params = { from: year.from, span: year.to - year.from, count: year.incidents };
  await clickhouse.command({ query: facts, query_params });
  await clickhouse.command({ query: received, query_params });
  await close();
}

/** Epoch milliseconds. */
export interface Year {
  readonly from: number;
  readonly to: number;
  readonly incidents: number;
}

export const incidentsInPostgres = `insert into incident (id, revision, title, type, severity, phase, services, environment, team, source,
    accepts_alerts, impact_started_at, opened_at, acknowledged_at, first_resolved_at, resolved_at, resolved_by_kind,
    reopened_count, dismiss_reason, updated_at)
  overriding system value
  select n, 1 + n % 5, 'An incident', (array['operational', 'operational', 'security', 'customer_service'])[1 + n % 4],
         n * 13 % 5, phase, array['service-' || n * 7919 % 60], (array['production', 'staging'])[1 + n * 17 % 2],
         'team-' || n * 104729 % 12, 'alertmanager', false, opened - interval '1 s' * (n % 90), opened,
         case when n % 4 > 0 then opened + interval '1 s' * (30 + n * 37 % 900) end, ended, ended,
         case when phase = 'resolved' then (array['person', 'system'])[1 + n % 2] end, (n % 20 = 0)::int,
         case when phase = 'dismissed' then 'false_alarm' end, opened
    from (select n, case when n % 50 = 0 then 'dismissed' else 'resolved' end as phase, opened,
                 case when n % 50 = 0 then null else opened + interval '1 s' * (120 + n * 31 % 7200) end as ended
            from (select n, to_timestamp(($1::bigint + (n - 1) * $2::bigint / $3::bigint) / 1000.0) as opened
                    from generate_series(1, $3::bigint) as n) as started) as timed`;
