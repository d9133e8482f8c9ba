import type { RenderedMessage } from '@tocsin/schema/domain/notification';
import type { AttemptOutcome } from '@tocsin/schema/domain/notificationRetry';
import { templateOf } from '@tocsin/schema/postgres/messageTemplate';
import { withLink } from '@tocsin/schema/postgres/messageLink';
import type { ClaimedNotification } from '@tocsin/schema/postgres/notificationClaim';
import {
  messageFacts,
  type SealedSecret,
  type StoredTarget,
  targetOf,
} from '@tocsin/schema/postgres/notificationTarget';
import type { Told } from '@tocsin/schema/postgres/notificationOutcome';
import { createLink } from '@tocsin/schema/postgres/oneTimeLink';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { createMailer } from '@tocsin/schema/runtime/mailer';
import { guardedPost } from '@tocsin/schema/runtime/outgoing';
import { SealBroken } from '@tocsin/schema/runtime/sealer';
import type { RespondDeps } from '../handler.js';
import { type ChannelTools, failed } from './channels/adapter.js';
import { adapterOf } from './channels/registry.js';
import { renderMessage } from './render.js';
import { pushKeys } from './vapid.js';

export type NotifyDeps = Pick<RespondDeps, 'pool' | 'sealer' | 'dashboardUrl' | 'smtpUrl' | 'mailFrom' | 'now'>;

export function createTools({ pool, sealer, dashboardUrl, smtpUrl, mailFrom, now }: NotifyDeps): ChannelTools {
  return {
    post: guardedPost,
    mail: createMailer({ url: smtpUrl, from: mailFrom }),
    vapid: async () => {
      const keys = await pushKeys(pool, sealer);
      // Push services write here when something is wrong with what we send; they take https alone.
      const subject = dashboardUrl().startsWith('https:') ? dashboardUrl() : 'mailto:tocsin@localhost.invalid';
      return keys === null ? null : { ...keys, subject };
    },
    now,
  };
}

export interface Attempted {
  readonly outcome: AttemptOutcome;
  readonly told: Told;
}

/** A message to be sent, with the links that it was given. */
interface Prepared {
  readonly claimed: ClaimedNotification;
  /** Null where nobody needs the link that it is about any more. */
  readonly values: Readonly<Record<string, unknown>> | null;
  readonly acknowledgeUrl: string | null;
}

/** Makes its links, in the transaction that begins the attempt. */
export async function prepare(
  { dashboardUrl, now }: Pick<NotifyDeps, 'dashboardUrl' | 'now'>,
  db: Queryable,
  claimed: ClaimedNotification,
): Promise<Prepared> {
  const site = dashboardUrl();
  const values = await withLink(db, claimed.values, site);
  return { claimed, values, acknowledgeUrl: await acknowledgeUrl(db, claimed, site, now()) };
}

/** Sends what was claimed, outside of every transaction; whatever goes wrong is an outcome. */
export async function attempt(
  deps: NotifyDeps,
  tools: ChannelTools,
  { claimed, values, acknowledgeUrl: act }: Prepared,
): Promise<Attempted> {
  const { pool, now } = deps;
  const [target, facts] = await Promise.all([targetOf(pool, claimed, now()), messageFacts(pool, claimed)]);
  const told = toldOf(facts.person?.name ?? null, target);
  if (target === null) return { told, outcome: failed('the contact or channel is gone') };
  if (!target.isUsable) return { told, outcome: failed('the channel is switched off') };
  if (values === null) return { told, outcome: failed('nobody needs its link any more') };
  const saved = await templateOf(pool, claimed.template, facts.incident?.type ?? null);
  const links = { dashboardUrl: deps.dashboardUrl(), acknowledgeUrl: act };
  const message = renderMessage({ ...claimed, values }, facts, saved, links);
  return { told, outcome: await sendTo(deps, tools, target, message) };
}

/** As the send button of a test, too: one message to one place. */
export async function sendTo(
  { sealer }: Pick<NotifyDeps, 'sealer'>,
  tools: ChannelTools,
  target: StoredTarget,
  message: RenderedMessage,
): Promise<AttemptOutcome> {
  const adapter = adapterOf(target.kind);
  if (adapter === null) return failed(`nothing sends to ${target.kind}`);
  const open = (secret: SealedSecret | null): string | null => {
    if (secret === null) return null;
    if (sealer === null) throw new SealBroken();
    return sealer.open(secret.sealed, secret.purpose);
  };
  try {
    const { address, settings, mayReachPrivate } = target;
    const secret = open(target.secret);
    const previousSecret = open(target.previousSecret);
    return await adapter.send(message, { address, settings, mayReachPrivate, secret, previousSecret }, tools);
  } catch (error) {
    // What an adapter did not foresee is of this message or place: it must not be tried for ever.
    return failed(error instanceof Error ? error.message : String(error));
  }
}

const linkLastsMs = 7 * 24 * 3_600_000;

/** Whoever was paged acknowledges from the message, without signing in; a bundle stands for more than one incident. */
async function acknowledgeUrl(
  db: Queryable,
  { topic, personId, incidentId, bundled }: ClaimedNotification,
  site: string,
  now: number,
): Promise<string | null> {
  if (topic !== 'page' || personId === null || incidentId === null || bundled.length > 0) return null;
  const link = { purpose: 'acknowledge', personId, incidentId, expiresAt: now + linkLastsMs } as const;
  return `${site}/act/${await createLink(db, link)}`;
}

function toldOf(person: string | null, target: StoredTarget | null): Told {
  const via = target?.name ?? 'what is gone';
  return { to: person ?? (target?.kind === 'email' ? shortened(target.address) : via), via };
}

/** Enough to know it, too little to write to it. */
export function shortened(address: string): string {
  return address.replace(/^(.)[^@]*(@.*)$/, '$1…$2');
}

export function testMessage(what: string, dashboardUrl: string, now: number): RenderedMessage {
  const title = `Test from Tocsin: ${what}`;
  return {
    title,
    text: 'This is a test. Messages about incidents arrive here.',
    html: null,
    url: dashboardUrl,
    acknowledgeUrl: null,
    incident: null,
    isRepeat: false,
    more: 0,
    key: `test/${what}/${now}`,
  };
}
