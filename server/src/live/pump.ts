import { createSourceEventStream, type ExecutionArgs, type ExecutionResult } from 'graphql';
import type { ApiContext } from '../context.js';
import { questionOf, shareExecution, type SourceItem } from './shared.js';

/** Where one subscription's answers go. */
export interface Outlet {
  /** Sends payloads in order; resolves when the socket takes more. */
  readonly send: (payloads: readonly string[]) => Promise<void>;
}

/**
 * Runs a subscription. The returned stream yields nothing: answers are shared between subscribers as finished text and go
 * straight to the outlet; the protocol's server drives the stream, and ends it when the client leaves.
 */
export async function pump(
  args: ExecutionArgs,
  query: string,
  context: ApiContext,
  outlet: Outlet,
  format: (result: ExecutionResult) => object,
): Promise<AsyncGenerator<never, void, undefined> | ExecutionResult> {
  const source = await openSource(args);
  if (isResult(source)) return source;
  const shared = shareExecution(args, questionOf(query, args), context, format);

  const end = { done: true, value: undefined } as const;
  async function drain(stream: Source): Promise<typeof end> {
    for await (const items of stream) await outlet.send(await shared.payloadsOf(items));
    return end;
  }
  async function leave(stream: Source): Promise<typeof end> {
    await stream.return(undefined);
    return end;
  }
  const driven: AsyncGenerator<never, void, undefined> = {
    next: () => drain(source),
    return: () => leave(source),
    throw: () => leave(source),
    [Symbol.asyncIterator]: () => driven,
  };
  return driven;
}

type Source = AsyncGenerator<readonly SourceItem[], void, undefined>;

/** The resolvers' `subscribe` functions return streams of items; graphql-js knows them as streams of anything. */
function openSource(args: ExecutionArgs): Promise<Source | ExecutionResult> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return createSourceEventStream(args) as Promise<Source | ExecutionResult>;
}

function isResult(source: Source | ExecutionResult): source is ExecutionResult {
  return !(Symbol.asyncIterator in source);
}
