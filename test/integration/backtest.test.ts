import type { Pool } from '@tocsin/schema/postgres/pool';
import { backtestOfId, createBacktest } from '@tocsin/schema/postgres/backtest';
import { alertIdsBetween } from '@tocsin/schema/postgres/backtestAlerts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, startApi } from '../support/apiServer.js';
import { addAlert, addIntegration } from '../support/fixtures.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';
import { eventually } from '../support/tocsin.js';

const minute = 60_000;
const start = Date.parse('2026-03-01T10:00:00Z');

interface BacktestAnswer {
  readonly id: string;
  readonly state: string;
  readonly alertCount: number;
  readonly before: object | null;
  readonly after: object | null;
  readonly error: string | null;
  readonly differences: readonly {
    readonly kind: string;
    readonly sentence: string;
    readonly alerts: readonly object[];
  }[];
}

const summary = 'alerts incidents alertsPerIncident largestIncidentAlerts heldBack';
const fields = `id state progress alertCount error from to before { ${summary} } after { ${summary} }
  differences { kind sentence alertCount incidentsBefore incidentsAfter alerts { id title } }`;
const starting = `mutation ($rules: [CorrelationRuleInput!]!, $from: DateTime, $to: DateTime) {
  startBacktest(rules: $rules, from: $from, to: $to) { ${fields} } }`;

/** Ten alerts a second for as long as it is asked for, all of one service each. */
async function fill(pool: Pool, integrationId: number, count: number): Promise<void> {
  await pool.query(
    `insert into alert (integration_id, fingerprint, severity, title, service, environment, labels, annotations, starts_at,
       starts_at_is_sent, ends_at, closed_at, resolve_reason, received_at, last_received_at, received_count, material_hash)
     select $1, 'bulk-' || n % 5000, 1, 'Bulk', 'service-' || n % 300, 'staging',
            jsonb_build_object('alertname', 'Bulk', 'n', n::text), '{}', at, true, at + interval '20 s', at + interval '20 s', 'sender',
            at, at, 1, ''
       from (select n, to_timestamp($3::float8 / 1000) + n * interval '0.1 s' as at from generate_series(1, $2::int) as n) as timed`,
    [integrationId, count, start + 86_400_000],
  );
}

