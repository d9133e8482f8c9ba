import { spawn, type ChildProcess } from 'node:child_process';

export interface StartedProcess {
  readonly pid: number;
  /** Everything printed so far, both streams. */
  readonly output: () => string;
  /** Resolves with the first match in the output; rejects when the process ends before, or after a minute. */
  readonly waitFor: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** Sends a signal and waits for the end; the exit code, or null when a signal ended it. */
  readonly end: (signal?: NodeJS.Signals) => Promise<number | null>;
}

const patienceMs = 120_000;

/** A program with its output collected. The caller ends it. */
export function startProcess(
  command: string,
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): StartedProcess {
  const child = spawn(command, args, {
    env: { ...process.env, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      for (const look of listeners) look();
    });
  }
  const exit = exitOf(child);
  return {
    pid: child.pid ?? 0,
    output: () => output,
    waitFor: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(output);
          if (match) finish(() => resolve(match));
        };
        const fail = (why: string): void =>
          finish(() => reject(new Error(`${command} ${why} before it printed ${String(pattern)}:\n${output}`)));
        const timer = setTimeout(() => fail('took too long'), patienceMs);
        const finish = (settle: () => void): void => {
          clearTimeout(timer);
          listeners.delete(look);
          settle();
        };
        listeners.add(look);
        void exit.then(() => fail('ended'));
        look();
      }),
    end: async (signal = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return exit;
    },
  };
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', (code) => resolve(code));
  });
}
