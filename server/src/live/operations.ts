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
import { type AdmissionRules, tokenIsGood } from '../auth/admission.js';
import { actorOfName } from '../auth/actor.js';
import { type ApiContext, createContext, type Services } from '../context.js';
import { ApiFailure } from '../errors.js';
import { limitErrors, limits } from '../limits.js';
import type { DocumentStore } from './documents.js';
import { pump } from './pump.js';
import { liveCloseCodes, type LiveSocket } from './socket.js';

export interface Connection {
  readonly live: LiveSocket;
  readonly socket: WebSocket;
}

export interface OperationOptions {
  readonly schema: GraphQLSchema;
  readonly services: Services;
  readonly documents: DocumentStore;
  readonly rules: AdmissionRules;
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
  const { schema, services, documents, rules, format } = options;

  function formatResult({ errors, ...rest }: ExecutionResult): object {
    return errors ? { ...rest, errors: errors.map(format) } : rest;
  }

  return {
    onConnect: ({ connectionParams, extra }) => {
      if (!tokenIsGood(rules, connectionParams?.['token'])) {
        extra.socket.close(liveCloseCodes.unauthenticated, 'Unauthorized');
        return false;
      }
      return true;
    },
    onSubscribe: ({ connectionParams, extra, subscriptions }: SocketContext, id, payload) => {
      if (Object.keys(subscriptions).length > limits.subscriptionsPerConnection) {
        return [refused(`At most ${limits.subscriptionsPerConnection} operations run on one connection.`)];
      }
      const { document, errors } = documents.get(payload.query);
      if (!document) return errors;
      const variables = payload.variables ?? {};
      const beyond = limitErrors(schema, document, payload.operationName, variables);
      if (beyond.length > 0) return beyond;
      const actor = actorOf(connectionParams);
      if (actor instanceof GraphQLError) return [actor];
      const args: OperationArgs = {
        schema,
        document,
        operationName: payload.operationName,
        variableValues: variables,
        contextValue: { ...createContext(services, actor), cutOff: () => extra.live.cutOff() },
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

function actorOf(params: Params) {
  try {
    return actorOfName(params?.['actor']);
  } catch (error) {
    if (error instanceof ApiFailure) return new GraphQLError(error.message, { originalError: error });
    throw error;
  }
}

function refused(message: string, code: 'QUERY_TOO_COMPLEX' | 'INVALID_INPUT' = 'QUERY_TOO_COMPLEX'): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
