import { useCallback, useEffect } from 'react';
import { type AnyVariables, type CombinedError, type TypedDocumentNode, useQuery } from 'urql';
import { onRefetchAll } from './refetching.ts';

export interface LiveQuery<Data> {
  readonly data: Data | undefined;
  readonly error: CombinedError | undefined;
  /** True only while there is nothing to show: the moment for a skeleton. */
  readonly isFirstLoad: boolean;
  readonly refetch: () => void;
}

interface Options<Data, Variables extends AnyVariables> {
  readonly query: TypedDocumentNode<Data, Variables>;
  readonly variables: Variables;
  readonly pause?: boolean;
}

/** A query that shows what is known at once, refreshes behind it, and again when the log had to be restarted. */
export function useLiveQuery<Data, Variables extends AnyVariables>(options: Options<Data, Variables>): LiveQuery<Data> {
  const isPaused = options.pause ?? false;
  const [{ data, error, fetching }, execute] = useQuery<Data, Variables>({
    query: options.query,
    variables: options.variables,
    requestPolicy: 'cache-and-network',
    pause: isPaused,
  });
  // `execute` asks whatever `pause` says, and what may not be asked would be refused each time.
  const refetch = useCallback(() => {
    if (!isPaused) execute({ requestPolicy: 'network-only' });
  }, [execute, isPaused]);
  useEffect(() => onRefetchAll(refetch), [refetch]);
  return { data, error, isFirstLoad: fetching && data === undefined, refetch };
}
