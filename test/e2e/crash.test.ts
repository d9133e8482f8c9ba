import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOfLog } from '@tocsin/schema/domain/event';
import { readLog } from '@tocsin/schema/postgres/log';
import { createPool } from '@tocsin/schema/postgres/pool';
import { startEmbeddedPostgres } from '@tocsin/schema/postgres/embedded';
import { startBurst, type Burst } from '../support/burst.js';
import { fromRoot } from '../support/root.js';
import { createDataDir, eventually, startTocsin, type RunningTocsin } from '../support/tocsin.js';
import { postgresPid } from '../support/tocsinData.js';

const run = promisify(execFile);

interface AlertPage {
  readonly alerts: {
    readonly nodes: readonly {
      readonly title: string;
      readonly status: string;
      readonly receivedCount: number;
      readonly service: string;
      readonly incident: { readonly id: string } | null;
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

interface OpenIncidents {
  readonly incidents: {
    readonly nodes: readonly {
      readonly id: string;
      readonly services: readonly string[];
      readonly alertCount: number;
    }[];
  };
}

/** What is killed in each of the ten rounds; the relay to ClickHouse dies with Tocsin, in whose process it runs. */
const kinds = ['Tocsin', 'Tocsin and PostgreSQL', 'PostgreSQL'] as const;
const victims = Array.from({ length: 10 }, (_, round) => kinds[round % kinds.length] ?? 'Tocsin');
type Victims = (typeof kinds)[number];

const services: readonly string[] = ['checkout', 'payments', 'search', 'mail', 'stock'];

describe('kill -9 in the middle of a burst', () => {
  let dataDir: Awaited<ReturnType<typeof createDataDir>>;
  let tocsin: RunningTocsin;
  let secret: string;
  const bursts: Burst[] = [];

  beforeAll(async () => {
    dataDir = await createDataDir();
    tocsin = await startTocsin(dataDir.path);
    secret = tocsin.secrets.alertmanager;
  });
  afterAll(async () => {
    await tocsin.process.end('SIGINT');
    await dataDir.remove();
  });

  async function alerts(): Promise<readonly AlertPage['alerts']['nodes'][number][]> {
    const found: AlertPage['alerts']['nodes'][number][] = [];
    for (let after: string | null = null; ;) {
      const query = `query ($after: Cursor) { alerts(first: 100, sort: OLDEST, after: $after) {
        nodes { title status receivedCount service incident { id } } pageInfo { hasNextPage endCursor } } }`;
      const page: AlertPage = await tocsin.graphql<AlertPage>(query, { after });
      found.push(...page.alerts.nodes);
      if (!page.alerts.pageInfo.hasNextPage) return found;
      after = page.alerts.pageInfo.endCursor;
    }
  }

  async function crash(round: number, what: Victims): Promise<Burst> {
    const burst = startBurst({ url: tocsin.url, secret, name: `r${round}`, services });
    bursts.push(burst);
    await eventually(async () => burst.answered.size > 0);
    await new Promise((resolve) => setTimeout(resolve, randomInt(1_500)));
    const postgres = what === 'Tocsin' ? null : await postgresPid(dataDir.path);
    if (postgres !== null) process.kill(postgres, 'SIGKILL');
    if (what === 'PostgreSQL') {
      // Tocsin lives on, says 503, starts it again and goes on. What was committed before the kill may be answered after the
      // first 503, so only the API's own word says that the database is back.
      await eventually(async () => burst.statuses.has(503));
      await eventually(() =>
        tocsin.graphql('{ integrations { id } }').then(
          () => true,
          () => false,
        ),
      );
      const before = burst.answered.size;
      await eventually(async () => burst.answered.size > before);
      await burst.stop();
      return burst;
    }
    await tocsin.process.end('SIGKILL');
    await burst.stop();
    tocsin = await startTocsin(dataDir.path);
    return burst;
  }

  async function expectNothingLost(): Promise<void> {
    const stored = await alerts();
    const byTitle = new Map<string, typeof stored>();
    for (const alert of stored) byTitle.set(alert.title, [...(byTitle.get(alert.title) ?? []), alert]);
    for (const { answered, resolved } of bursts) {
      for (const [title, times] of answered) {
        const episodes = byTitle.get(title) ?? [];
        expect(episodes, title).toHaveLength(1);
        expect(episodes[0]?.receivedCount, title).toBeGreaterThanOrEqual(times);
        if (resolved.has(title)) expect(episodes[0]?.status, title).toBe('RESOLVED');
      }
    }
    for (const [title, episodes] of byTitle) expect(episodes, title).toHaveLength(1);
    const { incidents } = await tocsin.graphql<OpenIncidents>(
      '{ incidents(filter: { isOpen: true }) { nodes { id services alertCount } } }',
    );
    const affected = incidents.nodes.map(({ services: of }) => of.join(', '));
    expect(affected.toSorted()).toEqual(services.toSorted());
    for (const { id, services: of, alertCount } of incidents.nodes) {
      const own = stored.filter((alert) => alert.service === of[0]);
      expect(new Set(own.map((alert) => alert.incident?.id))).toEqual(new Set([id]));
      expect(alertCount).toBe(own.length);
    }
  }

  async function verify(): Promise<void> {
    // Rejects where it ends with anything but 0.
    const { stdout } = await run(process.execPath, [fromRoot('server/dist/verify.js')], {
      env: { ...process.env, TOCSIN_DATA_DIR: dataDir.path },
    });
    expect(stdout).toMatch(/numbers compared, 0 differences/);
  }

  for (const [round, what] of victims.entries()) {
    it(`of ${what} loses nothing that was answered 2xx, doubles nothing, and the KPIs verify (${round + 1})`, async () => {
      const { statuses } = await crash(round, what);
      expect([...statuses.keys()].filter((status) => status !== 503)).toEqual([200]);
      await expectNothingLost();
      await verify();
    });
  }

  it('leaves a log that a reader gets whole: every alert opened once, every count received', async () => {
    const stored = await alerts();
    await tocsin.process.end('SIGKILL');
    const postgres = await startEmbeddedPostgres({ dataDir: dataDir.path });
    const pool = createPool({ connectionString: postgres.connectionString, applicationName: 'test-log' });
    const opened = new Map<string, number>();
    let received = 0;
    for (let after = startOfLog; ;) {
      const page = await readLog(pool, after, 1_000);
      for (const event of page) {
        if (event.kind === 'alert.opened') opened.set(event.data.title, (opened.get(event.data.title) ?? 0) + 1);
        if (event.kind !== 'alerts.received') continue;
        for (const { outcome, count } of event.data.counts) {
          if (outcome === 'opened' || outcome === 'repeated' || outcome === 'resolved') received += count;
        }
      }
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.cursor;
    }
    await pool.end();
    postgres.leave();
    expect(opened).toEqual(new Map(stored.map((alert) => [alert.title, 1])));
    expect(received).toBe(stored.reduce((sum, alert) => sum + alert.receivedCount, 0));
    tocsin = await startTocsin(dataDir.path);
    await expectNothingLost();
  });
});