describe('a backtest', () => {
  let database: TestDatabase;
  let server: ApiServer;
  let integrationId: number;
  beforeAll(async () => {
    database = await createTestDatabase();
    server = await startApi(database);
    integrationId = (await addIntegration(database.pool)).id;
    // A storm: three services of one rack, twice each within five minutes; one flapping check, and one alert later.
    const rack = { rack: 'r1' };
    for (const [n, service] of ['web', 'api', 'db', 'web', 'api', 'db'].entries()) {
      const startsAt = start + n * minute;
      const labels = { ...rack, alertname: `Down${n}` };
      await addAlert(database.pool, {
        integrationId,
        service,
        title: `Down${n}`,
        labels,
        startsAt,
        endsAt: start + 20 * minute,
      });
    }
    for (let n = 0; n < 3; n++) {
      const startsAt = start + (60 + n * 120) * minute;
      const labels = { alertname: 'Flap' };
      await addAlert(database.pool, {
        integrationId,
        service: 'cron',
        title: 'Flap',
        labels,
        startsAt,
        endsAt: startsAt + minute,
      });
    }
    await fill(database.pool, integrationId, 60_000);
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  const storm = { from: new Date(start - minute).toISOString(), to: new Date(start + 12 * 60 * minute).toISOString() };
  const ask = async (query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<BacktestAnswer> => {
    const answer = await server.ask(query, variables);
    expect(answer.errors).toEqual([]);
    // our own API's answer: a wrong shape fails the assertion that reads it
    return Object.values(answer.data ?? {})[0] as BacktestAnswer;
  };
  const finished = (id: string): Promise<BacktestAnswer> =>
    eventually(async () => {
      const found = await ask(`query ($id: ID!) { backtest(id: $id) { ${fields} } }`, { id });
      return found.state !== 'RUNNING' && found;
    });
  const run = async (rules: readonly object[], range = storm): Promise<BacktestAnswer> =>
    finished((await ask(starting, { rules, ...range })).id);

  it('finds nothing different between the same rules', async () => {
    const done = await run([]);
    expect(done).toMatchObject({ state: 'DONE', progress: 1, alertCount: 9, differences: [], error: null });
    expect(done.before).toEqual(done.after);
    expect(done.before).toMatchObject({ alerts: 9, heldBack: 0 });
  });

  it('shows what a draft would put together, with some of the alerts', async () => {
    const done = await run([{ name: 'One rack', match: 'has(labels.rack)', groupBy: ['labels.rack'] }]);
    expect(done.state).toBe('DONE');
    const [joined] = done.differences;
    expect(joined).toMatchObject({ kind: 'JOINED', alertCount: 6, incidentsBefore: 3, incidentsAfter: 1 });
    expect(joined?.sentence).toBe('6 alerts of web, api and db would be one incident instead of 3 (rule “One rack”)');
    expect(joined?.alerts).toHaveLength(5);
    expect(joined?.alerts[0]).toMatchObject({ title: 'Down0' });
  });

  it('shows what a draft would take apart', async () => {
    const done = await run([{ name: 'Each alone', match: 'service == "web"', groupBy: ['fingerprint'] }]);
    expect(done.differences).toMatchObject([{ kind: 'SPLIT', alertCount: 2, incidentsBefore: 1, incidentsAfter: 2 }]);
  });

  it('shows what a hold and a threshold would keep from opening', async () => {
    const held = await run([{ name: 'Patience', match: 'labels.alertname == "Flap"', holdSeconds: 300 }]);
    expect(held.after).toMatchObject({ heldBack: 3 });
    expect(held.differences.every(({ kind }) => kind === 'HELD_BACK')).toBe(true);
    expect(held.differences[0]?.sentence).toMatch(/of cron would open no incident$/);
    const few = { match: 'labels.alertname == "Flap"', thresholdCount: 2, thresholdSeconds: 60 };
    expect((await run([{ name: 'Several', ...few }])).after).toMatchObject({ heldBack: 3 });
  });

  it('is refused before it starts when a rule is wrong or the time is', async () => {
    const codes = async (variables: object) =>
      (await server.ask(starting, { rules: [], ...variables })).errors[0]?.extensions;
    expect(await codes({ rules: [{ name: 'x', match: 'oops' }] })).toMatchObject({ code: 'EXPRESSION_INVALID' });
    expect(await codes({ from: storm.to, to: storm.from })).toMatchObject({ code: 'INVALID_INPUT', field: 'from' });
  });

  it('is one at a time, can be cancelled, and leaves the next one room', async () => {
    const everything = { from: storm.from, to: new Date(start + 10 * 86_400_000).toISOString() };
    const { id, state } = await ask(starting, { rules: [], ...everything });
    expect(state).toBe('RUNNING');
    const second = await server.ask(starting, { rules: [], ...storm });
    expect(second.errors[0]).toMatchObject({
      message: expect.stringContaining(`Backtest ${id} is running`),
      extensions: { code: 'OVERLOADED' },
    });
    const cancelled = await ask(`mutation { cancelBacktest(id: ${id}) { ${fields} } }`);
    expect(cancelled).toMatchObject({ id, state: 'CANCELLED', before: null, after: null });
    expect(await run([])).toMatchObject({ state: 'DONE' });
    // One that has ended stays as it is.
    expect(await ask(`mutation { cancelBacktest(id: ${id}) { ${fields} } }`)).toMatchObject({ state: 'CANCELLED' });
  });

  it('is cancelled from another process, too', async () => {
    const everything = { from: storm.from, to: new Date(start + 10 * 86_400_000).toISOString() };
    const { id } = await ask(starting, { rules: [], ...everything });
    const other = await startApi(database);
    expect((await other.ask(`mutation { cancelBacktest(id: ${id}) { state } }`)).data).toEqual({
      cancelBacktest: { state: 'CANCELLED' },
    });
    await other.stop();
    // The worker stops as well: only then is there room again.
    await eventually(async () => (await server.ask(starting, { rules: [], ...storm })).errors.length === 0);
  });

  it('counts as failed when its process is gone', async () => {
    const made = { rules: [], baseVersion: 0, from: start, to: start + 1, startedBy: 'ada' };
    const { id } = await createBacktest(database.pool, made);
    expect(await backtestOfId(database.pool, id)).toMatchObject({ state: 'running' });
    await database.pool.query(`update backtest set updated_at = now() - interval '1 minute' where id = $1`, [id]);
    expect(await backtestOfId(database.pool, id)).toMatchObject({
      state: 'failed',
      error: expect.stringMatching(/process/),
    });
  });

  it('keeps the last fifty', async () => {
    const made = { rules: [], baseVersion: 0, from: start, to: start + 1, startedBy: 'ada' };
    for (let n = 0; n < 55; n++) {
      const { id } = await createBacktest(database.pool, made);
      await database.pool.query(`update backtest set state = 'cancelled', finished_at = now() where id = $1`, [id]);
    }
    const { rows } = await database.pool.query<{ n: number }>(
      `select count(*) as n from backtest where finished_at is not null`,
    );
    expect(rows[0]?.n).toBeLessThanOrEqual(50);
  });

  it('finds the ids of a stretch of time by halving them', async () => {
    const { rows } = await database.pool.query<{ low: number; high: number }>(
      'select min(id) as low, max(id) as high from alert',
    );
    const { low, high } = rows[0] ?? { low: 0, high: 0 };
    const bulk = start + 86_400_000;
    expect(await alertIdsBetween(database.pool, 0, bulk * 2)).toEqual({ first: low - 1, last: high });
    const middle = await alertIdsBetween(database.pool, bulk + 3_000_000, bulk + 3_600_000);
    // Ten alerts a second, and a minute of slack on either side.
    expect(middle.last - middle.first).toBe((600 + 120) * 10);
  });
});
