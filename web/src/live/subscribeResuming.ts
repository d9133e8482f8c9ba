import type { Client, FormattedExecutionResult } from 'graphql-ws';
import { backoffMs } from './backoff.ts';
import { cursorOf, saysCursorRefused } from './cursorOf.ts';

type Answer = FormattedExecutionResult<Record<string, unknown>, unknown>;

export interface ResumingRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface ResumingDeps {
  readonly socket: Pick<Client, 'subscribe'>;
  /** The log has moved on without us: refetch what is on screen and answer the cursor to go on from. */
  readonly restart: () => Promise<string | null>;
  readonly onAnswer: (answer: Answer) => void;
  readonly wait?: (attempt: number) => Promise<void>;
}

const waitBackoff = (attempt: number) => new Promise<void>((resolve) => setTimeout(resolve, backoffMs(attempt)));

/**
 * A subscription that survives: it remembers the cursor of the last event and goes on after it, so that nothing is
 * missed and nothing comes twice. Returns the function that ends it.
 */
export function subscribeResuming(request: ResumingRequest, deps: ResumingDeps): () => void {
  const wait = deps.wait ?? waitBackoff;
  // graphql-ws sends this very object again after each reconnect, so moving `after` here is what makes it resume.
  const variables: Record<string, unknown> = { ...request.variables };
  let ended = false;
  let failures = 0;
  let stop = () => {};

  const retry = async (refused: boolean) => {
    if (ended) return;
    await wait(failures++);
    if (refused) variables['after'] = await deps.restart().catch(() => variables['after']);
    if (!ended) start();
  };

  const start = () => {
    let refused = false;
    stop = deps.socket.subscribe(
      { query: request.query, variables },
      {
        next: (answer) => {
          if (ended) return;
          if (saysCursorRefused(answer)) {
            refused = true;
            return;
          }
          const cursor = cursorOf(answer.data);
          if (cursor !== null) variables['after'] = cursor;
          failures = 0;
          deps.onAnswer(answer);
        },
        error: (error) => void retry(refused || saysCursorRefused(error)),
        // The server ends a subscription when it shuts down or the cursor was refused: neither means we have seen all.
        complete: () => void retry(refused),
      },
    );
  };

  start();
  return () => {
    ended = true;
    stop();
  };
}
