import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The screen has its heading and its first data, and the page is live. */
export async function settled(page: Page): Promise<void> {
  await page.locator('[data-testid="liveness"][data-state="live"]').waitFor();
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await page
    .locator('[aria-busy="true"]:visible, .mantine-Skeleton-root:visible')
    .first()
    .waitFor({ state: 'detached' });
}

/** What is wrong with the page as it stands, in words: headings, landmarks, sideways scroll, accessibility. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  const headings = await page.locator('h1').count();
  const mains = await page.locator('main').count();
  const excess = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  return [
    ...(headings === 1 ? [] : [`${headings} h1`]),
    ...(mains === 1 ? [] : [`${mains} main landmarks`]),
    ...(excess <= 0 ? [] : [`scrolls sideways by ${excess} px`]),
    ...(await axeFaults(page, ['wcag2a', 'wcag2aa'])),
  ];
}

/** What axe finds by these rules or tags. */
export async function axeFaults(page: Page, runOnly: readonly string[]): Promise<readonly string[]> {
  await page.evaluate(`window.axe ?? (() => { ${axeSource} })()`);
  const { violations } = await page.evaluate<axe.AxeResults>(
    `axe.run({ runOnly: ${JSON.stringify(runOnly)}, resultTypes: ['violations'] })`,
  );
  return violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.html ?? ''}`);
}
