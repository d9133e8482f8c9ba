import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.js';
import { createDataDir, eventually, startTocsin, type RunningTocsin } from '../support/tocsin.js';
import { axeFaults, faultsOf, settled } from './screensPage.js';

const browser = await launchBrowser();

describe.skipIf(browser === null)('the screens of people and process', () => {
  let dataDir: Awaited<ReturnType<typeof createDataDir>>;
  let tocsin: RunningTocsin;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    dataDir = await createDataDir();
    // The demo brings a team with its turns, a policy, a runbook and a status page that everybody may read.
    const mail = { TOCSIN_SMTP_URL: 'smtp://127.0.0.1:1', TOCSIN_MAIL_FROM: 'tocsin@example.com' };
    tocsin = await startTocsin(dataDir.path, mail, ['--demo']);
    await seed(tocsin);
    if (browser === null) throw new Error('There is no browser.');
    const context = await browser.newContext({
      reducedMotion: 'reduce',
      colorScheme: 'light',
      timezoneId: 'Asia/Tokyo',
      viewport: { width: 1440, height: 900 },
    });
    await tocsin.signIn(context);
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`${page.url()} logs: ${message.text()}`);
    });
    page.on('pageerror', ({ message }) => faults.push(`${page.url()} throws: ${message}`));
  });
  afterAll(async () => {
    await browser?.close();
    await tocsin.process.end();
    await dataDir.remove();
  });

  it('a service is given an escalation policy of its own, and its page says whose it has', async () => {
    await page.goto(`${tocsin.url}/services/payments`);
    const facts = page.locator('.service-facts');
    await facts.getByText('of its team').waitFor();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('combobox', { name: 'Escalation policy' }).selectOption({ label: 'Only for payments' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await facts.getByRole('link', { name: 'Only for payments' }).waitFor();
    expect(await facts.getByText('of its team').count()).toBe(0);
  });

  it('a shift is taken over in two clicks, and hand-overs stand in the reader’s zone and the schedule’s', async () => {
    await page.goto(`${tocsin.url}/on-call`);
    const schedule = page.getByRole('region', { name: 'Schedule Berlin by day' });
    await page.getByRole('region', { name: 'On call now' }).getByText('in Berlin)').first().waitFor();
    await schedule.getByRole('button', { name: 'Override', exact: true }).click();
    await page.getByText('By your clock:').waitFor();
    await page.getByRole('button', { name: 'Save override' }).click();
    await schedule.locator('[data-override]').first().waitFor();
  });

  it('each step of a policy is a sentence that follows what is chosen', async () => {
    await page.goto(`${tocsin.url}/on-call/policies/1`);
    const second = page.getByRole('group', { name: 'Step 2' });
    await second.getByText('After 5 min: Mila Novak').waitFor();
    await second.getByLabel('Wait after the step before').fill('12');
    await second.getByText('After 12 min: Mila Novak').waitFor();
  });

  it('a dead end of a workflow is said at its status, in the drawing and above, and cannot be saved', async () => {
    await page.goto(`${tocsin.url}/settings/types`);
    await page.getByRole('button', { name: 'Add a status' }).click();
    const statuses = page.getByRole('list', { name: 'Statuses' });
    await statuses.getByText('Nothing leads to New status.').waitFor();
    await page.locator('.workflow-box[data-wrong="true"]').getByText('New status').waitFor();
    expect(await page.getByRole('button', { name: /^Save version/ }).isDisabled()).toBe(true);
  });

  it('an action of a rule names people and schedules, not their numbers', async () => {
    await page.goto(`${tocsin.url}/settings/automation`);
    await page.getByRole('button', { name: 'New rule' }).click();
    await page.getByRole('button', { name: 'Add an action' }).click();
    await page.getByRole('combobox', { name: 'Action' }).last().selectOption('ASSIGN');
    await page.getByRole('combobox', { name: 'or whoever is on call for' }).last().click();
    await page.getByRole('option', { name: 'Berlin by day' }).click();
    await page.getByRole('combobox', { name: 'or whoever is on call for' }).last().waitFor();
    expect(await page.getByRole('combobox', { name: 'or whoever is on call for' }).last().inputValue()).toBe(
      'Berlin by day',
    );
  });

  it('the public page says how each component was, and keeps what is over short', async () => {
    await eventually(async () => {
      await page.goto(`${tocsin.url}/status`);
      return (await page.getByText('Tickets cannot be bought').count()) > 0;
    });
    expect(await page.locator('.headline').innerText()).toContain('There is a partial outage');
    const checkout = page.locator('.components > li').filter({ hasText: 'Checkout' });
    expect(await checkout.locator('.days i').count()).toBe(90);
    expect(await checkout.locator('.days i[data-day="partial_outage"]').last().getAttribute('title')).toContain(
      'Partial outage',
    );
    await page.getByText('1 earlier update', { exact: true }).click();
    await page.getByText('Results take ten seconds.').waitFor();
  });

  it.each([
    ['a desktop', { width: 1440, height: 900 }],
    ['a phone', { width: 390, height: 844 }],
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
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const path of ['/status', '/status/confirm/1.nobody']) {
        await page.goto(tocsin.url + path);
        faults.push(...(await faultsOf(page)).map((fault) => `${path}, ${colorScheme}: ${fault}`));
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
    expect(faults).toEqual([]);
  });
});

