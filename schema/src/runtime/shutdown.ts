export interface SignalSource {
  on: (signal: ShutdownSignal, listener: () => void) => unknown;
}
export type ShutdownSignal = 'SIGINT' | 'SIGTERM';

export interface ShutdownOptions {
  /** Told once, at the first signal: turn `/readyz` to 503, say so in the log. */
  readonly onStart: (signal: ShutdownSignal) => void;
  /** Finishes what is in flight, then closes sockets and pools. */
  readonly close: () => Promise<void>;
  /** Told when `close` failed, or was given up after `graceSeconds`. */
  readonly onFailure: (reason: unknown) => void;
  readonly graceSeconds: number;
  readonly exit: (code: number) => void;
  /** Milliseconds of a clock that never goes back. @default performance.now */
  readonly now?: () => number;
}

/** npm passes on the Ctrl-C that the terminal has already sent to the whole group: one key press, two signals. */
const samePressMs = 500;

/**
 * The first SIGINT or SIGTERM closes in good order and exits with 0; what takes longer than the grace time exits with
 * 1. A second one, half a second later or more, is a person who does not want to wait: 130.
 */
export function closeOnSignal(source: SignalSource, options: ShutdownOptions): void {
  const now = options.now ?? (() => performance.now());
  let startedAt: number | null = null;
  const onSignal = (signal: ShutdownSignal) => (): void => {
    if (startedAt !== null) {
      if (now() - startedAt >= samePressMs) options.exit(130);
      return;
    }
    startedAt = now();
    options.onStart(signal);
    void closeWithin(options);
  };
  source.on('SIGINT', onSignal('SIGINT'));
  source.on('SIGTERM', onSignal('SIGTERM'));
}

async function closeWithin(options: ShutdownOptions): Promise<void> {
  const giveUp = setTimeout(() => {
    options.onFailure(new Error(`Not everything had ended after ${options.graceSeconds} seconds.`));
    options.exit(1);
  }, options.graceSeconds * 1_000);
  try {
    await options.close();
    options.exit(0);
  } catch (error) {
    options.onFailure(error);
    options.exit(1);
  } finally {
    clearTimeout(giveUp);
  }
}
