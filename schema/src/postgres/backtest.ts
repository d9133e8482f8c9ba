import type { CorrelationRule } from '../domain/rule.js';
import type { BacktestResult, BacktestState } from '../domain/ruleBacktest.js';
import type { Queryable } from './pool.js';

/** Finished ones beyond these are removed when another begins, and what a process left behind that ended with it. */
const kept = 50;
/** A running one that has not moved for so long belongs to a process that is gone. */
const silentSeconds = 30;

export interface Backtest {
  readonly id: number;
  readonly state: BacktestState;
  /** 0 to 1. */
  readonly progress: number;
  readonly alertCount: number;
  readonly from: number;
  readonly to: number;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly result: BacktestResult | null;
  readonly error: string | null;
}

interface BacktestRow {
  readonly id: number;
  readonly state: BacktestState;
  readonly progress: number;
  readonly alert_count: number;
  readonly from_at: number;
  readonly to_at: number;
  readonly started_at: number;
  readonly finished_at: number | null;
  readonly result: BacktestResult | null;
  readonly error: string | null;
  readonly is_silent: boolean;
}

const columns = `id, state, progress, alert_count, from_at, to_at, started_at, finished_at, result, error,
  state = 'running' and updated_at < now() - interval '${silentSeconds} s' as is_silent`;

export interface NewBacktest {
  readonly rules: readonly CorrelationRule[];
  readonly baseVersion: number;
  /** Epoch milliseconds, by receipt: from inclusive, to exclusive. */
  readonly from: number;
  readonly to: number;
  readonly startedBy: string;
}

export async function createBacktest(db: Queryable, backtest: NewBacktest): Promise<Backtest> {
  await db.query(
    `delete from backtest where id in (
       select id from backtest where finished_at is not null or updated_at < now() - interval '1 day'
        order by id desc offset ${kept - 1})`,
  );
  const { rows } = await db.query<BacktestRow>(
    `insert into backtest (state, rules, base_version, from_at, to_at, started_by)
     values ('running', $1, $2, to_timestamp($3::float8 / 1000), to_timestamp($4::float8 / 1000), $5)
     returning ${columns}`,
    [JSON.stringify(backtest.rules), backtest.baseVersion, backtest.from, backtest.to, backtest.startedBy],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('Postgres returned no row for a backtest.');
  return backtestOfRow(row);
}

export async function backtestOfId(db: Queryable, id: number): Promise<Backtest | null> {
  const { rows } = await db.query<BacktestRow>(`select ${columns} from backtest where id = $1`, [id]);
  return rows[0] === undefined ? null : backtestOfRow(rows[0]);
}

/** Says that it is alive and how far it is. False: somebody cancelled it, perhaps through another process. */
export async function moveBacktest(db: Queryable, id: number, progress: number, alertCount: number): Promise<boolean> {
  const { rowCount } = await db.query(
    `update backtest set progress = $2, alert_count = $3, updated_at = now() where id = $1 and state = 'running'`,
    [id, progress, alertCount],
  );
  return rowCount === 1;
}

/** Only a running one ends; whichever end comes first stays. */
export async function finishBacktest(db: Queryable, id: number, result: BacktestResult): Promise<void> {
  await db.query(
    `update backtest set state = 'done', progress = 1, alert_count = $3, result = $2, finished_at = now(), updated_at = now()
      where id = $1 and state = 'running'`,
    [id, JSON.stringify(result), result.before.alerts],
  );
}

export async function failBacktest(db: Queryable, id: number, reason: string): Promise<void> {
  await db.query(
    `update backtest set state = 'failed', error = $2, finished_at = now(), updated_at = now()
      where id = $1 and state = 'running'`,
    [id, reason],
  );
}

export async function cancelBacktest(db: Queryable, id: number): Promise<void> {
  await db.query(
    `update backtest set state = 'cancelled', finished_at = now(), updated_at = now() where id = $1 and state = 'running'`,
    [id],
  );
}

function backtestOfRow(row: BacktestRow): Backtest {
  return {
    id: row.id,
    state: row.is_silent ? 'failed' : row.state,
    progress: row.progress,
    alertCount: row.alert_count,
    from: row.from_at,
    to: row.to_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    result: row.result,
    error: row.is_silent ? 'The process that ran it ended: start it again.' : row.error,
  };
}
