import { useEffect, useEffectEvent } from 'react';
import type { AnyVariables, TypedDocumentNode } from 'urql';
import { client } from '../graphql/client.ts';

interface Options<Data, Variables extends AnyVariables> {
  readonly query: TypedDocumentNode<Data, Variables>;
  /** With `after`: the cursor to start behind. Null while it is not known yet: nothing is subscribed. */
  readonly variables: Variables | null;
  readonly onData: (data: Data) => void;
}

/** A subscription for as long as the component is on screen. Reconnects resume behind the last event by themselves. */
export function useLiveEvents<Data, Variables extends AnyVariables>({
  query,
  variables,
  onData,
}: Options<Data, Variables>): void {
  const onEvent = useEffectEvent(onData);
  // Callers write the variables inline: their text, not their identity, says whether the subscription is another one.
  const key = variables && JSON.stringify(variables);
  useEffect(() => {
    if (!variables) return;
    const subscription = client.subscription(query, variables).subscribe((result) => {
      if (result.data) onEvent(result.data);
    });
    return () => subscription.unsubscribe();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `key` stands for `variables`, see above
  }, [query, key]);
}
