import { notifications } from '@mantine/notifications';
import { useCallback, useState } from 'react';
import type { AnyVariables, TypedDocumentNode } from 'urql';
import { client } from '../graphql/client.ts';
import { codeOf, sentenceOf } from '../graphql/errors.ts';
import { refetchAll } from '../graphql/refetching.ts';
import { ensureActor } from '../session/actor.ts';

export type Act = <Data, Variables extends AnyVariables>(
  mutation: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  /** Said when it is done, e.g. "INC-12 acknowledged". */
  done?: string,
) => Promise<Data | null>;

export interface Acting {
  /** Runs a mutation under the person's name. Null when it did not happen; the person has then been told why. */
  readonly act: Act;
  readonly isActing: boolean;
}

/** Mutations by people: asks for a name the first time, tells what failed, reloads after a conflict. */
export function useAct(): Acting {
  const [running, setRunning] = useState(0);
  const act: Act = useCallback(async (mutation, variables, done) => {
    if ((await ensureActor()) === null) return null;
    setRunning((count) => count + 1);
    const result = await client.mutation(mutation, variables).toPromise();
    setRunning((count) => count - 1);
    if (result.error) {
      const code = codeOf(result.error);
      if (code === 'CONFLICT' || code === 'INVALID_TRANSITION') refetchAll();
      notifications.show({
        color: 'red',
        title: code === 'CONFLICT' ? 'Changed by somebody else' : 'That did not work',
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
