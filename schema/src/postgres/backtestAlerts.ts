import type { Alert, Labels } from '../domain/alert.js';
import { type Severity, severityOfRank } from '../domain/severity.js';
import type { Queryable } from './pool.js';

/** What a backtest reads of an alert. Times are epoch milliseconds; both ends are null while it fires. */
export interface BacktestAlert {
  readonly id: number;
  readonly integrationId: number;
  readonly fingerprint: string;
  readonly severity: Severity;
  readonly title: string;
  readonly summary: string | null;
  readonly description: string | null;
  readonly service: string | null;
  readonly environment: string | null;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly groupKey: string | null;
  readonly startsAt: number;
  readonly endsAt: number | null;
  readonly receivedAt: number;
  /** When its end was received. */
  readonly closedAt: number | null;
  readonly resolveReason: Alert['resolveReason'];
}

/** Ids of the alerts that may have been received in a stretch of time: after `first` exclusive, up to `last`. */
export interface IdRange {
  readonly first: number;
  readonly last: number;
}

/** Batches of several processes commit out of order, by less than a statement may take. */
const slackMs = 60_000;

/**
 * Ids grow as alerts are received, so the ends of a stretch are found by halving the ids: some twenty look-ups by primary
 * key in place of an index by receipt that every new alert would have to write.
 */
export async function alertIdsBetween(db: Queryable, from: number, to: number): Promise<IdRange> {
  const { rows } = await db.query<{ low: number | null; high: number | null }>(
    'select min(id) as low, max(id) as high from alert',
  );
  const { low, high } = rows[0] ?? { low: null, high: null };
  if (low === null || high === null) return { first: 0, last: 0 };
  const first = await firstIdSince(db, from - slackMs, low, high);
  const behind = await firstIdSince(db, to + slackMs, first, high);
  return { first: first - 1, last: behind - 1 };
}

/** The lowest id from which on alerts were received at or after a time; one more than `high` where none was. */
async function firstIdSince(db: Queryable, time: number, low: number, high: number): Promise<number> {
  let [from, to] = [low, high + 1];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const { rows } = await db.query<{ id: number; received_at: number }>({
      name: 'backtest_probe',
      text: 'select id, received_at from alert where id >= $1 order by id limit 1',
      values: [middle],
    });
    const [row] = rows;
    if (row === undefined || row.received_at >= time) to = middle;
    else from = row.id + 1;
  }
  return from;
}

interface Row {
  readonly id: number;
  readonly integration_id: number;
  readonly fingerprint: string;
  readonly severity: number;
  readonly title: string;
  readonly summary: string | null;
  readonly description: string | null;
  readonly service: string | null;
  readonly environment: string | null;
  readonly labels: Labels;
  readonly annotations: Labels | null;
  readonly group_key: string | null;
  readonly starts_ms: number;
  readonly ends_ms: number | null;
  readonly received_ms: number;
  readonly closed_ms: number | null;
  readonly resolve_reason: Alert['resolveReason'];
}

export interface AlertPage {
  readonly range: IdRange;
  readonly from: number;
  readonly to: number;
  /** The last id of the page before. */
  readonly after: number;
  readonly size: number;
  /** Long texts are read only where an expression looks at them: they are most of what is stored. */
  readonly withTexts: boolean;
}

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

/** The next alerts in the order of their ids, without those that a maintenance window kept quiet to their end. */
export async function readBacktestAlerts(db: Queryable, page: AlertPage): Promise<readonly BacktestAlert[]> {
  const texts = page.withTexts
    ? 'summary, description, annotations'
    : 'null as summary, null as description, null as annotations';
  const { rows } = await db.query<Row>({
    name: page.withTexts ? 'backtest_page_texts' : 'backtest_page',
    text: `select id, integration_id, fingerprint, severity, title, ${texts}, service, environment, labels, group_key,
                  ${ms('starts_at')} as starts_ms, ${ms('ends_at')} as ends_ms, ${ms('received_at')} as received_ms,
                  ${ms('closed_at')} as closed_ms, resolve_reason
             from alert
            where id > $1 and id <= $2 and received_at >= to_timestamp($3::float8 / 1000)
              and received_at < to_timestamp($4::float8 / 1000) and (suppressed_by is null or surfaced_at is not null)
            order by id limit $5`,
    values: [Math.max(page.after, page.range.first), page.range.last, page.from, page.to, page.size],
  });
  return rows.map((row) => ({
    id: row.id,
    integrationId: row.integration_id,
    fingerprint: row.fingerprint,
    severity: severityOfRank(row.severity),
    title: row.title,
    summary: row.summary,
    description: row.description,
    service: row.service,
    environment: row.environment,
    labels: row.labels,
    annotations: row.annotations ?? {},
    groupKey: row.group_key,
    startsAt: row.starts_ms,
    endsAt: row.ends_ms,
    receivedAt: row.received_ms,
    closedAt: row.closed_ms,
    resolveReason: row.resolve_reason,
  }));
}
