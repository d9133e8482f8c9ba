import { actorStore } from './actor.ts';
import { tokenStore } from './token.ts';

/** Headers of every GraphQL request. A name may hold any letter, a header only ASCII: hence the percent-encoding. */
export function requestHeaders(): Record<string, string> {
  const headers: Record<string, string> = { 'apollo-require-preflight': '1' };
  if (actorStore.get()) headers['x-tocsin-actor'] = encodeURIComponent(actorStore.get());
  if (tokenStore.get()) headers['authorization'] = `Bearer ${tokenStore.get()}`;
  return headers;
}

/** The same for the WebSocket, which cannot carry headers from a browser. */
export function connectionParams(): Record<string, string> {
  const params: Record<string, string> = {};
  if (actorStore.get()) params['actor'] = actorStore.get();
  if (tokenStore.get()) params['token'] = tokenStore.get();
  return params;
}
