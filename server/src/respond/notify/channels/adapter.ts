import type { ChannelKind, ContactKind, RenderedMessage } from '@tocsin/schema/domain/notification';
import type { AttemptOutcome } from '@tocsin/schema/domain/notificationRetry';
import type { SendMail } from '@tocsin/schema/runtime/mailer';
import { type OutgoingAnswer, OutgoingFailure, type OutgoingRequest } from '@tocsin/schema/runtime/outgoing';

export interface ChannelTarget {
  readonly address: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Opened; null where there is none. */
  readonly secret: string | null;
  readonly previousSecret: string | null;
  readonly mayReachPrivate: boolean;
}

export interface VapidKeys {
  readonly subject: string;
  readonly publicKey: string;
  readonly privateKey: string;
}

export interface ChannelTools {
  readonly post: (url: string, request: OutgoingRequest) => Promise<OutgoingAnswer>;
  /** Null where no SMTP is set up. */
  readonly mail: SendMail | null;
  /** What Web Push is signed with; null without a key to keep it under. */
  readonly vapid: () => Promise<VapidKeys | null>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** One kind of place. Whatever goes wrong is an outcome, not an error. */
export interface ChannelAdapter {
  readonly kind: ChannelKind | ContactKind;
  readonly send: (message: RenderedMessage, target: ChannelTarget, tools: ChannelTools) => Promise<AttemptOutcome>;
}

export const requestTimeoutMs = 10_000;

export function failed(error: string): AttemptOutcome {
  return { outcome: 'failed', status: null, error };
}

/** POSTs and says what the answer means; `read` looks at an answer of success, for APIs that hide failures in it. */
export async function postMessage(
  tools: ChannelTools,
  url: string,
  request: Pick<OutgoingRequest, 'headers' | 'body' | 'mayReachPrivate'>,
  read: (answer: OutgoingAnswer) => AttemptOutcome = ({ status }) => ({ outcome: 'sent', status }),
): Promise<AttemptOutcome> {
  if (!URL.canParse(url)) return failed('its address is no URL');
  try {
    const answer = await tools.post(url, { ...request, timeoutMs: requestTimeoutMs });
    return answer.status >= 200 && answer.status < 300 ? read(answer) : outcomeOfRefusal(answer);
  } catch (error) {
    if (error instanceof OutgoingFailure && error.isRefusal) return failed(error.message);
    const message = error instanceof Error ? error.message : String(error);
    return { outcome: 'retry', status: null, error: message, afterMs: null };
  }
}

function outcomeOfRefusal({ status, retryAfterMs }: OutgoingAnswer): AttemptOutcome {
  if (status === 410) return { outcome: 'failed', status, error: 'answered 410: it is gone', isGone: true };
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    return { outcome: 'retry', status, error: `answered ${status}`, afterMs: retryAfterMs };
  }
  const isRedirect = status >= 300 && status < 400;
  return { outcome: 'failed', status, error: `answered ${status}${isRedirect ? ': redirects are not followed' : ''}` };
}

/** A secret that holds several, as JSON; {} for anything else. */
export function partsOfSecret(secret: string | null): Readonly<Record<string, unknown>> {
  try {
    const parts: unknown = JSON.parse(secret ?? '{}');
    return typeof parts === 'object' && parts !== null && !Array.isArray(parts) ? { ...parts } : {};
  } catch {
    return {};
  }
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
