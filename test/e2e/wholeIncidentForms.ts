import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { eventually } from '../support/tocsin.js';
import { choose } from './wholeIncidentPage.js';

/** Wakes who is on call at once, and somebody else a tenth of a minute later; both once. */
export async function writePolicy(page: Page, url: string, name: string, then: string): Promise<void> {
  await page.goto(`${url}/on-call/policies/new`);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Repeat the steps').fill('0');
  await page.getByLabel('Page when').fill('severity >= high');
  const first = page.getByRole('group', { name: 'Step 1' });
  await choose(page, first.getByRole('combobox', { name: 'Wake' }), 'on call: Payments');
  await page.getByRole('button', { name: 'And if nobody acknowledges' }).click();
  const second = page.getByRole('group', { name: 'Step 2' });
  await second.getByLabel('Wait after the step before').fill('0.1');
  await choose(page, second.getByRole('combobox', { name: 'Wake' }), then);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('6 s later').waitFor();
}

/** Attaches itself to the incidents of the checkout. */
export async function writeRunbook(page: Page, url: string, title: string, steps: readonly string[]): Promise<void> {
  await page.goto(`${url}/runbooks/new`);
  await page.getByRole('textbox', { name: 'Title' }).fill(title);
  await choose(page, page.getByRole('combobox', { name: 'Services' }), 'checkout');
  await page.getByRole('textbox', { name: 'Text' }).fill(steps.map((step) => `- [ ] ${step}\n`).join(''));
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** Everybody can read it from then on, with the checkout as its one component. */
export async function openStatusPage(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/status-page`);
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('The shop');
  await page.getByRole('switch', { name: 'Public' }).click();
  await choose(page, page.getByRole('combobox', { name: 'Add a component' }), 'checkout');
  await page.getByLabel('Title of checkout').fill('Checkout');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Status page saved').waitFor();
}

/** What somebody hears of: neither how bad it is nor what is broken. */
export async function report(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Report incident' }).click();
  const form = page.getByRole('dialog', { name: 'Report an incident' });
  await form.getByLabel('What is happening?').fill(title);
  await form.getByLabel('What is known so far?').fill('Three shops called within ten minutes.');
  await form.getByRole('button', { name: 'Report incident' }).click();
  expect(await form.isVisible(), 'the type asks who is affected').toBe(true);
  await form.getByLabel('Who is affected?').fill('Everybody who pays by card');
  await form.getByRole('button', { name: 'Report incident' }).click();
}

/** The details that triage is about, beside the severity. */
export async function rate(page: Page, service: string): Promise<void> {
  await page.getByRole('region', { name: 'Work' }).getByRole('button', { name: 'Edit', exact: true }).click();
  const details = page.getByRole('dialog', { name: 'Details of INC-1' });
  await details.getByLabel('Affected services').first().fill(service);
  await details.getByLabel('Affected services').first().press('Enter');
  await details.getByLabel('Impact').selectOption('1');
  await details.getByLabel('Urgency').selectOption('1');
  await details.getByRole('button', { name: 'Save' }).click();
}

/** “Paying by card”, for the public, submitted for approval, seen in its preview before. */
export async function writeUpdate(page: Page, progress: string, state: string, text: string): Promise<void> {
  const title = 'Paying by card';
  await page.getByRole('button', { name: 'Write an update' }).click();
  const form = page.getByRole('form', { name: 'Update' });
  await form.getByRole('radiogroup', { name: 'For whom' }).getByText('Public').click();
  await choose(page, form.getByRole('combobox', { name: 'Progress' }), progress);
  await form.getByRole('textbox', { name: 'Title' }).fill(title);
  await form.getByRole('textbox', { name: 'Text' }).fill(text);
  await choose(page, form.getByRole('combobox', { name: 'State of Checkout' }), state);
  await form.getByRole('region', { name: 'Preview' }).getByText(`${progress}: ${title}`).waitFor();
  await form.getByRole('button', { name: 'Publish or ask for approval' }).click();
  await form.waitFor({ state: 'detached' });
}

/** By the incident's own button: a notification has one of that name too. */
export async function close(page: Page): Promise<void> {
  const actions = page.getByRole('group', { name: 'Actions' });
  await actions.getByRole('button', { name: 'Close', exact: true }).click();
}

/** The severity that the policy wakes for. */
export async function makeCritical(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Change the severity…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Severity of INC-1' });
  await dialog.getByRole('button', { name: /^Critical/ }).click();
}

/** Loads the status page again until the few seconds of its cache are over. */
export async function publicPageSays(page: Page, url: string, headline: string, text: string): Promise<void> {
  await eventually(async () => {
    await page.goto(`${url}/status`);
    const shown = (await page.locator('main').textContent()) ?? '';
    return shown.includes(headline) && shown.includes(text);
  });
}

/** Summary, lessons, and the timeline, which holds the milestones already, with one event more. */
export async function writeReview(page: Page, event: string): Promise<void> {
  await editPart(page, 'Summary', (part) =>
    part.getByRole('textbox').fill('A card provider refused every payment for a while.'),
  );
  await editPart(page, 'Timeline', async (part) => {
    expect(await part.getByRole('checkbox', { name: 'acknowledged the incident' }).isChecked()).toBe(true);
    await part.getByRole('checkbox', { name: event }).check();
  });
  await editPart(page, 'Lessons', (part) => part.getByRole('textbox').fill('Switch the provider first, then ask.'));
}

/** A part of the review, opened for writing, filled and saved. */
async function editPart(page: Page, title: string, fill: (part: Locator) => Promise<unknown>): Promise<void> {
  const part = page.getByRole('region', { name: title, exact: true });
  await part.getByRole('button', { name: `Edit ${title}` }).click();
  await fill(part);
  await part.getByRole('button', { name: 'Save', exact: true }).click();
  await part.getByRole('button', { name: `Edit ${title}` }).waitFor();
}

/** From the review that is shown. */
export async function addActionItem(page: Page, title: string, owner: RegExp): Promise<void> {
  const items = page.getByRole('article', { name: 'Review' }).getByRole('region', { name: 'Action items' });
  await items.getByRole('button', { name: 'Add' }).click();
  const form = page.getByRole('dialog', { name: 'New action item' });
  await form.getByLabel('What is to be done?').fill(title);
  await choose(page, form.getByRole('combobox', { name: 'Owner' }), owner);
  await form.getByRole('button', { name: 'Create' }).click();
}

/** By the link of a mail, without a session; by the keyboard, as a click waits for frames that an idle page paints late. */
export async function sayHowItWent(page: Page, link: string, level: string, comment: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel(level).press('Space');
  await page.getByRole('textbox').fill(comment);
  await page.getByRole('button', { name: 'Send' }).press('Enter');
  await page.getByText('your answer is kept').waitFor();
}
