import type { Client } from 'graphql-ws';

/** One answer of a subscription: its edge's cursor, and the rest by path. */
export interface Collected {
  readonly cursor: string;
  readonly at: (...path: readonly string[]) => unknown;
}

export interface Subscription {
  /** The answers so far, once there are `count` of them. */
  readonly take: (count: number) => Promise<readonly Collected[]>;
  /** Resolves when the server has taken the subscription on. */
  readonly started: () => Promise<void>;
  /** The errors or the close event that ended it. */
  readonly failure: () => Promise<unknown>;
  readonly stop: () => void;
}

export function collect(client: Client, query: string, variables: Readonly<Record<string, unknown>>): Subscription {
  const answers: Collected[] = [];
  let failed: { readonly error: unknown } | null = null;
  let changed = (): void => undefined;
  const connected = new Promise<void>((resolve) => client.on('connected', () => resolve()));
  const stop = client.subscribe(
    { query, variables: { ...variables } },
    {
      next: ({ data, errors }) => {
        if (errors) failed = { error: errors };
        else answers.push(collected(Object.values(data ?? {})[0]));
        changed();
      },
      error: (error) => {
        failed = { error };
        changed();
      },
      complete: () => changed(),
    },
  );

  async function until<T>(read: () => T | undefined): Promise<T> {
    for (;;) {
      const value = read();
      if (value !== undefined) return value;
      await new Promise<void>((resolve) => (changed = resolve));
    }
  }

  return {
    take: (count) =>
      until(() => {
        if (failed) throw new Error(`The subscription ended: ${JSON.stringify(failed.error)}`);
        return answers.length >= count ? [...answers] : undefined;
      }),
    started: async () => {
      await connected;
      // Messages of one socket are handled in order: once a later query is answered, the subscription runs.
      await new Promise<void>((resolve, reject) => {
        client.subscribe(
          { query: '{ logCursor }' },
          { next: () => resolve(), error: reject, complete: () => resolve() },
        );
      });
    },
    failure: () => until(() => failed?.error),
    stop,
  };
}

function collected(edge: unknown): Collected {
  const at = (...path: readonly string[]): unknown =>
    path.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), edge);
  return { cursor: String(at('cursor')), at };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
