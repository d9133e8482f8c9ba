import type { EventKind, LogEvent } from '@tocsin/schema/domain/event';
import type { Pool, Queryable } from '@tocsin/schema/postgres/pool';
import type { TimerKind } from '@tocsin/schema/postgres/timer';
import type { Logger } from '@tocsin/schema/runtime/logger';
import type { Sealer } from '@tocsin/schema/runtime/sealer';

/**
 * Acts for people on what the log says. Called inside the transaction that moves the reader's cursor, so that a decision is
 * made exactly once; does no network I/O: what is to be sent is an outbox row with its timer.
 */
export interface LogHandler {
  readonly name: string;
  readonly kinds: ReadonlySet<EventKind>;
  /** @param now epoch milliseconds */
  readonly handle: (db: Queryable, events: readonly LogEvent[], now: number) => Promise<void>;
}

export interface RespondDeps {
  readonly pool: Pool;
  /** Null: there is no key to keep secrets under. */
  readonly sealer: Sealer | null;
  /** Where the dashboard is, without a slash at the end. */
  readonly dashboardUrl: () => string;
  /** `smtp://…` or null where no mail is set up. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly logger: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface DueTimer {
  readonly id: number;
  readonly kind: TimerKind;
  readonly key: string;
  /** Epoch milliseconds. */
  readonly dueAt: number;
  readonly attempts: number;
  readonly data: Readonly<Record<string, unknown>>;
}
