import type { AlertLink, Labels, NormalisedAlert } from '@tocsin/schema/domain/alert';
import type { Integration, SourceKind } from '@tocsin/schema/domain/source';

/** One alert of a delivery that could not be read: kept as a dead letter, its neighbours go on. */
export interface RejectedAlert {
  /** Where in the body, e.g. `alerts[3].labels`. */
  readonly path: string;
  readonly message: string;
  /** @default MALFORMED_ALERT; NOT_STORED where Postgres refused what the adapter had let through. */
  readonly code?: 'NOT_STORED';
  /** The alert as it was sent, in a form that jsonb stores. */
  readonly body: unknown;
}

/** What a sender did to its systems: a deploy, a migration, a switched flag. Texts storable and bounded: see `changes.ts`. */
export interface ChangeDraft {
  /** Tells a repetition from another change, within the integration; at most 255 characters. */
  readonly key: string;
  readonly title: string;
  readonly service: string | null;
  readonly environment: string | null;
  /** Epoch milliseconds. */
  readonly occurredAt: number;
  readonly links: readonly AlertLink[];
  readonly details: Labels;
}

/** The answer that a tool's protocol expects where it is not ours. */
export interface SourceAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** `ok: false` where the body as a whole is not this tool's format; `path` names the field that says so. */
export type ParsedDelivery =
  | {
      readonly ok: true;
      readonly alerts: NormalisedAlert[];
      readonly rejected: RejectedAlert[];
      readonly changes?: readonly ChangeDraft[];
      /** Fingerprints whose open incident somebody at the sender took on. */
      readonly acknowledged?: readonly string[];
      /** Sent instead of our receipt, once everything is committed, unless nothing was understood. */
      readonly answer?: SourceAnswer;
    }
  | {
      readonly ok: false;
      readonly code: 'MALFORMED_PAYLOAD';
      readonly message: string;
      readonly path: string | null;
      /** Sent instead of our 400; the body is kept all the same. */
      readonly answer?: SourceAnswer;
    };

/** What an adapter may know of a request besides its body. */
export interface SourceRequest {
  /** Epoch milliseconds, the only clock there is. */
  readonly receivedAt: number;
  /** Names in lower case, the first value of each. Empty where a kept body is read again. */
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string | null;
}

/** `unsigned`: the request carries no signature at all; that is let through only where the integration has no signing secret. */
export type SignatureVerdict = 'valid' | 'invalid' | 'unsigned';

/** The adapter of one tool: pure but for `confirm`, and it never throws, whatever it is given. */
export interface Source {
  readonly kind: SourceKind;
  /**
   * @param body the parsed JSON, or what `readBody` made of it
   * @param request must not be needed to understand a body: a kept one is read again without its headers
   */
  parse(body: unknown, integration: Integration, request: SourceRequest): ParsedDelivery;
  /** Reads a single alert again that was a dead letter of a list. Left out: it is put into Alertmanager's body and parsed. */
  parseOne?(alert: unknown, integration: Integration, request: SourceRequest): ParsedDelivery;
  /**
   * Where a body is not JSON, or its meaning stands in headers. Gives a value that JSON holds: that is what is kept, so
   * that a dead letter can be read again without the request.
   * @throws UnreadableBody saying what is wrong
   */
  readBody?(raw: Buffer, request: SourceRequest): unknown;
  /** Bytes; a larger body is refused with 413. @default 5 MiB */
  readonly bodyLimit?: number;
  /** Where the secret stands in the body. It goes before one in a header, and it is blotted out before a body is kept. */
  secretFrom?(body: unknown): string | null;
  /** @param raw the body without its content-encoding, byte for byte; @param signingSecret null where none is set */
  verifySignature?(
    raw: Buffer,
    request: SourceRequest,
    signingSecret: string | null,
  ): SignatureVerdict | Promise<SignatureVerdict>;
  /** The answer to OPTIONS with the right secret; null where this is no handshake. */
  handshake?(request: SourceRequest): SourceAnswer | null;
  /** After the commit, before the answer: what a protocol wants done (SNS: visit the SubscribeURL). A rejection is a 503. */
  confirm?(body: unknown, integration: Integration, request: SourceRequest): Promise<void>;
  /** Our refusal (400, 401, 413, 5xx) in the words of the tool. Status and headers stay. */
  refusal?(status: number, message: string): Readonly<Record<string, unknown>>;
}
