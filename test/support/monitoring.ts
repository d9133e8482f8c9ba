import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { startProcess, type StartedProcess } from './process.js';

/** A program to be watched: it exposes one metric whose value the test sets. */
export interface WatchedProgram {
  readonly address: string;
  set: (value: number) => void;
  readonly stop: () => Promise<void>;
}

export async function startWatchedProgram(metric: string): Promise<WatchedProgram> {
  let value = 0;
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end(`# TYPE ${metric} gauge\n${metric}{service="checkout",env="production"} ${value}\n`);
  });
  const port = await listenAnywhere(server);
  return {
    address: `127.0.0.1:${port}`,
    set: (next) => {
      value = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface MonitoringProcess {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * A real Alertmanager that sends everything to one receiver, with waits of a second instead of minutes.
 * @param cluster flags of a cluster; alone without
 */
export async function startAlertmanager(
  binary: string,
  receiver: object,
  cluster: readonly string[] = ['--cluster.listen-address='],
): Promise<MonitoringProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-alertmanager-'));
  const route = {
    receiver: 'tocsin',
    group_by: ['alertname'],
    group_wait: '0s',
    group_interval: '1s',
    repeat_interval: '5s',
  };
  const config = join(folder, 'alertmanager.yml');
  await writeFile(config, stringify({ route, receivers: [{ name: 'tocsin', ...receiver }] }));
  const port = await freePort();
  const flags = [`--config.file=${config}`, `--storage.path=${folder}`, `--web.listen-address=127.0.0.1:${port}`];
  return ready(startProcess(binary, [...flags, ...cluster]), port, folder);
}

/** Two Alertmanagers that know each other; neither waits for the other's word, so both deliver what both heard. */
export async function startAlertmanagerPair(
  binary: string,
  receiver: object,
): Promise<readonly [MonitoringProcess, MonitoringProcess]> {
  const [first, second] = [await freePort(), await freePort()];
  const flags = (own: number, peer: number): readonly string[] => [
    `--cluster.listen-address=127.0.0.1:${own}`,
    `--cluster.peer=127.0.0.1:${peer}`,
    '--cluster.peer-timeout=0s',
    '--cluster.settle-timeout=1s',
  ];
  const one = await startAlertmanager(binary, receiver, flags(first, second));
  return [one, await startAlertmanager(binary, receiver, flags(second, first))];
}

/** A real Prometheus that scrapes the program every second and fires while its metric is 1. */
export async function startPrometheus(
  binary: string,
  program: WatchedProgram,
  metric: string,
  alerting: object,
): Promise<MonitoringProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-prometheus-'));
  const rule = {
    alert: 'CheckoutIsDown',
    expr: `${metric} == 1`,
    labels: { severity: 'critical' },
    annotations: { summary: 'Nobody can check out', runbook_url: 'https://runbooks.example/checkout' },
  };
  await writeFile(join(folder, 'rules.yml'), stringify({ groups: [{ name: 'shop', rules: [rule] }] }));
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [join(folder, 'rules.yml')],
    alerting,
    scrape_configs: [{ job_name: 'shop', honor_labels: true, static_configs: [{ targets: [program.address] }] }],
  };
  await writeFile(join(folder, 'prometheus.yml'), stringify(config));
  const port = await freePort();
  const flags = [`--config.file=${join(folder, 'prometheus.yml')}`, `--storage.tsdb.path=${join(folder, 'data')}`];
  const resend = '--rules.alert.resend-delay=1s';
  return ready(startProcess(binary, [...flags, resend, `--web.listen-address=127.0.0.1:${port}`]), port, folder);
}

async function ready(started: StartedProcess, port: number, folder: string): Promise<MonitoringProcess> {
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; ; attempt++) {
    const answer = await fetch(`${url}/-/ready`).catch(() => null);
    if (answer?.ok) break;
    if (attempt > 300) throw new Error(`It did not become ready:\n${started.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    stop: async () => {
      await started.end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenAnywhere(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listenAnywhere(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an address with a port.
  return (server.address() as AddressInfo).port;
}
