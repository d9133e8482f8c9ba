import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { launchBrowser } from '../support/browser.js';
import { createDataDir, eventually, startTocsin, type RunningTocsin } from '../support/tocsin.js';
import { axeFaults, faultsOf, settled } from './screensPage.js';

const browser = await launchBrowser();

const catalogue = `
services:
  - name: checkout
    team: shop
    tier: 1
    environments: [production]
    dependsOn: [payments, card-network]
  - name: payments
    team: payments
    tier: 1
    environments: [production]
    dependsOn: [payments-db]
  - name: payments-db
    kind: database
`;

describe.skipIf(browser === null)('the screens of rules, maintenance and services', () => {
  let dataDir: Awaited<ReturnType<typeof createDataDir>>;
  let tocsin: RunningTocsin;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    dataDir = await createDataDir();
    tocsin = await startTocsin(dataDir.path);
    page = await newPage(tocsin, faults);
    await fire(tocsin);
    await eventually(async () => {
      const { alerts } = await tocsin.graphql<{ alerts: { nodes: readonly unknown[] } }>('{ alerts { nodes { id } } }');
      return alerts.nodes.length === 2;
    });
  });
  afterAll(async () => {
    await browser?.close();
    await tocsin.process.end();
    await dataDir.remove();
  });

  it('a catalogue is imported after its differences were seen, and drawn as a map', async () => {
    await page.goto(`${tocsin.url}/services`);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('textbox', { name: 'Catalogue' }).fill(catalogue);
    await page.getByRole('button', { name: 'Show what it changes' }).click();
    await page.getByTestId('change').nth(2).waitFor();
    expect((await tocsin.graphql<{ services: unknown[] }>('{ services { name } }')).services).toHaveLength(0);
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await page.getByText('Applied:').waitFor();
    await page.keyboard.press('Escape');
    await eventually(async () => (await page.getByTestId('service-row').count()) === 3);
    await page.getByText('Map', { exact: true }).click();
    await page.getByTestId('map-outside').getByText('card-network').waitFor();
    await page.getByTestId('map-node').filter({ hasText: 'payments-db' }).click();
    await page.getByRole('heading', { name: 'payments-db', level: 1 }).waitFor();
    const needed = page.getByRole('region', { name: 'Dependencies' });
    await needed.getByRole('link', { name: 'payments', exact: true }).waitFor();
  });

  it('a rule is written, tried on an alert, moved by keyboard and saved with a comment', async () => {
    await page.goto(`${tocsin.url}/rules`);
    await page.getByRole('button', { name: 'Add the first rule' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Pods');
    await page.getByTestId('alert-pick').first().click();
    const match = page.getByRole('textbox', { name: 'Match' });
    await match.fill('labels.alertname ==');
    await page.getByText(/\(line 1, column \d+\)/).waitFor();
    await match.fill('labels.alertname == "PodDown"');
    await page.getByText('It compiles').waitFor();
    await page.getByTestId('rule-result').getByText('It matches').waitFor();
    await page.getByRole('button', { name: 'New rule' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Everything else');
    const second = page.getByTestId('rule-item').filter({ hasText: 'Everything else' });
    await second
      .getByRole('button', { name: /Everything else/ })
      .first()
      .press('Alt+ArrowUp');
    await page.getByText('Everything else is now rule 1 of 2').waitFor();
    await page.getByRole('button', { name: 'Save…' }).click();
    await page.getByRole('textbox', { name: 'Why?' }).fill('Pods belong together');
    await page.getByRole('button', { name: 'Save 2 changes' }).click();
    await page.getByTestId('draft-bar').waitFor({ state: 'detached' });
    const { ruleSet } = await tocsin.graphql<{
      ruleSet: { version: number; comment: string; rules: { name: string }[] };
    }>('{ ruleSet { version comment rules { name } } }');
    expect(ruleSet).toMatchObject({ version: 1, comment: 'Pods belong together' });
    expect(ruleSet.rules.slice(0, 2).map(({ name }) => name)).toEqual(['Everything else', 'Pods']);
  });

  it('a draft is tried on history before it is saved', async () => {
    await page.getByTestId('rule-item').first().getByRole('switch').click({ force: true });
    await page.getByTestId('draft-bar').waitFor();
    await page.getByRole('button', { name: 'Backtest', exact: true }).click();
    await page.locator('[data-testid="backtest"][data-state="DONE"]').waitFor();
    await page.getByTestId('backtest-result').getByText('2 alerts').waitFor();
  });

  it('what somebody else saved meanwhile comes into the draft', async () => {
    await tocsin.graphql(
      `mutation ($rules: [CorrelationRuleInput!]!) {
        saveRuleSet(rules: $rules, expectedVersion: 1, comment: "Theirs") { version }
      }`,
      { rules: [{ ...ruleDefaults, name: 'Theirs' }] },
    );
    await page.getByRole('button', { name: 'Save…' }).click();
    await page.getByRole('button', { name: /^Save \d/ }).click();
    await page.getByRole('button', { name: 'Take theirs in, keep my changes' }).click();
    await page.getByTestId('rule-item').filter({ hasText: 'Theirs' }).waitFor();
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await eventually(async () => (await page.getByTestId('rule-item').count()) === 1);
  });

  it('a silence that another page asks for shows what it matches, is made and is ended', async () => {
    await page.goto(
      `${tocsin.url}/maintenance?new=silence&match=${encodeURIComponent('labels.service == "checkout"')}`,
    );
    await page.getByTestId('preview-count').getByText('2 alerts').waitFor();
    await page.getByRole('textbox', { name: 'Why?' }).fill('Known');
    await page.getByRole('button', { name: 'Silence them' }).click();
    const row = page.getByTestId('maintenance-row');
    await row.getByText('Known').waitFor();
    await row.getByRole('button', { name: 'End now' }).click();
    await page.getByRole('button', { name: 'End it' }).click();
    await page.getByText('Nothing is silenced').waitFor();
  });

  it('a window that comes again says when', async () => {
    await page.getByRole('button', { name: 'Plan a window' }).click();
    await page.getByRole('textbox', { name: 'What is being done?' }).fill('Patch day');
    await page.getByRole('textbox', { name: 'Which alerts?' }).fill('environment == "production"');
    await page.getByRole('switch', { name: 'It comes again' }).click({ force: true });
    await page.getByRole('combobox', { name: 'How often' }).selectOption('monthlyWeekday');
    await page.getByText('It comes every month on the last Sunday').waitFor();
    await page.locator('.preview-times li').nth(4).waitFor();
    await page.getByRole('button', { name: 'Plan it' }).click();
    await page
      .getByTestId('maintenance-row')
      .getByText(/every month on the last Sunday/)
      .waitFor();
  });

  it('an incident that was resolved while its alerts fire says so, on its page and in the list', async () => {
    const { incidents } = await tocsin.graphql<{ incidents: { nodes: readonly { id: string; number: number }[] } }>(
      '{ incidents(filter: { isOpen: true }) { nodes { id number } } }',
    );
    const [incident] = incidents.nodes;
    await tocsin.graphql('mutation ($id: ID!) { resolveIncident(id: $id) { phase } }', { id: incident?.id });
    await page.goto(`${tocsin.url}/incidents/${incident?.number}`);
    await page.getByTestId('still-firing').getByText('2 alerts still fire').waitFor();
    await page.getByRole('button', { name: 'Show them' }).click();
    await page.locator('#incident-alerts:focus').waitFor();
    await page.goto(`${tocsin.url}/incidents?show=all`);
    await page.getByTestId('incident-row').getByText('2 alerts still fire').waitFor({ state: 'attached' });
  });

  it.each([
    ['a desktop', { width: 1440, height: 900 }],
    ['a phone', { width: 360, height: 740 }],
  ])('they are accessible, fit and log no error on %s, light and dark', async (_, viewport) => {
    await page.setViewportSize(viewport);
    for (const path of paths) {
      await page.goto(tocsin.url + path);
      await settled(page);
      faults.push(...(await faultsOf(page)).map((fault) => `${path}: ${fault}`));
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
      faults.push(...(await axeFaults(page, ['color-contrast'])).map((fault) => `${path}, dark: ${fault}`));
      await page.emulateMedia({ colorScheme: 'light' });
    }
    expect(faults).toEqual([]);
  });
});

const paths = [
  '/rules',
  '/rules?panel=versions',
  '/rules?panel=proposals',
  '/rules?panel=configuration',
  '/maintenance?tab=upcoming',
  '/maintenance?new=window',
  '/services',
  '/services?view=map',
  '/services?dialog=add',
  '/services/payments',
  '/incidents/1',
  '/nowhere',
];

const ruleDefaults = {
  isEnabled: true,
  groupBy: ['service'],
  windowSeconds: 1_800,
  maxAgeSeconds: 86_400,
  holdSeconds: 0,
  notify: 'PAGE',
  onMissingLabel: 'OWN',
  resolve: 'ALL_RESOLVED',
  quietPeriodSeconds: 120,
  reopenWindowSeconds: 900,
  maxHops: 2,
};

async function fire(tocsin: RunningTocsin): Promise<void> {
  const startsAt = new Date().toISOString();
  const alerts = ['web-1', 'web-2'].map((pod) => ({
    labels: { alertname: 'PodDown', severity: 'critical', service: 'checkout', env: 'production', pod },
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

/** A page of somebody who has a name already, and whose errors are noted. */
async function newPage(tocsin: RunningTocsin, faults: string[]): Promise<Page> {
  if (browser === null) throw new Error('There is no browser.');
  const context = await browser.newContext({ reducedMotion: 'reduce', colorScheme: 'light' });
  await tocsin.signIn(context);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${page.url()} logs: ${message.text()}`);
  });
  page.on('pageerror', ({ message }) => faults.push(`${page.url()} throws: ${message}`));
  return page;
}
