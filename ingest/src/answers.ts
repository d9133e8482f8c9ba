import { randomUUID } from 'node:crypto';
import type { ReceivedOutcome } from '@tocsin/schema/domain/event';
import { sourceKinds } from '@tocsin/schema/domain/source';

export type AnswerCode =
  | 'MALFORMED_PAYLOAD'
  | 'UNAUTHENTICATED'
  | 'UNKNOWN_SOURCE'
  | 'PAYLOAD_TOO_LARGE'
  | 'OVERLOADED'
  | 'UNAVAILABLE'
  | 'INTERNAL';

/** How many alerts of a delivery ended how. */
export type DeliveryOutcome = Readonly<Record<ReceivedOutcome, number>>;

export interface Receipt extends DeliveryOutcome {
  readonly deliveryId: string;
  /** Conditions and changes in the delivery, rejected ones included. */
  readonly received: number;
  /** Deploys and other changes among them; a repetition of one counts again. */
  readonly changes: number;
}

export interface Refusal {
  readonly error: { readonly code: AnswerCode; readonly message: string; readonly path?: string | null };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Receipt | Refusal;
}

/** More is waiting to be committed than will be in time. Answered 503, which senders retry; 429 they would not. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';
  readonly retryAfterSeconds: number;
  constructor(message = 'more alerts are waiting than can be stored in time: send again later', retryAfterSeconds = 5) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Postgres is away, or this process is shutting down. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  readonly retryAfterSeconds: number;
  constructor(message = 'nothing can be stored at the moment: send again later', retryAfterSeconds = 5) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** A body over the limit, as sent or once inflated. */
export class PayloadTooLarge extends Error {
  override readonly name = 'PayloadTooLarge';
  constructor(limit: number) {
    super(`the body is larger than ${limit} bytes: send fewer alerts at a time (Alertmanager: max_alerts)`);
  }
}

function refusal(status: number, code: AnswerCode, message: string, headers: Record<string, string> = {}): Answer {
  return { status, headers, body: { error: { code, message } } };
}

export function stored(receipt: Receipt): Answer {
  return { status: 200, headers: {}, body: receipt };
}

export function malformed(message: string, path: string | null): Answer {
  return { status: 400, headers: {}, body: { error: { code: 'MALFORMED_PAYLOAD', message, path } } };
}

export function unauthenticated(): Answer {
  const message =
    "no or wrong secret: send the integration's secret as Bearer, Basic password, X-Tocsin-Token or last path segment";
  return refusal(401, 'UNAUTHENTICATED', message, {
    'www-authenticate': 'Bearer realm="tocsin", Basic realm="tocsin"',
  });
}

export function unknownSource(name: string): Answer {
  const message = `unknown source ${JSON.stringify(name.slice(0, 60))}: known are ${sourceKinds.join(', ')}`;
  return refusal(404, 'UNKNOWN_SOURCE', message);
}

/**
 * The answer to whatever was thrown. What nobody foresaw is a 500, which senders retry, and carries an id that the log
 * carries too (`report`); its text stays inside.
 */
export function answerOfFailure(failure: unknown, report: (errorId: string, failure: unknown) => void): Answer {
  if (failure instanceof PayloadTooLarge) return refusal(413, 'PAYLOAD_TOO_LARGE', failure.message);
  if (failure instanceof Overloaded || failure instanceof Unavailable) {
    const code = failure instanceof Overloaded ? 'OVERLOADED' : 'UNAVAILABLE';
    return refusal(503, code, failure.message, { 'retry-after': String(failure.retryAfterSeconds) });
  }
  const errorId = randomUUID();
  report(errorId, failure);
  return refusal(500, 'INTERNAL', `an unexpected error, logged as ${errorId}: send again`);
}