const paths = [
  '/on-call',
  '/on-call/2',
  '/on-call/policies',
  '/on-call/policies/1',
  '/settings/teams',
  '/settings/types',
  '/settings/severity',
  '/settings/automation',
  '/settings/channels',
  '/settings/templates',
  '/settings/status-page',
  '/reviews?show=underWay',
  '/action-items',
  '/runbooks',
  '/runbooks/1',
];

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What the demo lacks: a zone other than UTC, a second policy, a rule, a channel that fails, published updates, a review. */
async function seed({ graphql }: RunningTocsin): Promise<void> {
  const { people, statusPage } = await graphql<{
    readonly people: readonly (Named & { readonly handle: string })[];
    readonly statusPage: { readonly components: readonly { readonly id: string; readonly title: string }[] };
  }>('{ people { id name handle } statusPage { components { id title } } }');
  const [first, second] = people.map(({ id }) => id);
  await graphql('mutation ($input: ScheduleInput!) { saveSchedule(input: $input) { id } }', {
    input: {
      name: 'Berlin by day',
      timeZone: 'Europe/Berlin',
      layers: [
        {
          name: 'Turns',
          startsOn: '2026-01-05',
          handoffTime: '09:00',
          turnUnit: 'DAY',
          turnLength: 1,
          memberIds: [first, second],
          restrictions: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '12:00' }],
        },
      ],
    },
  });
  await graphql('mutation ($input: EscalationPolicyInput!) { saveEscalationPolicy(input: $input) { id } }', {
    input: { name: 'Only for payments', steps: [{ delaySeconds: 0, targets: [{ personId: first }] }] },
  });
  await graphql('mutation ($input: AutomationRuleInput!) { saveAutomationRule(input: $input) { id } }', {
    input: {
      name: 'Everything grave is tagged',
      kinds: ['INCIDENT_OPENED'],
      condition: 'severity >= high',
      actions: [{ kind: 'ADD_TAG', parameters: '{"tag":"grave"}' }],
    },
  });
  await graphql('mutation ($input: ChannelInput!) { saveNotificationChannel(input: $input) { id } }', {
    input: {
      name: 'Operations',
      kind: 'EMAIL',
      settings: [{ name: 'address', value: 'operations@example.com' }],
      subscriptions: [{ kinds: ['INCIDENT_OPENED'], condition: 'severity >= high' }],
    },
  });
  const component = (title: string) => statusPage.components.find((each) => each.title === title)?.id;
  const publish = async (incidentId: string, input: object) => {
    const { saveUpdate } = await graphql<{ readonly saveUpdate: { readonly id: string; readonly version: number } }>(
      'mutation ($input: UpdateInput!) { saveUpdate(input: $input) { id version } }',
      { input: { incidentId, audience: 'PUBLIC', ...input } },
    );
    await graphql('mutation ($id: ID!, $v: Int!) { submitUpdate(id: $id, expectedVersion: $v) { id } }', {
      id: saveUpdate.id,
      v: saveUpdate.version,
    });
  };
  const report = async (title: string) => {
    const { createIncident } = await graphql<{ readonly createIncident: Named }>(
      'mutation ($input: CreateIncidentInput!) { createIncident(input: $input) { id } }',
      { input: { title, severity: 'HIGH', services: ['search'] } },
    );
    return createIncident.id;
  };
  const open = await report('Buying fails');
  await publish(open, {
    title: 'Tickets cannot be bought',
    body: 'We look into it.',
    progress: 'INVESTIGATING',
    components: [{ componentId: component('Checkout'), state: 'PARTIAL_OUTAGE' }],
  });
  const over = await report('Search was slow');
  const search = [{ componentId: component('Search'), state: 'DEGRADED' }];
  const slow = { title: 'Search was slow', components: search };
  await publish(over, { ...slow, body: 'Results take ten seconds.', progress: 'INVESTIGATING' });
  await publish(over, { ...slow, body: 'It is as fast as before.', progress: 'RESOLVED' });
  await graphql('mutation ($id: ID!) { startReview(incidentId: $id) { id } }', { id: over });
  await graphql('mutation ($input: ActionItemInput!) { createActionItem(input: $input) { id } }', {
    input: {
      incidentId: over,
      title: 'Watch the age of the index',
      kind: 'DETECT',
      ownerId: first,
      dueOn: '2026-01-31',
    },
  });
}
