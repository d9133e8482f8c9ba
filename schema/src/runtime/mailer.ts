import { createTransport } from 'nodemailer';
import { isMailAddress } from '../domain/mailAddress.js';
import type { AttemptOutcome } from '../domain/notificationRetry.js';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  /** The same for every attempt, so that a mailbox can tell a repetition. Without brackets and domain. */
  readonly messageId: string;
  /** Mails of one thread; without brackets and domain. */
  readonly thread?: string | null;
}

export type SendMail = (mail: Mail) => Promise<AttemptOutcome>;

export interface MailerOptions {
  /** `smtp://user:password@host:587` or `smtps://host`; null: no mail is set up. */
  readonly url: string | null;
  readonly from: string;
  /** For a whole mail; less than a timer's lease. @default 20000 */
  readonly timeoutMs?: number;
}

/**
 * Sends mails, each over a connection of its own: a server that went away and came back needs no care. Null where no mail
 * is set up.
 */
export function createMailer({ url, from, timeoutMs = 20_000 }: MailerOptions): SendMail | null {
  if (url === null) return null;
  const step = Math.min(10_000, timeoutMs);
  const target = new URL(url);
  const transport = createTransport({
    host: target.hostname.replace(/^\[|\]$/g, ''),
    port: Number(target.port) || (target.protocol === 'smtps:' ? 465 : 587),
    secure: target.protocol === 'smtps:',
    // Only where the URL says so a certificate is not looked at, and only where it says so TLS is a must.
    requireTLS: target.searchParams.get('tls') === 'required',
    ignoreTLS: target.searchParams.get('tls') === 'none',
    tls: { rejectUnauthorized: target.searchParams.get('verify') !== 'none' },
    ...(target.username !== '' && {
      auth: { user: decodeURIComponent(target.username), pass: decodeURIComponent(target.password) },
    }),
    connectionTimeout: step,
    greetingTimeout: step,
    socketTimeout: step,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.replace(/^.*@/, '').replace(/[^\w.-]/g, '') || 'tocsin';
  return async ({ to, subject, text, html, messageId, thread }) => {
    if (!isMailAddress(to)) return { outcome: 'failed', status: null, error: 'is no e-mail address' };
    const sent = transport.sendMail({
      from,
      // As an object it is one address, whatever stands in it.
      to: { name: '', address: to },
      subject: subject.replace(/\s+/g, ' '),
      text,
      ...(html !== null && { html }),
      messageId: `<${messageId}@${domain}>`,
      ...(thread != null && { references: `<${thread}@${domain}>` }),
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    return within(
      sent.then(({ response }) => ({ outcome: 'sent' as const, status: codeOf(response) }), outcomeOfError),
      timeoutMs,
    );
  };
}

async function within(sent: Promise<AttemptOutcome>, timeoutMs: number): Promise<AttemptOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<AttemptOutcome>((resolve) => {
    timer = setTimeout(
      () =>
        resolve({
          outcome: 'retry',
          status: null,
          error: `the mail server did not answer within ${timeoutMs / 1_000} s`,
          afterMs: null,
        }),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([sent, late]);
  } finally {
    clearTimeout(timer);
  }
}

function codeOf(response: unknown): number | null {
  const code = /^\d{3}/.exec(String(response))?.[0];
  return code === undefined ? null : Number(code);
}

/** A refusal of the recipient or the message is for good; of the account, and everything that may pass, is not. */
function outcomeOfError(error: unknown): AttemptOutcome {
  const { responseCode, code, message } = describe(error);
  if (responseCode !== null && responseCode >= 500 && code !== 'EAUTH') {
    return { outcome: 'failed', status: responseCode, error: message };
  }
  const isSilent = code === 'ETIMEDOUT';
  const text = isSilent ? 'the mail server did not answer in time' : message;
  return { outcome: 'retry', status: responseCode, error: text, afterMs: null };
}

function describe(error: unknown): {
  readonly responseCode: number | null;
  readonly code: string;
  readonly message: string;
} {
  if (!(error instanceof Error)) return { responseCode: null, code: '', message: String(error) };
  const responseCode = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { responseCode, code, message: error.message.slice(0, 300) };
}
