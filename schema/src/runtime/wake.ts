/** Lets a loop sleep until there is something to do: a wake-up that comes before the sleep ends it at once. */
export interface Wake {
  readonly wake: () => void;
  /** Resolves at the next wake-up, or after `timeoutMs`. */
  readonly wait: (timeoutMs: number) => Promise<void>;
}

export function createWake(): Wake {
  let isAwake = false;
  let end: (() => void) | null = null;
  return {
    wake: () => {
      isAwake = true;
      end?.();
    },
    wait: (timeoutMs) =>
      new Promise((resolve) => {
        const finish = (): void => {
          clearTimeout(timer);
          end = null;
          isAwake = false;
          resolve();
        };
        const timer = setTimeout(finish, timeoutMs);
        end = finish;
        if (isAwake) finish();
      }),
  };
}
