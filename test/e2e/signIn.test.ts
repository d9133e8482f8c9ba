import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertmanagerBody } from '../support/alertmanagerBody.js';
import { launchBrowser } from '../support/browser.js';
import { startProcess, type StartedProcess } from '../support/process.js';
import { fromRoot } from '../support/root.js';
import { createDataDir } from '../support/tocsin.js';
import { faultsOf, settled } from './screensPage.js';

const browser = await launchBrowser();
const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
const password = 'a long sentence is good';

describe.skipIf(browser === null)('signing in', () => {
  let dataDir: Awaited<ReturnType<typeof createDataDir>>;
  let started: StartedProcess;
  let url = '';
  let setup = '';
  let page: Page;
  let invitation = '';

  beforeAll(async () => {
    dataDir = await createDataDir();
    started = startProcess(process.execPath, [fromRoot('server/dist/standalone.js')], {
      env: { TOCSIN_DATA_DIR: dataDir.path, TOCSIN_PORT: '0', TOCSIN_LOG_LEVEL: 'warn' },
    });
    [, url = ''] = await started.waitFor(/Dashboard\s+(http:\S+)/);
    [, setup = ''] = await started.waitFor(/(http:\S+\/sign-in#setup=tkl_[\w-]+)/);
    await started.waitFor(/Stop with Ctrl-C/);
    ({ page } = await open());
    await fire(url, started.output());
  });
  afterAll(async () => {
    await browser?.close();
    await started.end();
    await dataDir.remove();
  });

  it('whoever comes to an empty Tocsin is told where the way in is', async () => {
    await page.goto(`${url}/incidents`);
    await page.getByText('Open the link that Tocsin printed at its start').waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    expect(new URL(page.url()).searchParams.get('returnTo')).toBe('/incidents');
    expect(await faultsOf(page)).toEqual([]);
  });

  it('the printed link makes the admin, who is told at the field why a password is not taken', async () => {
    await page.goto(setup);
    const form = page.getByRole('form', { name: 'Create the admin' });
    await form.getByLabel('Name').fill('Ada Lovelace');
    await form.getByLabel('E-mail').fill('ada@example.com');
    await passwordOf(page).fill('tocsin is the name');
    await form.getByRole('button', { name: 'Create the admin' }).click();
    await form.getByText('begin with “tocsin”').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await passwordOf(page).fill(password);
    await form.getByRole('button', { name: 'Create the admin' }).click();
    await settled(page);
    await page.getByRole('button', { name: 'Signed in as Ada Lovelace' }).waitFor();
  });

  it('the link works once', async () => {
    const other = await open();
    await other.page.goto(setup);
    await other.page.getByRole('alert').getByText('This link was used already').waitFor();
    await other.context.close();
  });

  it('she signs out, a wrong password is refused in words, the right one leads back to where she was', async () => {
    await page.goto(`${url}/settings/people`);
    await settled(page);
    await page.getByRole('button', { name: 'Signed in as Ada Lovelace' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('form', { name: 'Sign in' }).waitFor();
    await page.goto(`${url}/settings/roles`);
    await signIn(page, 'ada@example.com', 'not the password');
    await page.getByRole('alert').getByText('do not go together').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await signIn(page, 'ada@example.com', password);
    await page.getByRole('heading', { level: 1, name: 'Roles' }).waitFor();
    expect(page.url()).toBe(`${url}/settings/roles`);
  });

  it('a foreign address to return to is not followed', async () => {
    const other = await open();
    await other.page.goto(`${url}/sign-in?returnTo=${encodeURIComponent('//evil.example/x')}`);
    await signIn(other.page, 'ada', password);
    await settled(other.page);
    expect(other.page.url()).toBe(`${url}/`);
    await other.context.close();
  });

  it('the palette knows the pages of the settings', async () => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByPlaceholder('INC-12, a screen or an action').fill('people');
    await page.getByText('Settings: People').click();
    await page.getByRole('heading', { level: 1, name: 'People' }).waitFor();
  });

  it('she invites a viewer; the link is shown once', async () => {
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
    await dialog.getByLabel('E-mail').fill('grace@example.com');
    await dialog.getByLabel('Role').selectOption('VIEWER');
    await dialog.getByRole('button', { name: 'Make the invitation' }).click();
    invitation = (await dialog.locator('code').textContent()) ?? '';
    expect(invitation).toContain('/sign-in#');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('region', { name: 'Open invitations' }).getByText('grace@example.com').waitFor();
  });

  it('the invited viewer sees the incident, and nothing that she may not do', async () => {
    const grace = await open(phone);
    await grace.page.goto(invitation);
    const form = grace.page.getByRole('form', { name: 'Join Tocsin' });
    await form.getByText('You have been invited as viewer.').waitFor();
    expect(await form.getByLabel('E-mail').inputValue()).toBe('grace@example.com');
    expect(await faultsOf(grace.page)).toEqual([]);
    await form.getByLabel('Name').fill('Grace Hopper');
    await passwordOf(grace.page).fill('another long sentence');
    await form.getByRole('button', { name: 'Join' }).click();
    await settled(grace.page);

    await grace.page.goto(`${url}/incidents/1`);
    await settled(grace.page);
    await grace.page.getByTestId('timeline-event').first().waitFor();
    expect(await grace.page.getByRole('group', { name: 'Actions' }).count()).toBe(0);
    await grace.page.keyboard.press('a');
    await grace.page.getByRole('tab', { name: /^Alerts/ }).click();
    await grace.page.getByTestId('alert-row').first().waitFor();
    expect(await grace.page.getByRole('checkbox').count()).toBe(0);
    expect((await grace.page.getByRole('tab', { name: /^Alerts/ }).boundingBox())?.height).toBeGreaterThanOrEqual(44);

    await grace.page.goto(`${url}/settings/people`);
    await settled(grace.page);
    await grace.page.getByTestId('person-row').nth(1).waitFor();
    expect(await grace.page.getByRole('button', { name: 'Invite', exact: true }).count()).toBe(0);
    expect(await grace.page.getByRole('combobox').count()).toBe(0);
    await grace.page.goto(`${url}/settings/audit`);
    await grace.page.getByText('Not for your role').waitFor();
    await grace.context.close();
  });

  it('the viewer becomes responder while she looks: her page offers the actions by itself', async () => {
    const grace = await open();
    await grace.page.goto(`${url}/incidents/1`);
    await signIn(grace.page, 'grace@example.com', 'another long sentence');
    await settled(grace.page);
    expect(await grace.page.getByRole('button', { name: 'Acknowledge', exact: true }).count()).toBe(0);
    await page.reload();
    await page.getByLabel('Role of Grace Hopper').selectOption('RESPONDER');
    await grace.page.getByRole('button', { name: 'Acknowledge', exact: true }).click();
    await grace.page.locator('[data-testid="timeline-event"][data-kind="INCIDENT_ACKNOWLEDGED"]').waitFor();
    await grace.context.close();
  });

  it('deactivated, she is led to the sign-in, and does not come in any more', async () => {
    const grace = await open();
    await grace.page.goto(url);
    await signIn(grace.page, 'grace@example.com', 'another long sentence');
    await settled(grace.page);
    await page.getByRole('button', { name: 'More for Grace Hopper' }).click();
    await page.getByRole('menuitem', { name: 'Deactivate…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click();
    await grace.page.getByRole('form', { name: 'Sign in' }).waitFor();
    await signIn(grace.page, 'grace@example.com', 'another long sentence');
    await grace.page.getByRole('alert').getByText('do not go together').waitFor();
    await grace.context.close();
  });

  it('after too many wrong passwords it says how long to wait', async () => {
    const other = await open();
    await other.page.goto(`${url}/sign-in`);
    for (let time = 0; time < 5; time++) {
      await signIn(other.page, 'nobody', `wrong ${time}`);
      await other.page.getByRole('alert').waitFor();
    }
    await signIn(other.page, 'nobody', 'wrong again');
    await other.page.getByText(/Too many failures: try again in \d+ min/).waitFor();
    await other.context.close();
  });
});

async function open(viewport = desktop): Promise<{ context: BrowserContext; page: Page }> {
  if (browser === null) throw new Error('There is no browser.');
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce', colorScheme: 'light' });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return { context, page };
}

const passwordOf = (page: Page) => page.locator('input[type=password]');

async function signIn(page: Page, account: string, typed: string): Promise<void> {
  const form = page.getByRole('form', { name: 'Sign in' });
  await form.getByLabel('E-mail or handle').fill(account);
  await passwordOf(page).fill(typed);
  await form.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function fire(url: string, output: string): Promise<void> {
  const secret = /tks_[\w-]+/.exec(output)?.[0] ?? '';
  const startsAt = new Date().toISOString();
  const alerts = ['web-1', 'web-2'].map((pod) => ({
    labels: { alertname: 'PodDown', severity: 'critical', service: 'shop', env: 'production', pod },
    annotations: { summary: `${pod} is down` },
    startsAt,
  }));
  const response = await fetch(`${url}/webhooks/alertmanager`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify(alertmanagerBody(...alerts)),
  });
  expect(response.ok).toBe(true);
}
