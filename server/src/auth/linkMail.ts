import { addNotifications } from '@tocsin/schema/postgres/notificationWrite';
import type { Queryable } from '@tocsin/schema/postgres/pool';

interface LinkMail {
  /** Said once for each. */
  readonly key: string;
  readonly to: string;
  readonly title: string;
  readonly text: string;
  /** Lets in whoever opens it: forgotten once the letter is gone, or cannot go. */
  readonly url: string;
}

/** Sends a link that lets somebody in, in the transaction that makes it. @param now epoch milliseconds */
export async function mailLink(db: Queryable, { key, to, title, text, url }: LinkMail, now: number): Promise<void> {
  const about = { incidentId: null, pageId: null, severity: 'info' } as const;
  const ask = { topic: 'personal', template: 'account.link', values: { title, text, url } } as const;
  await addNotifications(db, [{ ...about, ...ask, key, to: { kind: 'email', email: to } }], now);
}
