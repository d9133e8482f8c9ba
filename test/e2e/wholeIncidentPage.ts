import type { Locator, Page } from 'playwright-core';
import { settled } from './screensPage.js';

/** Opens the list and marks the document, so that {@link wasReloaded} tells later whether it is still the same. */
export async function openList(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/incidents`);
  await settled(page);
  await page.evaluate('window.isSameDocument = true');
}

/** From the list, as soon as it shows the incident. */
export async function openIncident(page: Page, title: string): Promise<void> {
  await page.getByTestId('incident-row').getByRole('link', { name: title }).click();
  await showsIncident(page, title);
}

export async function showsIncident(page: Page, title: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await page.getByTestId('timeline-event').first().waitFor();
}

export async function wasReloaded(page: Page): Promise<boolean> {
  return (await page.evaluate('window.isSameDocument === true')) !== true;
}

/** A row of the timeline, which is live while its tab is shown. */
export function event(page: Page, kind: string, text: string | RegExp): Locator {
  return page.locator(`[data-testid="timeline-event"][data-kind="${kind}"]`).filter({ hasText: text });
}

/** Waits until all of them have it on their timeline, without a reload of theirs. */
export async function allSee(pages: readonly Page[], kind: string, text: string | RegExp): Promise<void> {
  await Promise.all(pages.map((page) => event(page, kind, text).first().waitFor({ state: 'attached' })));
}

export async function showTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
}

/** Chooses in one of the lists that open below their input. */
export async function choose(page: Page, input: Locator, option: string | RegExp): Promise<void> {
  await input.click();
  await page.getByRole('listbox').getByRole('option', { name: option, exact: true }).click();
  // One that takes several stays open.
  await input.blur();
}

/** Waits for a badge of the incident's head. */
export async function showsAtTop(page: Page, text: string): Promise<void> {
  await page.locator('.incident-badges').getByText(text, { exact: true }).waitFor();
}

/** An entry of the menu that says where the workflow leads. */
export async function moveTo(page: Page, status: string): Promise<void> {
  await page.getByRole('button', { name: /^Status: / }).click();
  await page.getByRole('menuitem', { name: status }).click();
}
