import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { launchBrowser } from '../support/browser.js';
import { createDataDir, startTocsin, type RunningTocsin } from '../support/tocsin.js';

const browser = await launchBrowser();

describe.skipIf(browser === null)('on the dashboard', () => {
  let dataDir: Awaited<ReturnType<typeof createDataDir>>;
  let tocsin: RunningTocsin;
  let page: Page;
  let loads = 0;

  beforeAll(async () => {
    dataDir = await createDataDir();
    tocsin = await startTocsin(dataDir.path);
    page = await newPage(browser, tocsin);
    page.setDefaultTimeout(15_000);
    page.on('load', () => loads++);
  });
  afterAll(async () => {
    await browser?.close();
    await tocsin.process.end();
    await dataDir.remove();
  });

  async function fire(...pods: readonly string[]): Promise<void> {
    const startsAt = new Date().toISOString();
    const alerts = pods.map((pod) => ({
      labels: { alertname: 'PodDown', severity: 'critical', service: 'shop', env: 'production', pod },
      annotations: { summary: `${pod} is down` },
      startsAt,
    }));
    const response = await fetch(`${tocsin.url}/webhooks/alertmanager`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tocsin.secrets.alertmanager}` },
      body: JSON.stringify(alertmanagerBody(...alerts)),
    });
    expect(response.ok).toBe(true);
  }

  it('an alert that is fired appears on a page that is live', async () => {
    await page.goto(`${tocsin.url}/incidents`);
    await page.locator('[data-testid="liveness"][data-state="live"]').waitFor();
    await page.getByText('Nothing is burning').waitFor();
    await fire('web-1', 'web-2');
    await page.getByTestId('incident-row').waitFor();
    expect(loads).toBe(1);
  });

  it('the palette opens from inside a field', async () => {
    await page.getByRole('searchbox', { name: 'Search incidents' }).press('ControlOrMeta+k');
    const palette = page.getByPlaceholder('INC-12, a screen or an action');
    await palette.fill('inc-1');
    await page.getByText('Open INC-1', { exact: true }).waitFor();
    await palette.press('Escape');
    await palette.waitFor({ state: 'detached' });
  });

  it('an alert is split off into an incident of its own, and both are merged again', async () => {
    await page.getByTestId('incident-row').getByRole('link').click();
    await openAlerts(page);
    await page.getByTestId('alert-row').nth(1).waitFor();
    await page.getByRole('checkbox', { name: 'Select web-2 is down' }).check();
    await page.getByRole('textbox', { name: 'Title of the new incident' }).fill('Only the second');
    await page.getByRole('button', { name: 'Split off' }).click();
    await page.getByRole('heading', { level: 1, name: 'Only the second' }).waitFor();
    await openAlerts(page);
    await page.getByTestId('alert-row').first().waitFor();
    expect(await page.getByTestId('alert-row').count()).toBe(1);

    await page.getByRole('link', { name: 'Incidents', exact: true }).first().click();
    await page.getByTestId('incident-row').nth(1).waitFor();
    for (const box of await page.getByRole('checkbox', { name: /^Select INC-/ }).all()) await box.check();
    await page.getByRole('button', { name: 'Merge…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByText('1 merged into INC-1').waitFor();

    await page.getByRole('link', { name: /^web-1 is down/ }).click();
    await page.locator('[data-testid="timeline-event"][data-kind="INCIDENT_ABSORBED"]').waitFor();
    await openAlerts(page);
    await page.getByTestId('alert-row').nth(1).waitFor();
    expect(loads).toBe(1);
  });

  it('the merge is taken back, and both go on by themselves', async () => {
    await page.getByRole('button', { name: 'Take the merge of INC-2 back' }).click();
    await page.getByText('INC-2 goes on by itself').waitFor();
    await page.getByTestId('alert-row').nth(1).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Incidents', exact: true }).first().click();
    await page.getByTestId('incident-row').nth(1).waitFor();
  });

  it('a value of a body is picked for a field, the alert appears, and the mapping is saved', async () => {
    await page.getByRole('link', { name: 'Integrations', exact: true }).first().click();
    await page.getByRole('link', { name: 'Add integration' }).click();
    await page.getByRole('link', { name: /^Generic JSON/ }).click();
    await page.getByRole('button', { name: 'Create and show what to paste' }).click();
    await page.getByRole('link', { name: 'Map its fields…' }).click();
    await page
      .getByRole('textbox', { name: 'Body as JSON' })
      .fill('{"check":{"name":"Disk is full"},"state":"CRITICAL"}');
    await page.getByText('Pick', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Title', exact: true }).focus();
    await page.getByRole('button', { name: '"Disk is full"' }).click();
    await page.getByTestId('mapped-alert').getByRole('heading', { name: 'Disk is full' }).waitFor();
    await page.getByRole('textbox', { name: 'Severity', exact: true }).fill('body.state ++');
    await page.getByTestId('mapping-errors').getByText('Severity').waitFor();
    await page.getByRole('textbox', { name: 'Severity', exact: true }).fill('body.state');
    await page.getByTestId('mapped-alert').getByText('Critical').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Mapping saved').waitFor();
  });
});

async function newPage(running: Browser | null, tocsin: RunningTocsin): Promise<Page> {
  if (running === null) throw new Error('There is no browser.');
  const context = await running.newContext({ viewport: { width: 1280, height: 800 } });
  await tocsin.signIn(context);
  return context.newPage();
}

/** The alerts of an incident stand in a tab of their own. */
function openAlerts(page: Page): Promise<void> {
  return page.getByRole('tab', { name: /^Alerts/ }).click();
}
