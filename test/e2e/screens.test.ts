import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.js';
import { createDataDir, eventually, startTocsin, type RunningTocsin } from '../support/tocsin.js';
import { dialogFaults, helpNames, runByPalette } from './incidentDialogs.js';
import { axeFaults, faultsOf, settled } from './screensPage.js';

const browser = await launchBrowser();

interface Found {
  readonly alerts: { readonly nodes: readonly { id: string; incident: { number: number } | null }[] };
  readonly integrations: readonly { id: string }[];
}

const findings = '{ alerts(first: 1) { nodes { id incident { number } } } integrations { id } }';

describe.skipIf(browser === null)('every screen', () => {
  let dataDir: Awaited<ReturnType<typeof createDataDir>>;
  let tocsin: RunningTocsin;
  let paths: readonly string[] = [];
  let incident = '';

  beforeAll(async () => {
    dataDir = await createDataDir();
    tocsin = await startTocsin(dataDir.path, {}, ['--demo']);
    const [alert, integration] = await eventually(async () => {
      const { alerts, integrations } = await tocsin.graphql<Found>(findings);
      return alerts.nodes[0]?.incident && ([alerts.nodes[0], integrations[0]] as const);
    });
    incident = `/incidents/${alert.incident?.number}`;
    paths = [
      '/',
      '/incidents',
      `/incidents/${alert.incident?.number}`,
      `/incidents/${alert.incident?.number}?tab=alerts`,
      `/incidents/${alert.incident?.number}?tab=details`,
      `/incidents/${alert.incident?.number}?tab=runbook`,
      `/incidents/${alert.incident?.number}?tab=updates`,
      `/incidents/${alert.incident?.number}?tab=review`,
      '/incidents?report=true',
      '/alerts',
      `/alerts?alert=${alert.id}`,
      '/analytics',
      '/integrations',
      `/integrations/${integration?.id}`,
      `/integrations/${integration?.id}/mapping`,
      '/integrations/new',
      '/settings',
      '/settings/people',
      '/settings/roles',
      '/settings/tokens',
      '/settings/audit',
      '/me',
    ];
  });
  afterAll(async () => {
    await browser?.close();
    await tocsin.process.end();
    await dataDir.remove();
  });

  async function visitAll(viewport: { readonly width: number; readonly height: number }): Promise<readonly string[]> {
    const context = await required(browser).newContext({ viewport, reducedMotion: 'reduce', colorScheme: 'light' });
    await tocsin.signIn(context);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`${page.url()} logs: ${message.text()}`);
    });
    page.on('pageerror', ({ message }) => faults.push(`${page.url()} throws: ${message}`));
    for (const path of paths) {
      await page.goto(tocsin.url + path);
      await settled(page);
      faults.push(...(await faultsOf(page)).map((fault) => `${path}: ${fault}`));
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
      faults.push(...(await axeFaults(page, ['color-contrast'])).map((fault) => `${path}, dark: ${fault}`));
      await page.emulateMedia({ colorScheme: 'light' });
    }
    await context.close();
    return faults;
  }

  it('opens under an address that asks for what there is not', async () => {
    const context = await required(browser).newContext();
    await tocsin.signIn(context);
    const page = await context.newPage();
    for (const path of ['/integrations/new?source=nonsense', '/incidents?severity=nonsense&sort=nonsense']) {
      await page.goto(tocsin.url + path);
      await settled(page);
      expect(await page.getByRole('alert').count()).toBe(0);
    }
    await context.close();
  });

  async function openIncident(viewport: { readonly width: number; readonly height: number }) {
    const context = await required(browser).newContext({ viewport, reducedMotion: 'reduce', colorScheme: 'light' });
    await tocsin.signIn(context);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(tocsin.url + incident);
    await settled(page);
    // The panels beside the timeline have choices of their own, which must not take the keys from the page.
    await page
      .getByRole('region', { name: 'Work' })
      .or(page.getByRole('tab', { name: 'Details' }))
      .first()
      .waitFor();
    return { page, close: () => context.close() };
  }

  it('opens every dialog of an incident by its key; Escape closes it, and the help names the keys', async () => {
    const { page, close } = await openIncident({ width: 1440, height: 900 });
    expect(await dialogFaults(page, 'key')).toEqual([]);
    await helpNames(page, 'Snooze…');
    await close();
  });

  it('opens every dialog of an incident with a thumb; the focus returns to where it came from', async () => {
    const { page, close } = await openIncident({ width: 390, height: 844 });
    expect(await dialogFaults(page, 'menu')).toEqual([]);
    await close();
  });

  it('reaches what stands in another tab through the palette', async () => {
    const { page, close } = await openIncident({ width: 390, height: 844 });
    await runByPalette(page, 'Write an update');
    await page.getByRole('form', { name: 'Update' }).waitFor();
    await runByPalette(page, 'Add a task');
    await page.locator('input[aria-label="Task"]:focus').waitFor();
    await runByPalette(page, 'show timeline');
    await page.getByTestId('timeline-event').first().waitFor();
    await close();
  });

  it('is accessible where one signs in, light and dark', async () => {
    const context = await required(browser).newContext({ viewport: { width: 390, height: 844 }, colorScheme: 'light' });
    const page = await context.newPage();
    await page.goto(`${tocsin.url}/sign-in`);
    await page.getByRole('form', { name: 'Sign in' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
    expect(await axeFaults(page, ['color-contrast'])).toEqual([]);
    await context.close();
  });

  it('is accessible, fits and logs no error on a desktop, light and dark', async () => {
    expect(await visitAll({ width: 1440, height: 900 })).toEqual([]);
  });

  it('is accessible, fits and logs no error on a phone, light and dark', async () => {
    expect(await visitAll({ width: 390, height: 844 })).toEqual([]);
  });
});

function required<T>(value: T | null): T {
  if (value === null) throw new Error('There is no browser.');
  return value;
}
