import { Worker } from 'node:worker_threads';
import type { BacktestMessage, BacktestTask } from './messages.js';

/** A million alerts were seen to take a third of it. */
const heapMb = 1_536;
/** What an alert leaves behind is dead when it is placed: with more room for it fewer collections find it alive. */
const youngMb = 64;

type Progress = Extract<BacktestMessage, { readonly kind: 'progress' }>;
export type BacktestEnd = Exclude<BacktestMessage, Progress>;

/** Runs the task in a thread of its own; what it ends with. Rejects where it broke, or ended without a word. */
export function startWorker(task: BacktestTask, onProgress: (message: Progress) => void): Promise<BacktestEnd> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: task,
      // Nothing of it is needed there.
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb },
    });
    worker.on('message', (message: BacktestMessage) => {
      if (message.kind === 'progress') onProgress(message);
      else resolve(message);
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('The worker ended without a result.')));
  });
}
