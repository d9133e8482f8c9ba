import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { freePort } from '../support/monitoring.js';
import { startProcess, type StartedProcess } from '../support/process.js';
import { fromRoot } from '../support/root.js';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.js';
import { eventually } from '../support/tocsin.js';

const secret = 'tks_rolling-restart-secret-of-forty-seven-chars';
const services = ['checkout', 'payments', 'search'];
const senders = 4;

interface Instance {
  readonly port: number;
  process: StartedProcess;
}

/** Two ingest processes behind an imaginary balancer: who gets no 2xx asks the other, as a sender's retry would. */
describe('a rolling restart of two ingest processes under load', () => {
  let database: TestDatabase;
  const instances: Instance[] = [];
  const sent = new Map<string, string>();
  const refusals = new Map<string, number>();
  let isStopping = false;

  async function start(port: number): Promise<StartedProcess> {
    const started = startProcess(process.execPath, [fromRoot('ingest/dist/main.js')], {
      env: {
        DATABASE_URL: database.url,
        // The numbers are another test's: this one is about alerts, and they must not wait for ClickHouse.
        CLICKHOUSE_URL: 'http://127.0.0.1:9',
        TOCSIN_INGEST_PORT: String(port),
        TOCSIN_BOOTSTRAP_SECRET: secret,
        TOCSIN_LOG_LEVEL: 'warn',
      },
    });
    await eventually(() =>
      fetch(`http://127.0.0.1:${port}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    return started;
  }

  beforeAll(async () => {
    database = await createTestDatabase();
    for (const port of [await freePort(), await freePort()]) instances.push({ port, process: await start(port) });
  });
  afterAll(async () => {
    isStopping = true;
    for (const instance of instances) await instance.process.end('SIGKILL');
    await database.drop();
  });

  async function deliver(body: unknown, first: number): Promise<void> {
    for (let attempt = first; ; attempt++) {
      const instance = instances[attempt % instances.length];
      const status = await fetch(`http://127.0.0.1:${instance?.port}/webhooks/alertmanager/${secret}`, {
        method: 'POST',
        body: JSON.stringify(body),
      }).then(
        (response) => String(response.status),
        () => 'connection',
      );
      if (status === '200') return;
      refusals.set(status, (refusals.get(status) ?? 0) + 1);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function send(sender: number): Promise<void> {
    const startsAt = new Date().toISOString();
    const alertOf = (n: number): { labels: Record<string, string>; startsAt: string } => {
      const service = services[n % services.length] ?? '';
      return { labels: { alertname: `A-${sender}-${n}`, service, env: 'production' }, startsAt };
    };
    for (let round = 0; !isStopping; round++) {
      const fresh = Array.from({ length: 5 }, (_, n) => alertOf(round * 5 + n));
      for (const { labels } of fresh) sent.set(labels['alertname'] ?? '', labels['service'] ?? '');
      const repeated = round === 0 ? [] : [alertOf(round * 5 - 1)];
      await deliver(alertmanagerBody(...fresh, ...repeated), round + sender);
    }
  }

  it('loses nothing, stores nothing twice, and opens one incident a service', async () => {
    const sending = Promise.all(Array.from({ length: senders }, (_, sender) => send(sender)));
    for (let round = 0; round < 2; round++) {
      for (const instance of instances) {
        const before = sent.size;
        // In good order, under load: it answers what is in and refuses the rest.
        expect(await instance.process.end('SIGTERM')).toBe(0);
        instance.process = await start(instance.port);
        await eventually(async () => sent.size > before + 50);
      }
    }
    isStopping = true;
    await sending;

    expect([...refusals.keys()].filter((status) => status !== '503' && status !== 'connection')).toEqual([]);
    const { rows } = await database.pool.query<{ name: string; service: string; n: number; incidents: number }>(
      `select labels->>'alertname' as name, service, count(*)::int as n from alert group by 1, 2`,
    );
    expect(new Map(rows.map(({ name, service }) => [name, service]))).toEqual(sent);
    expect(rows.filter(({ n }) => n !== 1)).toEqual([]);
    const incidents = await database.pool.query<{ services: string[]; alerts: number }>(
      `select services, (select count(*)::int from alert where incident_id = i.id) as alerts from incident i order by 1`,
    );
    expect(incidents.rows.map(({ services: of }) => of)).toEqual(services.toSorted().map((service) => [service]));
    const log = await database.pool.query<{ n: number }>(
      `select count(*)::int as n from event where kind = 'alert.opened'`,
    );
    expect(log.rows[0]?.n).toBe(sent.size);
  });
});
