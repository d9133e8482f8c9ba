import { Client, fetchExchange, mapExchange, subscriptionExchange } from 'urql';
import { createSocket } from '../live/socket.ts';
import { subscribeResuming } from '../live/subscribeResuming.ts';
import { sessionEnded } from '../session/session.ts';
import { cache } from './cache.ts';
import { codeOf } from './errors.ts';
import { graphql } from './graphql.ts';
import { refetchAll } from './refetching.ts';

const logCursorQuery = graphql(`
  query LogCursor {
    logCursor
  }
`);

export const socket = createSocket({ onRightsMoved: refetchAll });

/** After a cursor expired: reads where the log is now, then refetches everything on screen. */
async function restart(): Promise<string | null> {
  const answer = await client.query(logCursorQuery, {}, { requestPolicy: 'network-only' });
  if (answer.error) throw answer.error;
  refetchAll();
  return answer.data?.logCursor ?? null;
}

const live = subscriptionExchange({
  forwardSubscription: (request) => ({
    subscribe: (sink) => ({
      unsubscribe: subscribeResuming(
        { query: request.query ?? '', variables: { ...request.variables } },
        {
          socket,
          restart,
          onAnswer: ({ data, errors }) => sink.next({ data: data ?? null, ...(errors && { errors: [...errors] }) }),
        },
      ),
    }),
  }),
});

const watchAuthentication = mapExchange({
  onError: (error) => {
    if (codeOf(error) === 'UNAUTHENTICATED') sessionEnded.set(true);
  },
});

export const client = new Client({
  url: '/graphql',
  preferGetMethod: false,
  // The session's cookie goes along by itself; a header that a form cannot send keeps other pages out.
  fetchOptions: { credentials: 'same-origin', headers: { 'apollo-require-preflight': '1' } },
  exchanges: [watchAuthentication, cache(), fetchExchange, live],
});
