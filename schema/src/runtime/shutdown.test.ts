import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { closeOnSignal } from './shutdown.js';

function start(close: () => Promise<void>, graceSeconds = 10) {
  const source = new EventEmitter();
  const seen: string[] = [];
  let clock = 0;
  const exited = new Promise<void>((resolve) => {
    closeOnSignal(source, {
      onStart: (signal) => seen.push(signal),
      close,
      onFailure: (reason) => seen.push(String(reason)),
      graceSeconds,
      exit: (code) => {
        seen.push(`exit ${code}`);
        resolve();
      },
      now: () => clock,
    });
  });
  return {
    seen,
    exited,
    signalAt: (ms: number, signal: string) => {
      clock = ms;
      source.emit(signal);
    },
  };
}

const never = (): Promise<void> => new Promise(() => undefined);

describe('closing on a signal', () => {
  it('closes once and exits with 0', async () => {
    const run = start(() => Promise.resolve());
    run.signalAt(0, 'SIGTERM');
    await run.exited;
    expect(run.seen).toEqual(['SIGTERM', 'exit 0']);
  });

  it('takes the Ctrl-C that npm passes on for the same one', () => {
    const run = start(never);
    run.signalAt(0, 'SIGINT');
    run.signalAt(3, 'SIGINT');
    expect(run.seen).toEqual(['SIGINT']);
  });

  it('does not wait any longer at the second Ctrl-C', () => {
    const run = start(never);
    run.signalAt(0, 'SIGINT');
    run.signalAt(900, 'SIGINT');
    expect(run.seen).toEqual(['SIGINT', 'exit 130']);
  });

  it('exits with 1 when closing fails, and says why', async () => {
    const run = start(() => Promise.reject(new Error('no')));
    run.signalAt(0, 'SIGTERM');
    await run.exited;
    expect(run.seen).toEqual(['SIGTERM', 'Error: no', 'exit 1']);
  });

  it('gives up after the grace time', async () => {
    const run = start(never, 0.01);
    run.signalAt(0, 'SIGTERM');
    await run.exited;
    expect(run.seen).toEqual(['SIGTERM', 'Error: Not everything had ended after 0.01 seconds.', 'exit 1']);
  });
});
