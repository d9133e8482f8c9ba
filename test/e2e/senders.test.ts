import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import {
  startAlertmanagerPair,
  startPrometheus,
  startWatchedProgram,
  type MonitoringProcess,
} from '../support/monitoring.js';
import { requireBinary } from '../support/requirement.js';
import { createDataDir, eventually, startTocsin, type RunningTocsin } from '../support/tocsin.js';

const run = promisify(execFile);
const prometheusBinary = requireBinary('prometheus');
const alertmanagerBinary = requireBinary('prometheus-alertmanager', 'alertmanager');
const amtool = requireBinary('amtool');
const metric = 'checkout_is_down';

interface Shown {
  readonly title: string;
  readonly status: string;
  readonly receivedCount: number;
  readonly labels: readonly { readonly name: string; readonly value: string }[];
  readonly incident: { readonly id: string; readonly phase: string; readonly alertCount: number } | null;
}

describe.skipIf([prometheusBinary, alertmanagerBinary, amtool].includes(null))('real senders', () => {
  let dataDir: Awaited<ReturnType<typeof createDataDir>>;
  let tocsin: RunningTocsin;
  beforeAll(async () => {
    dataDir = await createDataDir();
    tocsin = await startTocsin(dataDir.path, { TOCSIN_QUIET_PERIOD_SECONDS: '2' });
  });
  afterAll(async () => {
    await tocsin.process.end();
    await dataDir.remove();
  });

  async function alertsNamed(alertname: string): Promise<readonly Shown[]> {
    const { alerts } = await tocsin.graphql<{ alerts: { nodes: readonly Shown[] } }>(
      `query ($value: String!) { alerts(filter: { matchers: [{ name: "alertname", op: EQ, value: $value }] }) {
        nodes { title status receivedCount labels { name value } incident { id phase alertCount } } } }`,
      { value: alertname },
    );
    return alerts.nodes;
  }

  it('amtool alert add opens an incident, the same again repeats, and its end resolves', async () => {
    const config = join(dataDir.path, 'amtool-http.yml');
    const authorization = { type: 'Bearer', credentials: tocsin.secrets.prometheus };
    await writeFile(config, stringify({ authorization }));
    const add = (...more: readonly string[]): Promise<unknown> =>
      run(amtool ?? '', [
        `--alertmanager.url=${tocsin.url}`,
        `--http.config.file=${config}`,
        'alert',
        'add',
        'DiskFull',
        'service=stock',
        'env=production',
        'severity=critical',
        '--annotation=summary=The disk of stock is full',
        ...more,
      ]);
    const start = new Date(Date.now() - 60_000).toISOString();
    await add(`--start=${start}`);
    await add(`--start=${start}`);
    const [alert, ...others] = await alertsNamed('DiskFull');
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ title: 'The disk of stock is full', status: 'FIRING', receivedCount: 2 });
    expect(alert?.incident).toMatchObject({ alertCount: 1 });
    await add(`--start=${start}`, `--end=${new Date().toISOString()}`);
    await eventually(async () => (await alertsNamed('DiskFull'))[0]?.status === 'RESOLVED');
  });

  it('a pair of Alertmanagers that both deliver is one condition: one alert, one incident, one end', async () => {
    const program = await startWatchedProgram(metric);
    const started: MonitoringProcess[] = [];
    try {
      const http_config = { authorization: { type: 'Bearer', credentials: tocsin.secrets.alertmanager } };
      const url = `${tocsin.url}/webhooks/alertmanager`;
      const receiver = { webhook_configs: [{ url, send_resolved: true, http_config }] };
      const pair = await startAlertmanagerPair(alertmanagerBinary ?? '', receiver);
      started.push(...pair);
      const targets = pair.map((peer) => new URL(peer.url).host);
      const alerting = { alertmanagers: [{ static_configs: [{ targets }] }] };
      started.push(await startPrometheus(prometheusBinary ?? '', program, metric, alerting));
      program.set(1);
      await eventually(async () => ((await alertsNamed('CheckoutIsDown'))[0]?.receivedCount ?? 0) >= 3);
      program.set(0);
      const ended = await eventually(async () => {
        const alerts = await alertsNamed('CheckoutIsDown');
        return alerts.every(({ incident }) => incident?.phase === 'RESOLVED') && alerts;
      });
      expect(ended).toHaveLength(1);
      expect(ended[0]).toMatchObject({ status: 'RESOLVED', incident: { alertCount: 1 } });
      const { integrations } = await tocsin.graphql<{
        integrations: readonly { source: string; deliveries: readonly { receivedCount: number }[] }[];
      }>('{ integrations { source deliveries(first: 50) { receivedCount } } }');
      const deliveries = integrations.find(({ source }) => source === 'ALERTMANAGER')?.deliveries ?? [];
      expect(deliveries.reduce((sum, { receivedCount }) => sum + receivedCount, 0)).toBeGreaterThanOrEqual(4);
    } finally {
      for (const one of started.toReversed()) await one.stop();
      await program.stop();
    }
  });
});
