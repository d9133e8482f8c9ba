import {
  type ExecutionArgs,
  type ExecutionResult,
  getOperationAST,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { Context, ServerOptions } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { FoundViewer } from '@tocsin/schema/postgres/viewer';
import type { Viewers } from '../auth/viewer.js';
import { type ApiContext, createContext, type Services } from '../context.js';
import { limitErrors, limits } from '../limits.js';
import type { DocumentStore } from './documents.js';
import { pump } from './pump.js';
import { liveCloseCodes, type LiveSocket } from './socket.js';

export interface Connection {
  readonly live: LiveSocket;
  readonly socket: WebSocket;
  /** Header and address that the connection was opened with. */
  readonly opened: { readonly cookie: string | undefined; readonly address: string };
  /** What it said of itself in its first message: an API token, or nothing, and then the cookie counts. */
  token: unknown;
  /** Null until the first message said who it is. */
  found: FoundViewer | null;
}

export interface OperationOptions {
  readonly schema: GraphQLSchema;
  readonly services: Services;
  readonly documents: DocumentStore;
  readonly format: (error: GraphQLError) => GraphQLFormattedError;
}

type Params = Record<string, unknown> | undefined;
type SocketContext = Context<Params, Connection>;

/** What was added to an operation's arguments on the way in. */
interface OperationArgs extends ExecutionArgs {
  readonly contextValue: ApiContext;
  readonly operation: { readonly id: string; readonly query: string; readonly live: LiveSocket };
}

/** Operations over WebSocket: the same document checks, limits and errors as over HTTP. */
export function operationHandlers(options: OperationOptions): ServerOptions<Params, Connection> {
  const { schema, services, documents, format } = options;

  function formatResult({ errors, ...rest }: ExecutionResult): object {
    return errors ? { ...rest, errors: errors.map(format) } : rest;
  }

  return {
    onConnect: async ({ connectionParams, extra }) => {
      extra.token = connectionParams?.['token'];
      extra.found = await viewerOf(services.viewers, extra);
      if (extra.found === null) {
        extra.socket.close(liveCloseCodes.unauthenticated, 'Unauthorized');
        return false;
      }
      return true;
    },
    onSubscribe: ({ extra, subscriptions }: SocketContext, id, payload) => {
      if (Object.keys(subscriptions).length > limits.subscriptionsPerConnection) {
        return [refused(`At most ${limits.subscriptionsPerConnection} operations run on one connection.`)];
      }
      const { document, errors } = documents.get(payload.query);
      if (!document) return errors;
      const variables = payload.variables ?? {};
      const beyond = limitErrors(schema, document, payload.operationName, variables);
      if (beyond.length > 0) return beyond;
      if (extra.found === null) return [refused('Sign in first.', 'UNAUTHENTICATED')];
      const args: OperationArgs = {
        schema,
        document,
        operationName: payload.operationName,
        variableValues: variables,
        contextValue: { ...createContext(services, extra.found.viewer), cutOff: () => extra.live.cutOff() },
        operation: { id, query: payload.query, live: extra.live },
      };
      return getOperationAST(document, payload.operationName)
        ? args
        : [refused('Name one of the operations of the document.', 'INVALID_INPUT')];
    },
    subscribe: (args) => {
      if (!isOperation(args)) throw new Error('An operation came without its context.');
      const { id, query, live } = args.operation;
      const start = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
      const outlet = {
        send: async (payloads: readonly string[]) => {
          for (const payload of payloads) await live.send(`${start}${payload}}`);
        },
      };
      return pump(args, query, args.contextValue, outlet, formatResult);
    },
    onNext: (_context, _id, _payload, _args, result) => {
      const { data = null, errors } = result;
      return errors ? { data, errors: errors.map(format) } : undefined;
    },
    onError: (_context, _id, _payload, errors) => errors.map(format),
  };
}

function isOperation(args: ExecutionArgs): args is OperationArgs {
  return 'operation' in args;
}

/** By the token of the first message, or else by the cookie that came with the connection. */
/** Whose connection it is now; null: nobody's any more. */
export function viewerOf(
  viewers: Viewers,
  { opened, token }: Pick<Connection, 'opened' | 'token'>,
): Promise<FoundViewer | null> {
  if (token == null) return viewers.ofRequest({ cookie: opened.cookie }, opened.address);
  return typeof token === 'string' ? viewers.ofToken(token, opened.address) : Promise.resolve(null);
}

function refused(
  message: string,
  code: 'QUERY_TOO_COMPLEX' | 'INVALID_INPUT' | 'UNAUTHENTICATED' = 'QUERY_TOO_COMPLEX',
): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
