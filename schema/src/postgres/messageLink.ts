import { z } from 'zod';
import { makeCsatToken } from './csat.js';
import type { Queryable } from './pool.js';
import { leaveToken, makeConfirmToken } from './statusSubscriber.js';

/**
 * What a message's values hold in place of a link that opens something by itself: its token is made when the message is sent,
 * and so is readable in no outbox and no log. Sent again, it is another one, and the one before opens nothing.
 */
const messageLink = z.object({ kind: z.enum(['csat', 'confirm', 'leave']), id: z.number() });

/** One entry of a message's values. */
export type MessageLink = z.infer<typeof messageLink>;

/**
 * A message's values with its link in them: as `url`, or for `leave` at the end of the text. Null where nobody needs the link
 * any more.
 * @param site where the dashboard is, without a slash at the end
 */
export async function withLink(
  db: Queryable,
  { link: asked, ...values }: Readonly<Record<string, unknown>>,
  site: string,
): Promise<Readonly<Record<string, unknown>> | null> {
  const link = messageLink.safeParse(asked).data;
  if (link === undefined) return values;
  switch (link.kind) {
    case 'csat': {
      const token = await makeCsatToken(db, link.id);
      return token === null ? null : { ...values, url: `${site}/csat/${token}` };
    }
    case 'confirm': {
      const token = await makeConfirmToken(db, link.id);
      return token === null ? null : { ...values, url: `${site}/status/confirm/${token}` };
    }
    case 'leave': {
      const token = await leaveToken(db, link.id);
      if (token === null) return null;
      return {
        ...values,
        text: `${String(values['text'])}\n\nTo get no more of these: ${site}/status/unsubscribe/${token}`,
      };
    }
  }
}
