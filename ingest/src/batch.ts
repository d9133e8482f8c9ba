import { Overloaded, Unavailable } from './answers.js';

export interface BatcherOptions<T, R> {
  /** Handles one batch; answers in the order of the items. A rejection is every item's. */
  readonly run: (items: readonly T[]) => Promise<readonly R[]>;
  /** How much of a batch an item takes up. */
  readonly weightOf: (item: T) => number;
  /** @default 1000, beyond which new rows gain nothing and only wait longer */
  readonly maxWeight?: number;
  /** What may wait at most; more is refused at once. @default 20000 */
  readonly maxWaiting?: number;
}

export interface Batcher<T, R> {
  /** @throws Overloaded when too much waits, Unavailable while shutting down */
  readonly submit: (item: T) => Promise<R>;
  readonly waiting: () => number;
  /** Refuses what comes and waits for what is there. */
  readonly drain: () => Promise<void>;
}

interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/** Group commit: everything that arrives while a batch is in flight is the next batch. No timer, one batch in flight. */
export function createBatcher<T, R>(options: BatcherOptions<T, R>): Batcher<T, R> {
  const { run, weightOf, maxWeight = 1_000, maxWaiting = 20_000 } = options;
  let queue: Waiting<T, R>[] = [];
  let waitingWeight = 0;
  let isDraining = false;
  let running: Promise<void> | null = null;

  function takeBatch(): readonly Waiting<T, R>[] {
    let weight = 0;
    let count = 0;
    for (const { item } of queue) {
      weight += weightOf(item);
      if (count > 0 && weight > maxWeight) break;
      count++;
    }
    const batch = queue.slice(0, count);
    queue = queue.slice(count);
    return batch;
  }

  async function runAll(): Promise<void> {
    // Requests that arrived in the same turn of the event loop belong to the same batch.
    await new Promise(setImmediate);
    while (queue.length > 0) {
      const batch = takeBatch();
      try {
        const results = await run(batch.map(({ item }) => item));
        for (const [index, { resolve }] of batch.entries()) resolve(at(results, index));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      waitingWeight -= batch.reduce((sum, { item }) => sum + weightOf(item), 0);
    }
    running = null;
  }

  return {
    submit: (item) => {
      if (isDraining) return Promise.reject(new Unavailable('this process is shutting down: send again'));
      const weight = weightOf(item);
      if (waitingWeight > 0 && waitingWeight + weight > maxWaiting) return Promise.reject(new Overloaded());
      waitingWeight += weight;
      return new Promise<R>((resolve, reject) => {
        queue.push({ item, resolve, reject });
        running ??= runAll();
      });
    },
    waiting: () => waitingWeight,
    drain: async () => {
      isDraining = true;
      await running;
    },
  };
}

function at<R>(results: readonly R[], index: number): R {
  const result = results[index];
  if (result === undefined) throw new RangeError(`A batch answered ${results.length} items, ${index + 1} were asked.`);
  return result;
}
