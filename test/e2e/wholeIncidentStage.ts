import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ParsedMail } from 'mailparser';
import type { BrowserContext, Page } from 'playwright-core';
import type { launchBrowser } from '../support/browser.js';
import { startMailServer, type TestMailServer } from '../support/notifyHarness.js';
import { fromRoot } from '../support/root.js';
import { createDataDir, eventually, type RunningTocsin, startTocsin } from '../support/tocsin.js';

const patienceMs = 60_000;
const phone = { width: 390, height: 844 };

export interface Player {
  readonly name: string;
  readonly email: string;
  readonly page: Page;
}

/** A product that sends its mail to a server of ours, and a browser with a context for each who plays. */
export interface Stage {
  readonly tocsin: RunningTocsin;
  readonly mail: TestMailServer;
  /** A page of somebody who has no session, on a phone: reads mails, the status page, says how it went. */
  readonly stranger: () => Promise<Page>;
  /** The admin that the first start made, signed in. */
  readonly admin: () => Promise<Player>;
  /** Invited on the admin's screen, joined by the link that it shows. */
  readonly join: (admin: Page, name: string, role: 'VIEWER' | 'REPORTER' | 'RESPONDER' | 'MANAGER') => Promise<Player>;
  /** Waits for a mail to somebody whose subject and text match. */
  readonly mailTo: (player: Pick<Player, 'email'>, what: RegExp) => Promise<ParsedMail>;
  /** What `npm run verify-audit` prints. @throws where it exits with anything but 0 */
  readonly verifyAudit: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

type Browser = NonNullable<Awaited<ReturnType<typeof launchBrowser>>>;

export async function setStage(browser: Browser): Promise<Stage> {
  const [dataDir, mail] = await Promise.all([createDataDir(), startMailServer()]);
  const tocsin = await startTocsin(dataDir.path, {
    TOCSIN_SMTP_URL: mail.url,
    TOCSIN_MAIL_FROM: 'Tocsin <tocsin@example.com>',
  });
  const mailTo: Stage['mailTo'] = ({ email }, what) =>
    eventually(
      () => Promise.resolve(mailsTo(mail, email).findLast((each) => what.test(textOf(each))) ?? null),
      patienceMs,
    );
  return {
    tocsin,
    mail,
    mailTo,
    stranger: async () => pageOf(await contextOf(browser, phone)),
    admin: async () => {
      const context = await contextOf(browser);
      await tocsin.signIn(context);
      return { name: 'operator', email: 'operator@example.com', page: await pageOf(context) };
    },
    join: async (admin, name, role) => {
      const email = `${(name.split(' ')[0] ?? '').toLowerCase()}@example.com`;
      const page = await pageOf(await contextOf(browser));
      await page.goto(await invite(admin, email, role));
      await joinAs(page, name);
      return { name, email, page };
    },
    verifyAudit: async () => {
      const env = { ...process.env, TOCSIN_DATA_DIR: dataDir.path };
      const { stdout } = await promisify(execFile)(process.execPath, [fromRoot('server/dist/verifyAudit.js')], { env });
      return stdout;
    },
    stop: async () => {
      await browser.close();
      await tocsin.process.end();
      await mail.stop();
      await dataDir.remove();
    },
  };
}

export function mailsTo(mail: TestMailServer, email: string): readonly ParsedMail[] {
  return mail.mails.filter(({ to }) => [to ?? []].flat().some(({ text }) => text.includes(email)));
}

/** The address in a mail. */
export function linkIn(mail: ParsedMail, pattern: RegExp): string {
  const found = pattern.exec(mail.text ?? '')?.[0];
  if (found === undefined) throw new Error(`No ${pattern.source} in: ${textOf(mail)}`);
  return found;
}

function textOf({ subject, text }: ParsedMail): string {
  return `${subject ?? ''}\n${text ?? ''}`;
}

function contextOf(browser: Browser, viewport = { width: 1280, height: 900 }): Promise<BrowserContext> {
  return browser.newContext({ viewport, reducedMotion: 'reduce', colorScheme: 'light' });
}

async function pageOf(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  return page;
}

/** @returns the link, which is shown once */
async function invite(page: Page, email: string, role: string): Promise<string> {
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByLabel('Role').selectOption(role);
  await dialog.getByRole('button', { name: 'Make the invitation' }).click();
  const link = (await dialog.locator('code').textContent()) ?? '';
  await dialog.getByRole('button', { name: 'Done' }).click();
  await dialog.waitFor({ state: 'detached' });
  return link;
}

async function joinAs(page: Page, name: string): Promise<void> {
  const form = page.getByRole('form', { name: 'Join Tocsin' });
  await form.getByLabel('Name').fill(name);
  await page.locator('input[type=password]').fill('a long sentence is good');
  await form.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('button', { name: `Signed in as ${name}` }).waitFor();
}
