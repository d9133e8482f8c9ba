import { notifications } from '@mantine/notifications';
import { useCallback, useState } from 'react';
import type { AnyVariables, TypedDocumentNode } from 'urql';
import { client } from '../graphql/client.ts';
import { codeOf, sentenceOf } from '../graphql/errors.ts';
import { refetchAll } from '../graphql/refetching.ts';

const titles: Readonly<Record<string, string>> = {
  CONFLICT: 'Changed by somebody else',
  FORBIDDEN: 'You may not do this',
};

export type Act = <Data, Variables extends AnyVariables>(
  mutation: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  /** Said when it is done, e.g. "INC-12 acknowledged". */
  done?: string,
) => Promise<Data | null>;

export interface Acting {
  /** Runs a mutation as the viewer. Null when it did not happen; the person has then been told why. */
  readonly act: Act;
  readonly isActing: boolean;
}

/** Mutations by people: tells what failed, why one may not, and reloads after a conflict. */
export function useAct(): Acting {
  const [running, setRunning] = useState(0);
  const act: Act = useCallback(async (mutation, variables, done) => {
    setRunning((count) => count + 1);
    const result = await client.mutation(mutation, variables).toPromise();
    setRunning((count) => count - 1);
    if (result.error) {
      const code = codeOf(result.error);
      // A refusal may mean that rights moved since the page was loaded: what is offered is asked for again.
      if (code === 'CONFLICT' || code === 'INVALID_TRANSITION' || code === 'FORBIDDEN') refetchAll();
      notifications.show({
        color: 'red',
        title: titles[code] ?? 'That did not work',
        message: sentenceOf(result.error),
        autoClose: 8_000,
        role: 'alert',
      });
      return null;
    }
    if (done) notifications.show({ message: done, autoClose: 3_000 });
    return result.data ?? null;
  }, []);
  return { act, isActing: running > 0 };
}
