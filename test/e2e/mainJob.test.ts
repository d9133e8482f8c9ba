import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.js';
import {
  startAlertmanager,
  startPrometheus,
  startWatchedProgram,
  type MonitoringProcess,
  type WatchedProgram,
} from '../support/monitoring.js';
import { requireBinary } from '../support/requirement.js';
import { createDataDir, eventually, startTocsin, type RunningTocsin } from '../support/tocsin.js';

const prometheusBinary = requireBinary('prometheus');
const alertmanagerBinary = requireBinary('prometheus-alertmanager', 'alertmanager');
const metric = 'checkout_is_down';

interface KpiAnswer {
  kpi: readonly { metric: string; n: number; mean: number | null }[];
}

describe.skipIf(prometheusBinary === null || alertmanagerBinary === null)('an alert fired by a real Prometheus', () => {
  let dataDir: Awaited<ReturnType<typeof createDataDir>>;
  let tocsin: RunningTocsin;
  let program: WatchedProgram;
  let browser: Browser | null = null;
  const monitoring: MonitoringProcess[] = [];

  beforeAll(async () => {
    dataDir = await createDataDir();
    tocsin = await startTocsin(dataDir.path, { TOCSIN_QUIET_PERIOD_SECONDS: '2' });
    program = await startWatchedProgram(metric);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    for (const started of monitoring.toReversed()) await started.stop();
    await program.stop();
    await tocsin.process.end();
    await dataDir.remove();
  });

  async function watch(): Promise<void> {
    const url = `${tocsin.url}/webhooks/alertmanager`;
    const http_config = { authorization: { type: 'Bearer', credentials: tocsin.secrets.alertmanager } };
    const receiver = { webhook_configs: [{ url, send_resolved: true, http_config }] };
    const alertmanager = await startAlertmanager(alertmanagerBinary ?? '', receiver);
    monitoring.push(alertmanager);
    const targets = [new URL(alertmanager.url).host];
    const alerting = { alertmanagers: [{ static_configs: [{ targets }] }] };
    monitoring.push(await startPrometheus(prometheusBinary ?? '', program, metric, alerting));
  }

  async function openPage(path: string): Promise<Page> {
    if (browser === null) throw new Error('There is no browser.');
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await tocsin.signIn(context);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(tocsin.url + path);
    return page;
  }

  it('appears in a real browser, is acknowledged there, resolves, and is measured', async () => {
    const page = await openPage('/incidents');
    await page.locator('[data-testid="liveness"][data-state="live"]').first().waitFor();
    expect(await page.getByTestId('incident-row').count()).toBe(0);
    let loads = 0;
    page.on('load', () => loads++);

    await watch();
    program.set(1);
    const row = page.getByTestId('incident-row').first();
    await row.waitFor();
    expect(await row.textContent()).toContain('Nobody can check out');

    await row.getByRole('link').first().click();
    await page.getByRole('button', { name: 'Acknowledge', exact: true }).first().click();
    await page.locator('[data-testid="timeline-event"][data-kind="INCIDENT_ACKNOWLEDGED"]').waitFor();
    await page.getByRole('tab', { name: /^Alerts/ }).click();
    await page
      .getByText('Joined', { exact: false })
      .or(page.getByText('Opened for', { exact: false }))
      .filter({ visible: true })
      .first()
      .waitFor();
    await page.getByRole('tab', { name: 'Timeline' }).click();

    program.set(0);
    await page.locator('[data-testid="timeline-event"][data-kind="ALERT_RESOLVED"]').first().waitFor();
    await page.locator('[data-testid="timeline-event"][data-kind="INCIDENT_RESOLVED"]').waitFor();
    await page.getByRole('button', { name: 'Reopen', exact: true }).first().waitFor();
    expect(loads).toBe(0);

    const answer = await eventually(async () => {
      const variables = {
        from: new Date(Date.now() - 3_600_000).toISOString(),
        to: new Date(Date.now() + 60_000).toISOString(),
      };
      const query = `query ($from: DateTime!, $to: DateTime!) {
        kpi(query: { from: $from, to: $to }, metrics: [MTTA, MTTR_FIRST, MTTR_FINAL]) { metric n mean } }`;
      const { kpi } = await tocsin.graphql<KpiAnswer>(query, variables);
      return kpi.every((value) => value.n === 1) && kpi;
    });
    const mean = (name: string): number => answer.find((value) => value.metric === name)?.mean ?? -1;
    expect(mean('MTTA')).toBeGreaterThan(0);
    expect(mean('MTTR_FIRST')).toBeGreaterThanOrEqual(mean('MTTA'));
    expect(mean('MTTR_FINAL')).toBe(mean('MTTR_FIRST'));
  });

  it('is the same condition when Prometheus sends it to us directly', async () => {
    const direct = await startWatchedProgram(metric);
    direct.set(1);
    const { host } = new URL(tocsin.url);
    const authorization = { type: 'Bearer', credentials: tocsin.secrets.prometheus };
    const alerting = { alertmanagers: [{ api_version: 'v2', authorization, static_configs: [{ targets: [host] }] }] };
    const prometheus = await startPrometheus(prometheusBinary ?? '', direct, metric, alerting);
    const firing = await eventually(async () => {
      const { alerts } = await tocsin.graphql<{ alerts: { nodes: { title: string; receivedCount: number }[] } }>(
        '{ alerts(filter: { statuses: [FIRING] }) { nodes { title receivedCount } } }',
      );
      return alerts.nodes.length === 1 && (alerts.nodes[0]?.receivedCount ?? 0) > 2 && alerts.nodes[0];
    });
    expect(firing.title).toBe('Nobody can check out');
    direct.set(0);
    await eventually(async () => {
      const { overview } = await tocsin.graphql<{ overview: { firingAlerts: number } }>(
        '{ overview { firingAlerts } }',
      );
      return overview.firingAlerts === 0;
    });
    await prometheus.stop();
    await direct.stop();
  });
});
