import { expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.js';

it('a real browser starts from what npm installed, and draws text', async (context) => {
  const browser = await launchBrowser();
  if (!browser) return context.skip('no browser');
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await page.setContent('<h1 style="display:inline-block">Tocsin</h1>');
    expect(await page.textContent('h1')).toBe('Tocsin');
    expect((await page.locator('h1').boundingBox())?.width).toBeGreaterThan(20);
  } finally {
    await browser.close();
  }
});
