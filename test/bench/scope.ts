/** What was opened, closed in the opposite order, also after a failure or Ctrl-C. */
export interface Scope {
  readonly add: (close: () => unknown) => void;
  readonly close: () => Promise<void>;
}

export function createScope(): Scope {
  const opened: (() => unknown)[] = [];
  return {
    add: (close) => void opened.push(close),
    close: async () => {
      for (let close = opened.pop(); close !== undefined; close = opened.pop()) {
        try {
          await close();
        } catch (error) {
          // What cannot be closed must not keep the rest open.
          process.stderr.write(`not closed in good order: ${String(error)}\n`);
        }
      }
    },
  };
}

/** Runs `work` with a scope of its own inside `outer`, which closes what is left when the whole run is interrupted. */
export async function within<T>(outer: Scope, work: (scope: Scope) => Promise<T>): Promise<T> {
  const inner = createScope();
  outer.add(inner.close);
  try {
    return await work(inner);
  } finally {
    await inner.close();
  }
}
