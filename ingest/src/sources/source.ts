import type { NormalisedAlert } from '@tocsin/schema/domain/alert';
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

/** `ok: false` where the body as a whole is not this tool's format; `path` names the field that says so. */
export type ParsedDelivery =
  | { readonly ok: true; readonly alerts: NormalisedAlert[]; readonly rejected: RejectedAlert[] }
  | {
      readonly ok: false;
      readonly code: 'MALFORMED_PAYLOAD';
      readonly message: string;
      readonly path: string | null;
    };

/** The adapter of one tool: pure, and it never throws, whatever JSON it is given. */
export interface Source {
  readonly kind: SourceKind;
  /**
   * @param body the parsed JSON
   * @param receivedAt epoch milliseconds, the only clock there is
   */
  parse(body: unknown, integration: Integration, receivedAt: number): ParsedDelivery;
}
