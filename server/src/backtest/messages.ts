import type { RuleSet } from '@tocsin/schema/domain/rule';
import type { Grouping } from '@tocsin/schema/domain/ruleBacktestFold';
import type { BacktestResult } from '@tocsin/schema/domain/ruleBacktest';

/** What the worker is started with. */
export interface BacktestTask {
  readonly databaseUrl: string;
  readonly before: RuleSet;
  readonly after: RuleSet;
  /** Epoch milliseconds, by receipt: from inclusive, to exclusive. */
  readonly from: number;
  readonly to: number;
  /** The snapshot that the other side reads, for the worker of the draft; null for the one that begins. */
  readonly snapshot: string | null;
  /** One number, 0 until the backtest is to stop: a worker that computes reads no messages. */
  readonly cancelled: SharedArrayBuffer;
}

export type BacktestMessage =
  | { readonly kind: 'progress'; readonly progress: number; readonly alertCount: number }
  | { readonly kind: 'done'; readonly result: BacktestResult }
  /** From the worker of the draft to the one that compares. */
  | { readonly kind: 'grouping'; readonly grouping: Grouping }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly message: string };
