import type { Page } from 'playwright-core';
import { axeFaults } from './screensPage.js';

interface IncidentDialog {
  readonly item: string;
  /** Null: by the menu alone. */
  readonly key: string | null;
  readonly title: RegExp;
}

/** What an open incident offers to who may everything. */
const dialogs: readonly IncidentDialog[] = [
  { item: 'Assign…', key: 'i', title: /^Assign INC-/ },
  { item: 'Escalate…', key: 'e', title: /^Escalate INC-/ },
  { item: 'Snooze…', key: 'z', title: /^Snooze INC-/ },
  { item: 'Change the status…', key: 's', title: /^Status of INC-/ },
  { item: 'Change the severity…', key: 'v', title: /^Severity of INC-/ },
  { item: 'Edit priority and details…', key: 'd', title: /^Details of INC-/ },
  { item: 'Merge into…', key: null, title: /^Merge INC-/ },
  { item: 'Dismiss…', key: null, title: /^Dismiss INC-/ },
];

const standards = ['wcag2a', 'wcag2aa'];

/** Opens each, looks at it, and leaves it with Escape. @returns what is wrong, in words */
export async function dialogFaults(page: Page, by: 'key' | 'menu'): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { item, key, title } of dialogs) {
    if (by === 'key' && key !== null) await page.keyboard.press(key);
    else await openByMenu(page, item);
    const dialog = page.getByRole('dialog', { name: title });
    await dialog.waitFor();
    await dialog.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
    faults.push(...(await axeFaults(page, standards)).map((fault) => `${item} ${fault}`));
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    const focused = await page.evaluate<string | null>('document.activeElement?.getAttribute("aria-label") ?? null');
    if (by === 'menu' && focused !== 'More actions') faults.push(`${item} leaves the focus at ${focused}`);
  }
  return faults;
}

async function openByMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Runs what the palette offers for the incident at hand by these words. */
export async function runByPalette(page: Page, words: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  const palette = page.getByPlaceholder('INC-12, a screen or an action');
  await palette.fill(words);
  await page.getByRole('button', { name: new RegExp(`^INC-\\d+: ${words}`, 'i') }).click();
  await palette.waitFor({ state: 'detached' });
}

/** The help lists the keys of the screen at hand. */
export async function helpNames(page: Page, what: string): Promise<void> {
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  await help.getByText(what).waitFor();
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
}
