import { notifications } from '@mantine/notifications';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useCallback, useState } from 'react';
import type { AnyVariables } from 'urql';
import { client } from '../graphql/client.ts';
import { sentenceOf } from '../graphql/errors.ts';

export type Mutate = <Data, Variables extends AnyVariables>(
  mutation: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  /** Said when it is done, e.g. "Saved". */
  done?: string,
) => Promise<Data | null>;

export interface Mutating {
  /** Runs a mutation that stands in no timeline. Null when it did not happen; it has been said why. */
  readonly mutate: Mutate;
  readonly isMutating: boolean;
}

export function useMutate(): Mutating {
  const [running, setRunning] = useState(0);
  const mutate: Mutate = useCallback(async (mutation, variables, done) => {
    setRunning((count) => count + 1);
    const result = await client.mutation(mutation, variables).toPromise();
    setRunning((count) => count - 1);
    if (result.error) {
      const message = sentenceOf(result.error);
      notifications.show({ color: 'red', title: 'That did not work', message, autoClose: 8_000, role: 'alert' });
      return null;
    }
    if (done) notifications.show({ message: done, autoClose: 3_000 });
    return result.data ?? null;
  }, []);
  return { mutate, isMutating: running > 0 };
}
