import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { instanceOf } from './load/request.js';
import type { Scope } from './scope.js';

/** The API takes 50 operations on one connection; one is kept for the query that says when the others run. */
const subscriptionsPerConnection = 49;

export interface Subscribers {
  readonly count: number;
  /** When the opening of each alert arrived, by subscriber and id, on the clock of `performance.now()`. */
  readonly arrivals: readonly ReadonlyMap<number, number>[];
  /** Arrivals beyond the first, all subscribers together. */
  readonly repeats: () => number;
  /** Why subscriptions ended early. */
  readonly failures: readonly string[];
}

/** Opens subscriptions to every alert event, as the dashboard's alert list does; resolves when all of them run. */
export async function subscribe(
  scope: Scope,
  { url, token }: { readonly url: string; readonly token: string },
  document: string,
  count: number,
  run: number,
): Promise<Subscribers> {
  const arrivals = Array.from({ length: count }, () => new Map<number, number>());
  const failures: string[] = [];
  const prefix = `run${String(run).padStart(4, '0')}-`;
  let repeated = 0;
  for (let from = 0; from < count; from += subscriptionsPerConnection) {
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { token },
      lazy: false,
      onNonLazyError: (error) => failures.push(String(error)),
    });
    scope.add(() => client.dispose());
    for (const mine of arrivals.slice(from, from + subscriptionsPerConnection)) {
      client.subscribe(
        { query: document },
        {
          next: ({ data }) => {
            const id = openedId(data, prefix);
            if (id === null) return;
            if (mine.has(id)) repeated++;
            else mine.set(id, performance.now());
          },
          error: (error) => failures.push(reasonOf(error)),
          complete: () => undefined,
        },
      );
    }
    await isListening(client);
  }
  return { count, arrivals, repeats: () => repeated, failures };
}

/** Messages of one connection are handled in order: once a later query is answered, the subscriptions run. */
function isListening(client: Client): Promise<void> {
  return new Promise((resolve, reject) => {
    client.subscribe(
      { query: '{ logCursor }' },
      {
        next: () => resolve(),
        error: (error) => reject(new Error(`The subscriptions did not start: ${reasonOf(error)}`)),
        complete: () => resolve(),
      },
    );
  });
}

/** A close event, errors of GraphQL, or an error. */
function reasonOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  return typeof error === 'object' && error !== null && 'code' in error
    ? `closed with ${String(error.code)}`
    : JSON.stringify(error);
}

/** The id of the alert that this message says was opened, or null when it says something else. */
function openedId(data: unknown, prefix: string): number | null {
  // The dashboard's own document, answered by our own API.
  const edge = (data as { readonly alertEvents?: Edge } | null)?.alertEvents;
  if (edge?.event.kind !== 'ALERT_OPENED') return null;
  const instance = edge.alert.labels.find(({ name }) => name === 'instance')?.value ?? '';
  return instance.startsWith(prefix) ? Number.parseInt(instance.slice(-instanceOf(0).length), 16) : null;
}

interface Edge {
  readonly event: { readonly kind: string };
  readonly alert: { readonly labels: readonly { readonly name: string; readonly value: string }[] };
}
