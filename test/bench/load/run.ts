import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Scope } from '../scope.js';
import type { LoadResult } from './closedLoop.js';
import type { Load } from './request.js';

type Told = { readonly result: LoadResult } | { readonly error: string };

/** Runs a load in a process of its own. @throws Error when a connection broke or the process ended early. */
export async function runLoad(scope: Scope, load: Load): Promise<LoadResult> {
  const worker = fork(fileURLToPath(new URL('worker.js', import.meta.url)), { stdio: 'inherit' });
  scope.add(() => worker.exitCode ?? worker.kill('SIGKILL'));
  return new Promise((resolve, reject) => {
    worker.once('message', (message) => {
      // Sent by the worker, which knows the type.
      const told = message as Told;
      if ('result' in told) resolve(told.result);
      else reject(new Error(`The load on ${load.url} failed: ${told.error}`));
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The load generator ended with ${code ?? 'a signal'}.`)));
    worker.send(load);
  });
}
